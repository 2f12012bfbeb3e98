package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.context.MemberProofs;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Lets programs prove again which user of a workspace their session belongs to.
@Path(MemberProofs.API)
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client sign-in", description = "Registration, sessions and profiles of workspace users.")
class MemberProofResource {

    record ProofBody(
            @Schema(
                    description =
                            "The workspace's address, such as `x7M2-marketing`; defaults to the one you last signed in"
                                    + " to")
            Optional<String> shortPath,

            @Schema(description = "The current password") Optional<String> password) {}

    private final MemberProof proof;

    MemberProofResource(MemberProof proof) {
        this.proof = proof;
    }

    @POST
    @Operation(
            summary = "Confirm the password for this session",
            description = "What gives someone data or a way in (users, invitations, keys, single sign-on, mail"
                    + " servers, assistants) answers 403 with `reauthenticate: true` when the last proof of identity is"
                    + " more than 15 minutes old. Send the password here, then send the request again. Users of a provider"
                    + " sign in there again.")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Confirmed for the next 15 minutes")
    @APIResponse(responseCode = "400", description = "The password is missing or incorrect")
    @APIResponse(responseCode = "403", description = "Passwords are off: sign in at the provider again")
    public DoneMessage prove(@Context MemberRequest request, ProofBody body) {
        WorkspaceActor.Member member = request.member(body.shortPath());
        String password = body.password()
                .filter(typed -> !typed.isEmpty())
                .orElseThrow(() -> request.refused(400, "password is required"));
        return switch (proof.prove(member, password)) {
            case LoggedIn.Welcome _ -> new DoneMessage("Confirmed");
            case LoggedIn.WrongCredentials _ -> throw request.refused(400, WorkspaceSessionResource.WRONG_PASSWORD);
            case LoggedIn.PasswordsOff _ -> throw request.refused(403, WorkspaceSessionResource.PASSWORDS_OFF);
            case LoggedIn.NotAllowed not -> throw request.refused(403, not.why().title());
            case LoggedIn.Unavailable not ->
                throw request.refused(503, not.why().title());
            case LoggedIn.TooMany tooMany -> throw request.tooMany(tooMany.retryAfter());
            case LoggedIn.Waits _, LoggedIn.Suspended _, LoggedIn.NotEnabled _ ->
                throw request.denied(401, WorkspaceApiGuard.NOT_SIGNED_IN);
        };
    }
}
