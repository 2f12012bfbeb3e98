package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.users.Invitations.Invited;
import dev.banyan.workspaces.users.Invitations.Revoked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The invitations page of a workspace: invite, resend, revoke; also sends password reset links to users.
@InMenu(WorkspaceMenu.USERS)
abstract class InvitationsPageResource {

    private static final String PAGE = "/invitations";
    private static final String GONE = "This invitation was accepted or revoked. Invite them again.";
    private static final String TOO_MANY = "Too many invitations. Try again in an hour.";

    private final Invitations invitations;
    private final InvitationLists lists;
    private final PasswordLinks passwordLinks;
    private final OneTimeLinks links;

    private InvitationsPageResource(
            Invitations invitations, InvitationLists lists, PasswordLinks passwordLinks, OneTimeLinks links) {
        this.invitations = invitations;
        this.lists = lists;
        this.passwordLinks = passwordLinks;
        this.links = links;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends InvitationsPageResource {

        OfProjectResource(
                Invitations invitations, InvitationLists lists, PasswordLinks passwordLinks, OneTimeLinks links) {
            super(invitations, lists, passwordLinks, links);
        }

        @POST
        @WithFormRead
        @Path("users/{userId}/password-link")
        public Response passwordLink(@Context AdminRequest request, @PathParam("userId") String user) {
            return sendPasswordLink(request, user);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends InvitationsPageResource {

        OfAdminsResource(
                Invitations invitations, InvitationLists lists, PasswordLinks passwordLinks, OneTimeLinks links) {
            super(invitations, lists, passwordLinks, links);
        }

        @POST
        @Path("invitations/password-link")
        public Response passwordLink(@Context AdminRequest request, @FormParam("user") @DefaultValue("") String user) {
            return sendPasswordLink(request, user);
        }
    }

    @GET
    @Path("invitations")
    public Response list(@Context AdminRequest request, @QueryParam("after") @DefaultValue("") String after) {
        return page(200, request, after, "", "", Optional.empty());
    }

    private Response page(
            int status, AdminRequest request, String after, String email, String role, Optional<String> problem) {
        Optional<OneTimeLink> fresh = links.of(request.call(), request.base() + PAGE);
        InvitationList list = request.value(lists.read(request, after, email, role, problem, fresh));
        var page = new InvitationsPage(request.frame("Invitations"), list);
        return links.shown(fresh, Html.answer(status, page));
    }

    @POST
    @Path("invitations")
    public Response invite(
            @Context AdminRequest request,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role) {
        Function<String, Response> again = problem -> page(422, request, "", email, role, Optional.of(problem));
        return switch (invitations.invite(
                request.actor(),
                request.project(),
                request.id(),
                email,
                WorkspaceRole.of(role).orElse(WorkspaceRole.USER))) {
            case Invited.Done(Invitation invitation, Optional<String> link) ->
                link.map(url -> showing(request, "invitation-created", invitation.email(), url))
                        .orElseGet(() -> request.done(PAGE, "invitation-sent"));
            case Invited.AlreadyUser _ -> again.apply("A user of this workspace already has this email.");
            case Invited.Unconfirmed _ ->
                again.apply("Confirm your own email address first: open the link in the email we sent you.");
            case Invited.Refused(Refusal.Rejected rejected) ->
                again.apply(rejected.first().userMessage());
            case Invited.Refused(Refusal.TooMany _) -> again.apply(TOO_MANY);
            case Invited.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }

    private Response showing(AdminRequest request, String done, String email, String url) {
        return links.with(request.done(PAGE, done), request.base() + PAGE, OneTimeLink.Kind.INVITATION, email, url);
    }

    /// Makes a new link for an invitation that waits, and shows it.
    @POST
    @Path("invitations/link")
    public Response copyLink(@Context AdminRequest request, @FormParam("email") @DefaultValue("") String email) {
        Function<String, Response> again = problem -> page(422, request, "", "", "", Optional.of(problem));
        return switch (invitations.copyLink(request.actor(), request.project(), request.id(), email)) {
            case Outcome.Done<Invitations.Issued>(var issued) ->
                showing(request, "link-created", issued.invitation().email(), issued.link());
            case Outcome.Refused<Invitations.Issued>(Refusal.Rejected rejected) ->
                again.apply(rejected.first().userMessage());
            case Outcome.Refused<Invitations.Issued>(Refusal.TooMany _) -> again.apply(TOO_MANY);
            case Outcome.Refused<Invitations.Issued>(Refusal.NotFound _) -> again.apply(GONE);
            case Outcome.Refused<Invitations.Issued>(Refusal refusal) -> request.refused(refusal);
        };
    }

    @POST
    @Path("invitations/revoke")
    public Response revoke(@Context AdminRequest request, @FormParam("email") @DefaultValue("") String email) {
        return switch (invitations.revoke(request.actor(), request.project(), request.id(), email)) {
            // An invitation that was gone already counts as revoked.
            case Revoked.Done _, Revoked.NotInvited _ -> request.done(PAGE, "invitation-revoked");
            case Revoked.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }

    Response sendPasswordLink(AdminRequest request, String user) {
        return switch (passwordLinks.send(
                request.actor(), request.project(), request.id(), PasswordLinks.number(user))) {
            case PasswordLinks.Sent.Done(WorkspaceUser found, Optional<String> link) ->
                link.map(url -> links.with(
                                request.done("/users", "link-created"),
                                request.base() + "/users",
                                OneTimeLink.Kind.PASSWORD,
                                found.username(),
                                url))
                        .orElseGet(() -> request.done("/users", "password-link-sent"));
            case PasswordLinks.Sent.UserNotFound _ -> request.missing(() -> Html.seeOther(request.path("/users")));
            case PasswordLinks.Sent.Unconfirmed _ -> request.done("/users", "confirm-first");
            case PasswordLinks.Sent.PasswordsOff _ -> request.done("/users", "passwords-off");
            case PasswordLinks.Sent.Refused(Refusal.TooMany _) -> request.done("/users", "too-many-mails");
            case PasswordLinks.Sent.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }
}
