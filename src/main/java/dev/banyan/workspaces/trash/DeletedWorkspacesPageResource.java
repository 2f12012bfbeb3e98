package dev.banyan.workspaces.trash;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.Ground;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.trash.DeletedWorkspaces.Restored;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page of a project's deleted workspaces, with the way back.
@Path("/projects")
@RunOnVirtualThread
class DeletedWorkspacesPageResource {

    private static final int ROWS = 50;

    private final ProjectGuard inProject;
    private final DeletedWorkspaces deleted;

    DeletedWorkspacesPageResource(ProjectGuard inProject, DeletedWorkspaces deleted) {
        this.inProject = inProject;
        this.deleted = deleted;
    }

    @GET
    @Path("{projectId}/sub-clients/deleted")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @QueryParam("after") @DefaultValue("") String after) {
        return inProject.page(
                call, projectId, ground -> Html.ok(page(ground, WorkspaceId.parse(after), Optional.empty())));
    }

    private DeletedWorkspacesPage page(Ground ground, Optional<WorkspaceId> after, Optional<FormProblem> problem) {
        Slice<DeletedWorkspaces.Deleted, WorkspaceId> found = deleted.list(
                        ground.context(), ground.project().id(), after, ROWS)
                .orElseGet(() -> new Slice<>(List.of(), Optional.empty()));
        return new DeletedWorkspacesPage(
                inProject.shell(
                        ground, "Deleted workspaces of " + ground.project().name()),
                ProjectHead.of(ground.project()),
                found.items().stream().map(DeletedWorkspacesPage.Row::of).toList(),
                after.map(WorkspaceId::toString).orElse(""),
                found.next()
                        .map(next -> "/projects/" + ground.project().id() + "/sub-clients/deleted?as="
                                + ground.context().acting().username() + "&after=" + next)
                        .orElse(""),
                problem);
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/restore")
    public Response restore(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(
                call,
                as,
                projectId,
                ground -> WorkspaceId.parse(id)
                        .map(known -> restored(
                                ground,
                                deleted.restore(
                                        ground.context(), ground.project().id(), known)))
                        .orElseGet(() -> inProject.unknown(call)));
    }

    private Response restored(Ground ground, Restored restored) {
        return switch (restored) {
            case Restored.Done(Workspace workspace, Optional<String> missing) ->
                Html.seeOther(WorkspacePaths.workspace(ground.project().id(), workspace.id()) + "?as="
                        + ground.context().acting().username() + "&done="
                        + (missing.isEmpty() ? "workspace-restored" : "workspace-restored-alone"));
            case Restored.NotFound _ ->
                problem(
                        404,
                        ground,
                        "This workspace isn’t in the list.",
                        "It may have been restored already, or erased.");
            case Restored.NotEnabled _ ->
                problem(
                        422,
                        ground,
                        "Workspaces are turned off for this project.",
                        "Turn them on in the project settings and try again.");
            case Restored.LimitReached(long used, long max) ->
                problem(
                        422,
                        ground,
                        "Workspace limit reached: " + Words.grouped(used) + " of " + Words.grouped(max) + ".",
                        "Delete one you no longer need, or ask your server operator for a higher limit.");
        };
    }

    private Response problem(int status, Ground ground, String title, String text) {
        return Html.answer(status, page(ground, Optional.empty(), Optional.of(new FormProblem(title, text))));
    }
}
