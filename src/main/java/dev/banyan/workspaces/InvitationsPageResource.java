package dev.banyan.workspaces;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.Words;
import dev.banyan.workspaces.InProject.Place;
import dev.banyan.workspaces.Invitations.Invited;
import dev.banyan.workspaces.Invitations.Revoked;
import dev.banyan.workspaces.WorkspaceHead.Tab;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Beside the users of a workspace: people are invited, invited again, and not any more; users get links to a new
/// password.
@Path("/projects")
@RunOnVirtualThread
class InvitationsPageResource {

    private static final int ROWS = 50;

    private final InProject inProject;
    private final Invitations invitations;
    private final PasswordLinks passwordLinks;
    private final Clock clock;

    InvitationsPageResource(InProject inProject, Invitations invitations, PasswordLinks passwordLinks, Clock clock) {
        this.inProject = inProject;
        this.invitations = invitations;
        this.passwordLinks = passwordLinks;
        this.clock = clock;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("after") @DefaultValue("") String after) {
        return inProject.page(call, projectId, id, place -> Html.ok(page(place, after, "", "", FieldErrors.NONE)));
    }

    private InvitationsPage page(Place place, String after, String email, String role, FieldErrors errors) {
        Optional<String> cursor = Optional.of(after).filter(text -> !text.isEmpty());
        Listed<Invitation, String> listed = switch (invitations.list(
                place.actor(), place.project().id(), place.workspace().id(), cursor, ROWS)) {
            case Invitations.Seen.Done done -> done.invitations();
            // Deleted a moment ago, and its invitations with it.
            case Invitations.Seen.Unknown _, Invitations.Seen.Forbidden _ -> new Listed<>(List.of(), Optional.empty());
        };
        return new InvitationsPage(
                inProject.shell(place, "Invitations to " + place.workspace().name()),
                inProject.head(place, Tab.USERS),
                listed.items().stream().map(this::row).toList(),
                cursor.isEmpty(),
                listed.next(),
                email,
                role,
                errors);
    }

    private InvitationsPage.Row row(Invitation invitation) {
        return new InvitationsPage.Row(
                invitation.email(),
                invitation.username().orElse(""),
                invitation.role().key(),
                !invitation.isOpenAt(clock.instant()),
                Words.day(invitation.expiresAt()));
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
        return inProject.form(call, as, projectId, id, place -> switch (invitations.invite(
                place.actor(),
                place.project().id(),
                place.workspace().id(),
                email,
                WorkspaceRole.of(role).orElse(WorkspaceRole.USER))) {
            case Invited.Done _ -> Html.seeOther(place.tab("/invitations") + "&done=invitation-sent");
            case Invited.Unknown _, Invited.Forbidden _ -> inProject.unknown(call);
            case Invited.AlreadyUser _ -> refused(place, email, role, "Somebody in this workspace has this e-mail.");
            case Invited.Rejected rejected ->
                refused(place, email, role, rejected.invalid().rule());
            case Invited.TooMany _ ->
                refused(place, email, role, "This workspace has sent many invitations. Wait an hour.");
        });
    }

    private Response refused(Place place, String email, String role, String why) {
        return Html.invalid(page(place, "", email, role, new FieldErrors(Map.of("email", why))));
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
            // Who was not invited any more is not invited now.
            case Revoked.Done _, Revoked.NotInvited _ ->
                Html.seeOther(place.tab("/invitations") + "&done=invitation-revoked");
            case Revoked.Unknown _, Revoked.Forbidden _ -> inProject.unknown(call);
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
            case PasswordLinks.Sent.Unknown _, PasswordLinks.Sent.UnknownUser _, PasswordLinks.Sent.Forbidden _ ->
                inProject.unknown(call);
            case PasswordLinks.Sent.TooMany _ -> Html.seeOther(place.tab("/users") + "&done=too-many-mails");
        });
    }
}
