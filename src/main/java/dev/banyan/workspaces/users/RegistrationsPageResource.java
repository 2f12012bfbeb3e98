package dev.banyan.workspaces.users;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Approves and rejects pending registrations, for the project's side. They are listed above the users.
@Path("/projects")
@RunOnVirtualThread
class RegistrationsPageResource {

    private final ProjectGuard inProject;
    private final WaitingRegistrations registrations;

    RegistrationsPageResource(ProjectGuard inProject, WaitingRegistrations registrations) {
        this.inProject = inProject;
        this.registrations = registrations;
    }

    /// @param action `approve` or `reject`
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/registrations")
    public Response decide(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String workspaceId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("registrationId") @DefaultValue("") String id,
            @FormParam("action") @DefaultValue("") String action) {
        return inProject.form(
                call,
                as,
                projectId,
                workspaceId,
                place -> Html.seeOther(place.tab("/users") + "&done="
                        + decide(registrations, place.actor(), place.workspace(), id, action)));
    }

    /// @return the key of the toast
    static String decide(
            WaitingRegistrations registrations, WorkspaceActor actor, Workspace workspace, String id, String action) {
        boolean approves = action.equals("approve");
        Decided decided = Uuids.parse(id)
                .map(known -> approves
                        ? registrations.approve(actor, workspace.project(), workspace.id(), known)
                        : registrations.reject(actor, workspace.project(), workspace.id(), known))
                .orElseGet(Decided.NotWaiting::new);
        return switch (decided) {
            case Decided.Done _ -> approves ? "registration-approved" : "registration-rejected";
            case Decided.Taken _ -> "registration-taken";
            case Decided.NotWaiting _, Decided.NotFound _, Decided.Forbidden _ -> "registration-gone";
        };
    }
}
