package dev.banyan.workspaces.users;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.users.Invitations.Invited;
import dev.banyan.workspaces.users.Invitations.Revoked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Invitations to a workspace and password reset links, as an API.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client invitations", description = "Emailed links for joining a workspace or choosing a new password.")
class InvitationsResource {

    private static final int AT_MOST = 1_000;
    private static final String INVITE_FORBIDDEN = "Only sub-client admins can invite users";
    private static final String NO_MAIL = "This server can’t send email: ";
    private static final String CONFIRM = "Confirm your email address first: open the link in the email we sent you";

    @Schema(requiredProperties = "email")
    record InvitationBody(
            @Schema(description = "Address to invite; at most 254 characters")
            Optional<String> email,

            @Schema(description = "`admin`, `agent` or `user` (default)")
            Optional<String> role) {}

    /// @param expiresAt epoch milliseconds
    record InvitationView(
            String email,
            @Schema(implementation = WorkspaceRole.class) String role,
            Optional<String> username,
            @JsonProperty("expires_at") long expiresAt) {

        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.email(),
                    invitation.role().key(),
                    invitation.username(),
                    invitation.expiresAt().toEpochMilli());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record InvitationList(List<InvitationView> invitations, Optional<String> nextCursor) {}

    record OneInvitation(InvitationView invitation) {}

    record InvitationAnswer(boolean success, OneInvitation data, String message) implements WholeEnvelope {}

    private final Invitations invitations;
    private final PasswordLinks passwordLinks;

    InvitationsResource(Invitations invitations, PasswordLinks passwordLinks) {
        this.invitations = invitations;
        this.passwordLinks = passwordLinks;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    @Operation(summary = "List a sub-client's pending invitations, sorted by email")
    @APIResponseSchema(
            value = InvitationList.class,
            responseDescription = "Up to 1,000 invitations; pass `nextCursor` to get the next page")
    public InvitationList list(@Context WorkspaceRequest request, @QueryParam("after") Optional<String> after) {
        var found = request.done(
                invitations.list(request.actor(), request.project(), request.workspace(), after, AT_MOST),
                "Only sub-client admins can see invitations");
        return new InvitationList(found.items().stream().map(InvitationView::of).toList(), found.next());
    }

    @POST
    @ResponseStatus(201)
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    @Operation(summary = "Invite a person by email; inviting them again sends a new link")
    @APIResponseSchema(
            value = InvitationAnswer.class,
            responseDescription = "Invitation sent; its link works for 7 days",
            responseCode = "201")
    @APIResponse(
            responseCode = "400",
            description = "A field is invalid, the email belongs to a user, or yours is not confirmed")
    @APIResponse(responseCode = "429", description = "Too many requests")
    public InvitationAnswer invite(@Context WorkspaceRequest request, InvitationBody body) {
        Optional<WorkspaceRole> role = WorkspaceRole.of(body.role().orElse(WorkspaceRole.USER.key()));
        String email = role.isPresent() ? body.email().orElse("") : "";
        return switch (invitations.invite(
                request.actor(), request.project(), request.workspace(), email, role.orElse(WorkspaceRole.USER))) {
            case Invited.Done done ->
                new InvitationAnswer(
                        true,
                        new OneInvitation(InvitationView.of(done.invitation())),
                        done.link().isEmpty()
                                ? "Invitation sent"
                                : "Invitation created. " + NO_MAIL + "copy its link under Invitations, and send it"
                                        + " yourself.");
            case Invited.AlreadyUser _ -> throw request.refused(400, WorkspaceUsersResource.EMAIL_TAKEN);
            case Invited.Unconfirmed _ -> throw request.refused(400, CONFIRM);
            case Invited.Refused(Refusal.Rejected _)
            when role.isEmpty() -> throw request.refused(400, WorkspaceRole.RULE);
            case Invited.Refused(Refusal refusal) ->
                throw request.refused(refusal, request.forbidden(INVITE_FORBIDDEN));
        };
    }

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}/invitations")
    @Operation(summary = "Revoke an invitation; its link stops working")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Revoked")
    @APIResponse(responseCode = "400", description = "No pending invitation for this email")
    public DoneMessage revoke(@Context WorkspaceRequest request, @QueryParam("email") Optional<String> email) {
        return switch (invitations.revoke(request.actor(), request.project(), request.workspace(), email.orElse(""))) {
            case Revoked.Done _ -> new DoneMessage("Invitation revoked");
            case Revoked.NotInvited _ -> throw request.refused(400, "No pending invitation for this email");
            case Revoked.Refused(Refusal refusal) ->
                throw request.refused(refusal, request.forbidden(INVITE_FORBIDDEN));
        };
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/password-link")
    @Operation(summary = "Email a user a link to choose a new password")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "Link sent; it works for 24 hours. The old password works until it is used")
    @APIResponse(responseCode = "400", description = "Your own email is not confirmed")
    @APIResponse(responseCode = "429", description = "Too many requests")
    public DoneMessage passwordLink(@Context WorkspaceRequest request, @PathParam("userId") String userId) {
        return switch (passwordLinks.send(
                request.actor(), request.project(), request.workspace(), PasswordLinks.number(userId))) {
            case PasswordLinks.Sent.Done done ->
                new DoneMessage(
                        done.link().isEmpty()
                                ? "Password link sent"
                                : NO_MAIL + "make the link under Users, and send it yourself.");
            case PasswordLinks.Sent.UserNotFound _ -> throw request.refused(404, "User not found in sub-client");
            case PasswordLinks.Sent.Unconfirmed _ -> throw request.refused(400, CONFIRM);
            case PasswordLinks.Sent.PasswordsOff _ ->
                throw request.refused(400, "This user signs in with single sign-on and has no password here");
            case PasswordLinks.Sent.Refused(Refusal refusal) ->
                throw request.refused(refusal, "Only sub-client admins can send password links");
        };
    }
}
