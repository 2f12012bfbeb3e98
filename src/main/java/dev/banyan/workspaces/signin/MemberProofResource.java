package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.context.MemberProofs;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.signin.WorkspaceLogins.LoggedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
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
                            "The workspace's address, such as `x7M2-marketing`; defaults to the one you last signed in to")
            Optional<String> shortPath,

            @Schema(description = "The current password") Optional<String> password) {}

    private final WorkspaceApiGuard gate;
    private final MemberProof proof;

    MemberProofResource(WorkspaceApiGuard gate, MemberProof proof) {
        this.gate = gate;
        this.proof = proof;
    }

    @POST
    @Operation(
            summary = "Confirm the password for this session",
            description = "What gives someone data or a way in (users, invitations, keys, single sign-on, mail servers,"
                    + " assistants) answers 403 with `reauthenticate: true` when the last proof of identity is more than"
                    + " 15 minutes old. Send the password here, then send the request again. Users of a provider sign in"
                    + " there again.")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Confirmed for the next 15 minutes")
    @APIResponse(responseCode = "400", description = "The password is missing or incorrect")
    @APIResponse(responseCode = "403", description = "Passwords are off: sign in at the provider again")
    public Response prove(@Context Call call, ProofBody body) {
        return gate.member(
                call,
                body.shortPath(),
                member -> body.password()
                        .filter(password -> !password.isEmpty())
                        .map(password -> proved(call, member, password))
                        .orElseGet(() -> Answers.refused(400, "password is required")));
    }

    private Response proved(Call call, WorkspaceActor.Member member, String password) {
        return switch (proof.prove(member, password)) {
            case LoggedIn.Welcome _ -> Answers.done("Confirmed");
            case LoggedIn.WrongCredentials _ -> Answers.refused(400, WorkspaceSessionResource.WRONG_PASSWORD);
            case LoggedIn.PasswordsOff _ -> Answers.refused(403, WorkspaceSessionResource.PASSWORDS_OFF);
            case LoggedIn.NotAllowed not -> Answers.refused(403, not.why().title());
            case LoggedIn.Unavailable not -> Answers.refused(503, not.why().title());
            case LoggedIn.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
            case LoggedIn.Waits _, LoggedIn.Suspended _, LoggedIn.NotEnabled _ ->
                gate.denied(call, 401, WorkspaceApiGuard.NOT_SIGNED_IN);
        };
    }
}
