package dev.banyan.workspaces.users;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.users.Invitations.Invited;
import dev.banyan.workspaces.users.Invitations.Revoked;
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
import java.util.Optional;
import java.util.function.Function;

/// Invitations and password reset links of a workspace, for its own admins.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberInvitationsPageResource {

    private final WorkspacePageGuard at;
    private final Invitations invitations;
    private final InvitationLists lists;
    private final PasswordLinks passwordLinks;

    MemberInvitationsPageResource(
            WorkspacePageGuard at, Invitations invitations, InvitationLists lists, PasswordLinks passwordLinks) {
        this.at = at;
        this.invitations = invitations;
        this.lists = lists;
        this.passwordLinks = passwordLinks;
    }

    private Response admin(Call call, String shortPath, Function<Member, Response> work) {
        return at.member(call, shortPath, Right.CHANGE_USERS, WorkspaceMenu.USERS, work);
    }

    private static String path(Member member, String page) {
        return WorkspacePageGuard.pathOf(member.workspace()) + page;
    }

    private Response forbidden(Call call, Member member) {
        return at.refused(call, member, Right.CHANGE_USERS, WorkspaceMenu.USERS);
    }

    @GET
    @Path("invitations")
    public Response list(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("after") @DefaultValue("") String after) {
        return admin(call, shortPath, member -> page(call, member, 200, after, "", "", Optional.empty()));
    }

    private Response page(
            Call call, Member member, int status, String after, String email, String role, Optional<String> refusal) {
        var wanted = new InvitationLists.ListRequest(
                path(member, "/invitations"), Optional.empty(), path(member, "/users"), after, email, role, refusal);
        return lists.read(member, member.workspace(), wanted)
                .map(list -> Html.answer(
                        status,
                        new MemberInvitationsPage(at.shell(call, member, WorkspaceMenu.USERS, "Invitations"), list)))
                .orElseGet(() -> forbidden(call, member));
    }

    @POST
    @Path("invitations")
    public Response invite(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role) {
        return admin(call, shortPath, member -> {
            Invited invited = invitations.invite(
                    member,
                    member.workspace().project(),
                    member.workspace().id(),
                    email,
                    WorkspaceRole.of(role).orElse(WorkspaceRole.USER));
            return switch (invited) {
                case Invited.Done _ -> Html.seeOther(path(member, "/invitations?done=invitation-sent"));
                case Invited.NotFound _ -> Html.seeOther(path(member, "/login"));
                case Invited.Forbidden _ -> forbidden(call, member);
                case Invited.AlreadyUser _, Invited.Rejected _, Invited.Unconfirmed _, Invited.TooMany _ ->
                    page(call, member, 422, "", email, role, InvitationLists.refusal(invited));
            };
        });
    }

    @POST
    @Path("invitations/revoke")
    public Response revoke(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("email") @DefaultValue("") String email) {
        return admin(call, shortPath, member -> switch (invitations.revoke(
                member, member.workspace().project(), member.workspace().id(), email)) {
            // An invitation that was gone already counts as revoked.
            case Revoked.Done _, Revoked.NotInvited _ ->
                Html.seeOther(path(member, "/invitations?done=invitation-revoked"));
            case Revoked.NotFound _ -> Html.seeOther(path(member, "/login"));
            case Revoked.Forbidden _ -> forbidden(call, member);
        });
    }

    @POST
    @Path("invitations/password-link")
    public Response passwordLink(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("user") @DefaultValue("") String user) {
        int number = user.matches("[0-9]{1,9}") ? Integer.parseInt(user) : 0;
        return admin(call, shortPath, member -> switch (passwordLinks.send(
                member, member.workspace().project(), member.workspace().id(), number)) {
            case PasswordLinks.Sent.Done _ -> Html.seeOther(path(member, "/users?done=password-link-sent"));
            case PasswordLinks.Sent.NotFound _, PasswordLinks.Sent.UserNotFound _, PasswordLinks.Sent.Unconfirmed _ ->
                Html.seeOther(path(member, "/users"));
            case PasswordLinks.Sent.Forbidden _ -> forbidden(call, member);
            case PasswordLinks.Sent.TooMany _ -> Html.seeOther(path(member, "/users?done=too-many-mails"));
        });
    }
}
