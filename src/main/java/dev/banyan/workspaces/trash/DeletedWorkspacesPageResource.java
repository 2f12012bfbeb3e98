package dev.banyan.workspaces.trash;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.trash.DeletedWorkspaces.Restored;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page of a project's deleted workspaces, with the way back.
@Path("/projects")
@RunOnVirtualThread
class DeletedWorkspacesPageResource {

    private static final int ROWS = 50;

    private final DeletedWorkspaces deleted;

    DeletedWorkspacesPageResource(DeletedWorkspaces deleted) {
        this.deleted = deleted;
    }

    @GET
    @Path("{projectId}/sub-clients/deleted")
    public Response list(@Context ProjectPage page, @QueryParam("after") @DefaultValue("") String after) {
        return Html.ok(page(page, WorkspaceId.parse(after), Optional.empty()));
    }

    private DeletedWorkspacesPage page(ProjectPage page, Optional<WorkspaceId> after, Optional<FormProblem> problem) {
        Slice<DeletedWorkspaces.Deleted, WorkspaceId> found = deleted.list(page.context(), page.id(), after, ROWS)
                .orElseGet(() -> new Slice<>(List.of(), Optional.empty()));
        return new DeletedWorkspacesPage(
                page.frame(page.project().name() + " – Deleted workspaces"),
                page.projectHead(),
                found.items().stream().map(DeletedWorkspacesPage.Row::of).toList(),
                after.map(WorkspaceId::toString).orElse(""),
                found.next()
                        .map(next -> page.as("/projects/" + page.id() + "/sub-clients/deleted") + "&after=" + next)
                        .orElse(""),
                problem);
    }

    @POST
    @WithFormRead
    @Path("{projectId}/sub-clients/{subClientId}/restore")
    public Response restore(@Context ProjectPage page, @PathParam("subClientId") String id) {
        WorkspaceId known = WorkspaceId.parse(id).orElseThrow(page::unknown);
        return restored(page, deleted.restore(page.context(), page.id(), known));
    }

    private Response restored(ProjectPage page, Restored restored) {
        return switch (restored) {
            case Restored.Done(Workspace workspace, Optional<String> missing) ->
                Html.seeOther(page.as(page.of(workspace.id())) + "&done="
                        + (missing.isEmpty() ? "workspace-restored" : "workspace-restored-alone"));
            case Restored.NotFound _ ->
                problem(
                        404,
                        page,
                        "This workspace isn’t in the list.",
                        "It may have been restored already, or erased.");
            case Restored.NotEnabled _ ->
                problem(
                        422,
                        page,
                        "Workspaces are turned off for this project.",
                        "Turn them on in the project settings and try again.");
            case Restored.LimitReached(long used, long max) ->
                problem(
                        422,
                        page,
                        "Workspace limit reached: " + Words.grouped(used) + " of " + Words.grouped(max) + ".",
                        "Delete one you no longer need, or ask your server operator for a higher limit.");
        };
    }

    private Response problem(int status, ProjectPage page, String title, String text) {
        return Html.answer(status, page(page, Optional.empty(), Optional.of(new FormProblem(title, text))));
    }
}
