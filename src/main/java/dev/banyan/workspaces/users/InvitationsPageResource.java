package dev.banyan.workspaces.users;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
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

/// The invitations page of a workspace: invite, resend, revoke; also sends password reset links to users.
@Path("/projects")
@RunOnVirtualThread
class InvitationsPageResource {

    private final ProjectGuard inProject;
    private final Invitations invitations;
    private final PasswordLinks passwordLinks;
    private final InvitationLists lists;

    InvitationsPageResource(
            ProjectGuard inProject, Invitations invitations, PasswordLinks passwordLinks, InvitationLists lists) {
        this.inProject = inProject;
        this.invitations = invitations;
        this.passwordLinks = passwordLinks;
        this.lists = lists;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("after") @DefaultValue("") String after) {
        return inProject.page(call, projectId, id, place -> Html.ok(page(place, after, "", "", Optional.empty())));
    }

    private InvitationsPage page(
            RequestScope place, String after, String email, String role, Optional<String> refusal) {
        var wanted = new InvitationLists.ListRequest(
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/invitations",
                Optional.of(place.context().acting().username()),
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/users",
                after,
                email,
                role,
                refusal);
        return new InvitationsPage(
                inProject.shell(place, "Invitations to " + place.workspace().name()),
                inProject.head(place, Tab.USERS),
                lists.read(place.actor(), place.workspace(), wanted).orElseThrow());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    public Response invite(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role) {
        return inProject.form(call, as, projectId, id, place -> {
            Invited invited = invitations.invite(
                    place.actor(),
                    place.project().id(),
                    place.workspace().id(),
                    email,
                    WorkspaceRole.of(role).orElse(WorkspaceRole.USER));
            return switch (invited) {
                case Invited.Done _ -> Html.seeOther(place.tab("/invitations") + "&done=invitation-sent");
                case Invited.NotFound _, Invited.Forbidden _ -> inProject.unknown(call);
                case Invited.AlreadyUser _, Invited.Rejected _, Invited.Unconfirmed _, Invited.TooMany _ ->
                    Html.invalid(page(place, "", email, role, InvitationLists.refusal(invited)));
            };
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/invitations/revoke")
    public Response revoke(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("email") @DefaultValue("") String email) {
        return inProject.form(call, as, projectId, id, place -> switch (invitations.revoke(
                place.actor(), place.project().id(), place.workspace().id(), email)) {
            // An invitation that was gone already counts as revoked.
            case Revoked.Done _, Revoked.NotInvited _ ->
                Html.seeOther(place.tab("/invitations") + "&done=invitation-revoked");
            case Revoked.NotFound _, Revoked.Forbidden _ -> inProject.unknown(call);
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/password-link")
    public Response passwordLink(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @PathParam("userId") String userId,
            @FormParam("as") @DefaultValue("") String as) {
        int user = userId.matches("[0-9]{1,9}") ? Integer.parseInt(userId) : 0;
        return inProject.form(call, as, projectId, id, place -> switch (passwordLinks.send(
                place.actor(), place.project().id(), place.workspace().id(), user)) {
            case PasswordLinks.Sent.Done _ -> Html.seeOther(place.tab("/users") + "&done=password-link-sent");
            case PasswordLinks.Sent.NotFound _, PasswordLinks.Sent.UserNotFound _, PasswordLinks.Sent.Forbidden _ ->
                inProject.unknown(call);
            case PasswordLinks.Sent.Unconfirmed _ -> Html.seeOther(place.tab("/users") + "&done=confirm-first");
            case PasswordLinks.Sent.TooMany _ -> Html.seeOther(place.tab("/users") + "&done=too-many-mails");
        });
    }
}
