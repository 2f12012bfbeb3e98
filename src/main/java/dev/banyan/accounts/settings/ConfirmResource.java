package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
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

/// Lets programs prove again who uses their session, as [RecentProofFilter] requires.
@Path(ConfirmResource.PATH)
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sign-in", description = "Registration and people's sessions.")
class ConfirmResource {

    static final String PATH = "/api/confirm";

    @Schema(requiredProperties = "password")
    record ConfirmBody(
            @Schema(description = "The current password") Optional<String> password) {}

    private final RecentProof proof;

    ConfirmResource(RecentProof proof) {
        this.proof = proof;
    }

    @POST
    @Operation(
            summary = "Confirm the password for this session",
            description = "Sensitive actions (keys, second factor, members' roles, exports) answer 403 with"
                    + " `reauthenticate: true` when the last proof of identity is more than 15 minutes old. Send the"
                    + " password here, then send the request again.")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Confirmed for the next 15 minutes")
    @APIResponse(responseCode = "400", description = "The password is missing or incorrect")
    public Response confirm(@Context Call call, ConfirmBody body) {
        if (body.password().isEmpty()) {
            return Answers.refused(400, "password is required");
        }
        return proof.confirm(call.actor(), call.caller(), body.password().get())
                .fold(_ -> Answers.done("Confirmed"), refusal -> switch (refusal) {
                    case Refusal.Rejected rejected ->
                        Answers.refused(400, rejected.first().apiMessage());
                    case Refusal.TooMany(Duration wait) -> Answers.tooMany(wait);
                    case Refusal.Forbidden _,
                            Refusal.NotFound _,
                            Refusal.LimitReached _,
                            Refusal.ReadOnly _,
                            Refusal.Conflict _ -> Answers.refused(401, AccountGuard.NOT_SIGNED_IN);
                });
    }
}
