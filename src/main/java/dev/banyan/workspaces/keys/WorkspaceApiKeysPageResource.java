package dev.banyan.workspaces.keys;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceMenu;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Lists, creates and deletes the API keys of a workspace.
@InMenu(WorkspaceMenu.API_KEYS)
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

    private final WorkspaceApiKeys keys;

    private WorkspaceApiKeysPageResource(WorkspaceApiKeys keys) {
        this.keys = keys;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceApiKeysPageResource {

        OfProjectResource(WorkspaceApiKeys keys) {
            super(keys);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceApiKeysPageResource {

        OfAdminsResource(WorkspaceApiKeys keys) {
            super(keys);
        }
    }

    @GET
    @Path("api-keys")
    public Response show(@Context AdminRequest request) {
        return Html.ok(page(request, Form.EMPTY));
    }

    @POST
    @Path("api-keys")
    public Response create(
            @Context AdminRequest request,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions) {
        refuseUnlessProved(request);
        return keys.create(request.actor(), request.project(), request.id(), name, permissions)
                .fold(
                        created -> Html.ok(page(
                                request,
                                new Form(
                                        "",
                                        List.of(),
                                        FieldErrors.NONE,
                                        Optional.empty(),
                                        Optional.of(created.text())))),
                        refusal -> {
                            if (!(refusal instanceof Refusal.Rejected(var invalid))) {
                                return request.refused(refusal);
                            }
                            Optional<FormProblem> problem = Optional.of(invalid.getFirst())
                                    .filter(first -> first.field().isEmpty())
                                    .map(first -> new FormProblem("API key not created.", first.userMessage()));
                            return Html.invalid(page(
                                    request,
                                    new Form(name, permissions, FieldErrors.from(invalid), problem, Optional.empty())));
                        });
    }

    private void refuseUnlessProved(AdminRequest request) {
        if (!keys.hasProof(request.actor())) {
            throw new EarlyAnswer(Html.answer(403, page(request, Form.of(SIGN_IN_AGAIN))));
        }
    }

    @POST
    @WithFormRead
    @Path("api-keys/{keyId}/delete")
    public Response delete(@Context AdminRequest request, @PathParam("keyId") String id) {
        refuseUnlessProved(request);
        return keys.delete(request.actor(), request.project(), request.id(), id)
                .fold(
                        _ -> request.done(PAGE, "api-key-deleted"),
                        refusal -> refusal instanceof Refusal.NotFound
                                ? request.missing(() -> Html.answer(404, page(request, Form.of(NOT_THERE))))
                                : request.refused(refusal));
    }

    private WorkspaceApiKeysPage page(AdminRequest request, Form form) {
        List<WorkspaceApiKeys.Listed> listed =
                request.value(keys.list(request.actor(), request.project(), request.id()));
        return new WorkspaceApiKeysPage(
                request.frame("API keys"),
                listed.stream().map(WorkspaceApiKeysPageResource::row).toList(),
                form.fresh(),
                listed.size() < WorkspaceApiKeys.MOST,
                keys.hasProof(request.actor()),
                listed.size() + " of " + WorkspaceApiKeys.MOST + " used",
                WorkspaceApiKeys.available(request.actor()).stream()
                        .map(permission -> new WorkspaceApiKeysPage.Permission(
                                permission.key(),
                                permission.label,
                                permission.hint,
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
