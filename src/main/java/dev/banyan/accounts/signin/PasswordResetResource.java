package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.page.OneTimeLinks;
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

/// Resets the password for programs (contract 2.1): both steps share one address, the second one brings a code.
@Path("/api/public")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sign-in (LinkToMe)", description = "The same sessions, in the format of the LinkToMe client.")
class PasswordResetResource {

    record ResetBody(
            @Schema(description = "The email the person signs in with")
            Optional<String> email,

            @Schema(description = "Second step: the six-digit code from the email")
            Optional<String> code,

            @Schema(description = "Second step: 8 to 128 characters (15 or more recommended); not a common password")
            Optional<String> newPassword) {}

    private final PasswordResets resets;
    private final Devices devices;
    private final OneTimeLinks links;

    PasswordResetResource(PasswordResets resets, Devices devices, OneTimeLinks links) {
        this.links = links;
        this.resets = resets;
        this.devices = devices;
    }

    @POST
    @Path("PasswordReset")
    @Operation(summary = "Request a code by email, then use it to set a new password; ends all sessions")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "A code was sent, if an account uses this email; or the password was changed")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the code is wrong or expired")
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
                    .orElseGet(
                            () -> message(
                                    links.mailing()
                                            ? "If the email is registered, a reset code has been sent"
                                            : "This server can’t send email: ask the people who run it for a password reset link"));
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
                    case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                        throw new IllegalStateException("Not a refusal of a new password: " + refusal);
                });
    }

    private static Response message(String text) {
        return Response.ok(new DoneMessage(text)).build();
    }
}
