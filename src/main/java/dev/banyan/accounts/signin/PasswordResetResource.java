package dev.banyan.accounts.signin;

import dev.banyan.accounts.Names;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Resets the password for programs (contract 2.1): both steps share one address, the second one brings a code.
@Path("/api/public")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sign-in (LinkToMe)", description = "The same sessions, in the shapes of the LinkToMe client.")
class PasswordResetResource {

    record ResetBody(
            @Schema(description = "The e-mail with which the person signs in")
            Optional<String> email,

            @Schema(description = "Second step: the six digits that were mailed")
            Optional<String> code,

            @Schema(description = "Second step: 8 to 128 characters (15 advised), not among the common ones")
            Optional<String> newPassword) {}

    record MessageAnswer(String message) {}

    private final PasswordResets resets;
    private final Devices devices;

    PasswordResetResource(PasswordResets resets, Devices devices) {
        this.resets = resets;
        this.devices = devices;
    }

    @POST
    @Path("PasswordReset")
    @Operation(summary = "Ask for a code by mail; then choose a new password with it, which ends all sessions")
    @APIResponseSchema(
            value = MessageAnswer.class,
            responseDescription = "The code is on its way, if somebody has this e-mail; or the password is changed")
    @APIResponse(responseCode = "400", description = "A field breaks its rule, or the code is wrong or too old")
    public Response reset(@Context Call call, ResetBody body) {
        String email = body.email().orElse("");
        if (email.isBlank()) {
            return Answers.failure(400, "Email is required");
        }
        if (Names.brokenEmail(email).isPresent()) {
            return Answers.failure(400, "Invalid email format");
        }
        if (body.code().isEmpty() && body.newPassword().isEmpty()) {
            return resets.ask(call.actor(), devices.of(call), email)
                    .map(Answers::tooManyFailure)
                    .orElseGet(() -> message("If the email is registered, a reset code has been sent"));
        }
        return resets.choose(
                        call.actor(),
                        devices.of(call),
                        email,
                        body.code().orElse(""),
                        body.newPassword().orElse(""))
                .fold(_ -> message("Password reset successfully"), refusal -> switch (refusal) {
                    case Refusal.NotFound _ -> Answers.failure(400, "Invalid or expired reset code");
                    case Refusal.Rejected rejected ->
                        Answers.failure(400, rejected.first().apiMessage());
                    case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
                    case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _ ->
                        throw new IllegalStateException("Not a refusal of a new password: " + refusal);
                });
    }

    private static Response message(String text) {
        return Response.ok(new MessageAnswer(text)).build();
    }
}
