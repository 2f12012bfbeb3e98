package dev.banyan.workspaces.keys;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Lists, creates and deletes the API keys of a workspace.
@RunOnVirtualThread
abstract class WorkspaceApiKeysPageResource {

    private static final String PAGE = "/api-keys";
    private static final FormProblem NOT_THERE =
            new FormProblem("API key not found.", "It may have been deleted already.");
    private static final FormProblem SIGN_IN_AGAIN =
            new FormProblem("Nothing was changed.", "Sign in again, then try once more.");

    /// The submitted form and its result.
    private record Form(
            String name,
            List<String> permissions,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<String> fresh) {

        static final Form EMPTY = new Form("", List.of(), FieldErrors.NONE, Optional.empty(), Optional.empty());

        static Form of(FormProblem problem) {
            return new Form("", List.of(), FieldErrors.NONE, Optional.of(problem), Optional.empty());
        }
    }

    private final AdminEntrance entrance;
    private final WorkspaceApiKeys keys;

    private WorkspaceApiKeysPageResource(AdminEntrance entrance, WorkspaceApiKeys keys) {
        this.entrance = entrance;
        this.keys = keys;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceApiKeysPageResource {

        OfProjectResource(ProjectGuard guard, WorkspaceApiKeys keys) {
            super(guard.entrance(Tab.API_KEYS), keys);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceApiKeysPageResource {

        OfAdminsResource(WorkspacePageGuard guard, WorkspaceApiKeys keys) {
            super(guard.entrance(WorkspaceMenu.API_KEYS), keys);
        }
    }

    @GET
    @Path("api-keys")
    public Response show(@Context Call call) {
        return entrance.page(call, request -> page(200, request, Form.EMPTY));
    }

    @POST
    @Path("api-keys")
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions) {
        return entrance.form(
                call,
                as,
                request -> keys.hasProof(request.actor())
                        ? create(request, name, permissions)
                        : page(403, request, Form.of(SIGN_IN_AGAIN)));
    }

    private Response create(AdminRequest request, String name, List<String> permissions) {
        Workspace workspace = request.workspace();
        return switch (keys.create(request.actor(), workspace.project(), workspace.id(), name, permissions)) {
            case Outcome.Done<WorkspaceApiKeys.Created>(WorkspaceApiKeys.Created created) ->
                page(
                        200,
                        request,
                        new Form("", List.of(), FieldErrors.NONE, Optional.empty(), Optional.of(created.text())));
            case Outcome.Refused<WorkspaceApiKeys.Created>(Refusal.Rejected(var invalid)) -> {
                var errors = FieldErrors.from(invalid);
                Optional<FormProblem> problem = invalid.getFirst().field().isEmpty()
                        ? Optional.of(new FormProblem(
                                "API key not created.", invalid.getFirst().userMessage()))
                        : Optional.empty();
                yield page(422, request, new Form(name, permissions, errors, problem, Optional.empty()));
            }
            case Outcome.Refused<WorkspaceApiKeys.Created>(Refusal refusal) -> request.refused(refusal);
        };
    }

    @POST
    @Path("api-keys/{keyId}/delete")
    public Response delete(
            @Context Call call, @PathParam("keyId") String id, @FormParam("as") @DefaultValue("") String as) {
        return entrance.form(call, as, request -> {
            if (!keys.hasProof(request.actor())) {
                return page(403, request, Form.of(SIGN_IN_AGAIN));
            }
            Workspace workspace = request.workspace();
            return switch (keys.delete(request.actor(), workspace.project(), workspace.id(), id)) {
                case Outcome.Done<WorkspaceKey> _ -> request.done(PAGE, "api-key-deleted");
                case Outcome.Refused<WorkspaceKey>(Refusal.NotFound _) ->
                    request.missing(() -> page(404, request, Form.of(NOT_THERE)));
                case Outcome.Refused<WorkspaceKey>(Refusal refusal) -> request.refused(refusal);
            };
        });
    }

    private Response page(int status, AdminRequest request, Form form) {
        Workspace workspace = request.workspace();
        return keys.list(request.actor(), workspace.project(), workspace.id())
                .fold(listed -> Html.answer(status, page(request, form, listed)), request::refused);
    }

    private WorkspaceApiKeysPage page(AdminRequest request, Form form, List<WorkspaceApiKeys.Listed> listed) {
        return new WorkspaceApiKeysPage(
                request.frame("API keys", "API keys of " + request.workspace().name()),
                listed.stream().map(WorkspaceApiKeysPageResource::row).toList(),
                form.fresh(),
                listed.size() < WorkspaceApiKeys.MOST,
                keys.hasProof(request.actor()),
                listed.size() + " of " + WorkspaceApiKeys.MOST + " used",
                WorkspaceApiKeys.available(request.actor()).stream()
                        .map(permission -> new WorkspaceApiKeysPage.Permission(
                                permission.key(),
                                permission.label(),
                                permission.hint(),
                                form.permissions().contains(permission.key())))
                        .toList(),
                form.name(),
                form.errors(),
                form.problem());
    }

    private static WorkspaceApiKeysPage.Row row(WorkspaceApiKeys.Listed listed) {
        WorkspaceKey key = listed.key();
        return new WorkspaceApiKeysPage.Row(
                key.id(),
                key.name(),
                listed.works() ? Optional.empty() : Optional.of(WorkspaceKey.MAKER_GONE),
                KeyPermission.words(key.permissions()),
                Words.day(key.createdAt()),
                key.lastUsedAt()
                        .map(at -> Words.moment(at)
                                + key.lastUsedIp().map(ip -> " from " + ip).orElse(""))
                        .orElse("Never"));
    }
}
