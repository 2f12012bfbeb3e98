package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.context.UserView;
import dev.banyan.accounts.context.Users;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.Answers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The second step of a sign-in for programs (contract 2.1), whichever route the first one used.
@Path("/api/public")
@RunOnVirtualThread
@Tag(name = "Sign-in (LinkToMe)", description = "The same sessions, in the format of the LinkToMe client.")
class AwaitedFactorResource {

    record CodeBody(
            @Schema(description = "As returned by the first step", example = "tfa-5f0c2b34-0000-4000-8000-000000000000")
            Optional<String> sessionId,

            @Schema(description = "Six-digit code from the app or the email, or a backup code")
            Optional<String> token,

            @Schema(description = "Ignored: the server accepts any kind of code")
            Optional<String> method) {}

    record UserAnswer(UserView user) {}

    private final AwaitedFactors factors;
    private final LoginResponses arrivals;
    private final Users users;

    AwaitedFactorResource(AwaitedFactors factors, LoginResponses arrivals, Users users) {
        this.factors = factors;
        this.arrivals = arrivals;
        this.users = users;
    }

    @POST
    @Path("2fatoken")
    @Operation(summary = "Finish signing in with a code, or send a code by email")
    @APIResponse(
            responseCode = "200",
            description = "`verify`: signed in, with the session in the cookie; `resend`: a message",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(oneOf = {UserAnswer.class, DoneMessage.class})))
    @APIResponse(responseCode = "400", description = "A field is missing, the code is wrong, or email codes are off")
    @APIResponse(responseCode = "401", description = "The sign-in has expired, or had too many wrong codes")
    @APIResponse(responseCode = "429", description = "Too many requests, or a code was sent less than a minute ago")
    public Response token(
            @Context Call call,
            @QueryParam("action") @Parameter(description = "`verify` or `resend`") Optional<String> action,
            CodeBody body) {
        String session = body.sessionId().orElse("");
        return switch (action.orElse("")) {
            case "verify" -> verify(call, session, body.token().orElse(""));
            case "resend" -> resend(call, session);
            default -> Answers.failure(400, "Invalid action");
        };
    }

    private Response verify(Call call, String session, String token) {
        if (session.isBlank() || token.isBlank()) {
            return Answers.failure(400, "Session ID and token are required");
        }
        Device device = arrivals.device(call);
        return switch (factors.verify(call.actor(), device, session, token)) {
            case AwaitedFactors.Verified.Welcome welcome ->
                arrivals.with(
                        device,
                        welcome.session(),
                        Response.ok(new UserAnswer(users.view(welcome.identity())))
                                .build());
            case AwaitedFactors.Verified.Wrong _ -> Answers.failure(400, "Invalid verification code");
            case AwaitedFactors.Verified.Expired _ -> expired();
            case AwaitedFactors.Verified.Exhausted _ ->
                Answers.failure(401, "Too many failed attempts. Please log in again.");
            case AwaitedFactors.Verified.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
        };
    }

    private Response resend(Call call, String session) {
        if (session.isBlank()) {
            return Answers.failure(400, "Session ID is required");
        }
        return switch (factors.resend(call.actor(), session)) {
            case AwaitedFactors.Resent.Done _ ->
                Response.ok(new DoneMessage("Verification code sent")).build();
            case AwaitedFactors.Resent.NotByMail _ ->
                Answers.failure(400, "Email verification is not enabled for this session");
            case AwaitedFactors.Resent.Expired _ -> expired();
            case AwaitedFactors.Resent.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
        };
    }

    private static Response expired() {
        return Answers.failure(401, "Session expired. Please log in again.");
    }
}
