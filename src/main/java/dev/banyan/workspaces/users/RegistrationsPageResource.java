package dev.banyan.workspaces.users;

import dev.banyan.platform.Uuids;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Approves and rejects pending registrations. They are listed above the users.
@InMenu(WorkspaceMenu.USERS)
abstract class RegistrationsPageResource {

    private final WaitingRegistrations registrations;

    private RegistrationsPageResource(WaitingRegistrations registrations) {
        this.registrations = registrations;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends RegistrationsPageResource {

        OfProjectResource(WaitingRegistrations registrations) {
            super(registrations);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends RegistrationsPageResource {

        OfAdminsResource(WaitingRegistrations registrations) {
            super(registrations);
        }
    }

    /// @param action `approve` or `reject`
    @POST
    @Path("registrations")
    public Response decide(
            @Context AdminRequest request,
            @FormParam("registrationId") @DefaultValue("") String id,
            @FormParam("action") @DefaultValue("") String action) {
        return request.done("/users", decide(request.actor(), request.workspace(), id, action));
    }

    /// @return the key of the toast
    private String decide(WorkspaceActor actor, Workspace workspace, String id, String action) {
        boolean approves = action.equals("approve");
        Decided decided = Uuids.parse(id)
                .map(known -> approves
                        ? registrations.approve(actor, workspace.project(), workspace.id(), known)
                        : registrations.reject(actor, workspace.project(), workspace.id(), known))
                .orElseGet(Decided.NotWaiting::new);
        return switch (decided) {
            case Decided.Done _ -> approves ? "registration-approved" : "registration-rejected";
            case Decided.Taken _ -> "registration-taken";
            case Decided.NotWaiting _, Decided.Refused _ -> "registration-gone";
        };
    }
}
