package dev.banyan.workspaces.users;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The same as [RegistrationsPageResource] for admins of the workspace.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberRegistrationsPageResource {

    private final WorkspacePageGuard at;
    private final WaitingRegistrations registrations;

    MemberRegistrationsPageResource(WorkspacePageGuard at, WaitingRegistrations registrations) {
        this.at = at;
        this.registrations = registrations;
    }

    /// @param action `approve` or `reject`
    @POST
    @Path("registrations")
    public Response decide(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("registrationId") @DefaultValue("") String id,
            @FormParam("action") @DefaultValue("") String action) {
        return at.member(
                call,
                shortPath,
                Right.CHANGE_USERS,
                WorkspaceMenu.USERS,
                member -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace())
                        + "/users?done="
                        + RegistrationsPageResource.decide(registrations, member, member.workspace(), id, action)));
    }
}
