package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.WhatsAppWord;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.WorkspaceHead;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.Workspaces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// One workspace: its first tab, its details, registration, suspension and deletion.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceOverviewPageResource {

    private final ProjectGuard inProject;
    private final Workspaces workspaces;
    private final WorkspaceDeletions deletions;
    private final WorkspaceNumbers numbers;
    private final FreshLinks links;

    WorkspaceOverviewPageResource(
            ProjectGuard inProject,
            Workspaces workspaces,
            WorkspaceDeletions deletions,
            WorkspaceNumbers numbers,
            FreshLinks links) {
        this.links = links;
        this.inProject = inProject;
        this.workspaces = workspaces;
        this.deletions = deletions;
        this.numbers = numbers;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}")
    public Response show(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(call, projectId, id, place -> {
            Workspace workspace = place.workspace();
            WorkspaceHead head = inProject.head(place, Tab.OVERVIEW);
            Optional<Sender> number = numbers.of(workspace);
            Optional<FreshLink> fresh =
                    links.of(call, WorkspacePaths.workspace(place.project().id(), workspace.id()));
            var next = new WorkspaceOverviewPage.NextSteps(workspace.users() > 0, number.isPresent());
            return links.shown(
                    fresh,
                    Html.ok(new WorkspaceOverviewPage(
                            inProject.shell(place, workspace.name()),
                            head,
                            workspace.description(),
                            workspace.shortId(),
                            new WorkspaceOverviewPage.Registration(
                                    workspace.registrationEnabled(),
                                    place.project().registrationEnabled()),
                            WhatsAppWord.of(number),
                            QrPicture.of(head.url()),
                            workspace.customDomain(),
                            Words.day(workspace.createdAt()),
                            Words.day(workspace.updatedAt()),
                            fresh,
                            Optional.of(next).filter(steps -> !steps.users() || !steps.number()))));
        });
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/edit")
    public Response form(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(call, projectId, id, place -> {
            Workspace workspace = place.workspace();
            return Html.ok(form(
                    place,
                    new EditWorkspacePage.Values(
                            workspace.name(), workspace.description().orElse(""), workspace.pathname()),
                    FieldErrors.NONE,
                    back(place)));
        });
    }

    /// The page that opened the dialog; without script, the form is its own page.
    private static String back(RequestScope place) {
        return place.call().isHtmx() ? place.call().cameFrom().orElse(place.path()) : place.path();
    }

    private EditWorkspacePage form(
            RequestScope place, EditWorkspacePage.Values values, FieldErrors errors, String back) {
        return new EditWorkspacePage(
                inProject.shell(place, "Edit " + place.workspace().name()),
                ProjectHead.of(place.project()),
                place.workspace().id().toString(),
                place.workspace().name(),
                place.workspace().shortId(),
                values,
                errors,
                back,
                place.call().isHtmx());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/edit")
    public Response save(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("pathname") @DefaultValue("") String pathname,
            @FormParam("back") @DefaultValue("") String back) {
        return inProject.form(call, as, projectId, id, place -> switch (update(
                place, WorkspaceChange.details(name, description, Optional.of(pathname.strip())))) {
            case Workspaces.Updated.Done _ -> Html.seeOther(call, back(place, back, "workspace-saved"));
            case Workspaces.Updated.Refused(Refusal.Rejected rejected) ->
                Html.invalid(form(
                        place,
                        new EditWorkspacePage.Values(name, description, pathname),
                        FieldErrors.from(rejected.invalid()),
                        back));
            case Workspaces.Updated.Refused _ -> inProject.unknown(call);
            case Workspaces.Updated.ForProjectSideOnly _ -> throw mayAll(place);
        });
    }

    private Workspaces.Updated update(RequestScope place, WorkspaceChange change) {
        return workspaces.update(
                place.actor(), place.project().id(), place.workspace().id(), change);
    }

    private static String back(RequestScope place, String back, String done) {
        return WorkspacePaths.back(place.project().id(), back, place.path(), done);
    }

    private static IllegalStateException mayAll(RequestScope place) {
        return new IllegalStateException(
                "The project's side was refused " + place.workspace().id());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/registration")
    public Response openRegistration(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        return set(
                call,
                as,
                projectId,
                id,
                "",
                WorkspaceChange.registration(on),
                on ? "registration-open" : "registration-closed");
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/suspend")
    public Response suspend(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("back") @DefaultValue("") String back) {
        return set(call, as, projectId, id, back, WorkspaceChange.suspended(true), "workspace-suspended");
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/activate")
    public Response activate(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("back") @DefaultValue("") String back) {
        return set(call, as, projectId, id, back, WorkspaceChange.suspended(false), "workspace-activated");
    }

    private Response set(
            Call call, String as, String projectId, String id, String back, WorkspaceChange change, String done) {
        return inProject.form(call, as, projectId, id, place -> switch (update(place, change)) {
            case Workspaces.Updated.Done _ -> Html.seeOther(back(place, back, done));
            case Workspaces.Updated.Refused _ -> inProject.unknown(call);
            case Workspaces.Updated.ForProjectSideOnly _ -> throw mayAll(place);
        });
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/delete")
    public Response confirmDelete(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(
                call, projectId, id, place -> Html.ok(confirmation(place, back(place), Optional.empty())));
    }

    private DeleteWorkspacesPage confirmation(RequestScope place, String back, Optional<FormProblem> problem) {
        List<Workspace> workspace = List.of(place.workspace());
        List<DeleteWorkspacesPage.Item> item = DeleteWorkspacesPage.Item.of(
                workspace, deletions.contents(place.context().owner().tenant(), workspace));
        return new DeleteWorkspacesPage(
                inProject.shell(place, "Delete workspace"),
                ProjectHead.of(place.project()),
                item.stream().filter(DeleteWorkspacesPage.Item::deletable).toList(),
                item.stream().filter(one -> !one.suspended()).toList(),
                item.stream().filter(DeleteWorkspacesPage.Item::kept).toList(),
                problem,
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/delete",
                back,
                place.context().membership().isOwner(),
                place.call().isHtmx());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/delete")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(call, as, projectId, id, place -> switch (deletions.delete(
                place.actor(), place.project().id(), place.workspace().id())) {
            case Workspaces.Deleted.Done _ ->
                Html.seeOther(
                        call,
                        WorkspacePaths.management(place.project().id()) + "?as="
                                + place.context().acting().username() + "&done=workspace-deleted");
            case Workspaces.Deleted.StillActive _ ->
                Html.invalid(confirmation(
                        place,
                        place.path(),
                        Optional.of(new FormProblem(
                                "This workspace is active again.", "Suspend it before you delete it."))));
            case Workspaces.Deleted.NumberHasServants _ ->
                Html.invalid(confirmation(place, place.path(), Optional.empty()));
            case Workspaces.Deleted.Refused _ -> inProject.unknown(call);
        });
    }
}
