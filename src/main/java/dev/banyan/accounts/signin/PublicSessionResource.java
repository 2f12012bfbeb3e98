package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.UserView;
import dev.banyan.accounts.context.Users;
import dev.banyan.platform.IdentityId;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Sign-in routes of the LinkToMe client (contract 2.1): the operations, the sessions and the cookie are those of
/// [SessionResource], the formats are the contract's. A password is reset in two steps that share one address; the
/// second one brings a code.
@Path("/api/public")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sign-in (LinkToMe)", description = "The same sessions, in the format of the LinkToMe client.")
class PublicSessionResource {

    private static final String NO_COOKIE = "Missing auth cookie";

    @Schema(requiredProperties = {"email", "password"})
    record LoginBody(
            @Schema(description = "The person's email or username")
            Optional<String> email,

            @Schema(description = "The password") Optional<String> password,

            @Schema(description = "Ignored: this server doesn't use Turnstile")
            Optional<String> turnstileToken) {}

    @Schema(requiredProperties = {"email", "username", "password"})
    record SignupBody(
            @Schema(description = "Up to 254 characters, stored in lower case")
            Optional<String> email,

            @Schema(
                    description =
                            "3 to 30 letters, digits, - or _, starting with a letter or digit; stored in lower case")
            Optional<String> username,

            @Schema(description = "8 to 128 characters (15 or more recommended); not a common password")
            Optional<String> password,

            @Schema(description = "Ignored: this server doesn't use Turnstile")
            Optional<String> turnstileToken) {}

    record UserAnswer(UserView user) {}

    record ResetBody(
            @Schema(description = "The email the person signs in with")
            Optional<String> email,

            @Schema(description = "Second step: the six-digit code from the email")
            Optional<String> code,

            @Schema(description = "Second step: 8 to 128 characters (15 or more recommended); not a common password")
            Optional<String> newPassword) {}

    private final Registrations registrations;
    private final Logins logins;
    private final LoginSessions sessions;
    private final LoginResponses arrivals;
    private final Users users;
    private final PasswordResets resets;
    private final Devices devices;
    private final OneTimeLinks links;

    PublicSessionResource(
            Registrations registrations,
            Logins logins,
            LoginSessions sessions,
            LoginResponses arrivals,
            Users users,
            PasswordResets resets,
            Devices devices,
            OneTimeLinks links) {
        this.registrations = registrations;
        this.logins = logins;
        this.sessions = sessions;
        this.arrivals = arrivals;
        this.users = users;
        this.resets = resets;
        this.devices = devices;
        this.links = links;
    }

    @POST
    @Path("Login")
    @Operation(summary = "Sign in with email and password")
    @APIResponse(
            responseCode = "200",
            description = "Signed in, with the session in the cookie; or, without a cookie, the second step that"
                    + " follows the password",
            content = @Content(schema = @Schema(oneOf = {UserAnswer.class, SessionResource.SecondStep.class})))
    @APIResponse(responseCode = "400", description = "A field is missing, or the email is invalid")
    @APIResponse(responseCode = "401", description = "Invalid credentials")
    @APIResponse(
            responseCode = "403",
            description = "Authentication is disabled for this account, or the account is disabled")
    public Response login(@Context Call call, LoginBody credentials) {
        String name = credentials.email().orElse("").strip();
        String password = credentials.password().orElse("");
        if (name.isEmpty() || password.isEmpty()) {
            return Answers.failure(400, "Email and password are required");
        }
        if ((name.contains("@") ? Names.brokenEmail(name) : Names.brokenUsername(name)).isPresent()) {
            return Answers.failure(400, "Invalid email format");
        }
        Device device = arrivals.device(call);
        return switch (logins.login(call.actor(), device, name, password)) {
            case Logins.LoggedIn.Welcome welcome ->
                arrivals.with(device, welcome.session(), user(200, welcome.identity()));
            case Logins.LoggedIn.SecondStep step ->
                Response.ok(SessionResource.SecondStep.of(step.asked())).build();
            case Logins.LoggedIn.WrongCredentials _ -> Answers.failure(401, "Invalid credentials");
            case Logins.LoggedIn.OfSubAccount _ -> Answers.failure(403, "Authentication is disabled for this account");
            case Logins.LoggedIn.Disabled disabled ->
                Answers.failure(403, "This account is disabled. " + disabled.reason().words);
            case Logins.LoggedIn.Elsewhere _ -> Answers.failure(403, Logins.ELSEWHERE);
            case Logins.LoggedIn.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
        };
    }

    @POST
    @Path("Signup")
    @Operation(summary = "Create a person with their own account, and sign in")
    @APIResponseSchema(
            value = UserAnswer.class,
            responseDescription = "Registered and signed in; the session is in the cookie",
            responseCode = "201")
    @APIResponse(responseCode = "403", description = "Registration is currently disabled")
    @APIResponse(responseCode = "409", description = "Email already registered, or username already taken")
    public Response signUp(@Context Call call, SignupBody wanted) {
        Device device = arrivals.device(call);
        var registered = registrations.register(
                call.actor(),
                device,
                wanted.email().orElse(""),
                wanted.username().orElse(""),
                wanted.password().orElse(""));
        return switch (registered) {
            case Registrations.Registered.Welcome welcome ->
                arrivals.with(device, welcome.session(), user(201, welcome.identity()));
            case Registrations.Registered.Rejected rejected ->
                Answers.failure(400, rejected.invalid().getFirst().apiMessage());
            case Registrations.Registered.EmailTaken _ -> Answers.failure(409, "Email already registered");
            case Registrations.Registered.UsernameTaken _ -> Answers.failure(409, "Username already taken");
            case Registrations.Registered.Closed _ -> Answers.failure(403, "Registration is currently disabled");
            case Registrations.Registered.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
        };
    }

    private Response user(int status, IdentityId identity) {
        return Response.status(status)
                .entity(new UserAnswer(users.view(identity)))
                .build();
    }

    /// The token changes at every call. Tabs of one browser share the cookie, so a tab that comes a moment too late is
    /// refused once and continues with the cookie that the other tab got: a refusal must not delete that cookie.
    @POST
    @Path("RefreshToken")
    @Operation(summary = "Renew the session token and return the person's current data")
    @APIResponseSchema(
            value = UserAnswer.class,
            responseDescription =
                    "The person, with the new token in the cookie; the old token stops working after ten seconds")
    @APIResponse(responseCode = "400", description = "Missing auth cookie")
    @APIResponse(responseCode = "401", description = "Invalid or expired refresh token")
    public Response refresh(@Context Call call) {
        Optional<String> token = sessions.tokenInCookie(call);
        if (token.isEmpty()) {
            return Answers.failure(400, NO_COOKIE);
        }
        return arrivals.renew(call.actor(), token.get())
                .fold(
                        renewed -> sessions.with(renewed.session(), user(200, renewed.identity())),
                        refusal -> refusal instanceof Refusal.TooMany(Duration wait)
                                ? Answers.tooManyFailure(wait)
                                : Answers.failure(401, "Invalid or expired refresh token"));
    }

    @POST
    @Path("Logout")
    @Operation(summary = "End this session")
    @APIResponse(
            responseCode = "200",
            description = "Signed out: an empty object",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", description = "Missing auth cookie")
    public Response logout(@Context Call call) {
        if (sessions.tokenInCookie(call).isEmpty()) {
            return Answers.failure(400, NO_COOKIE);
        }
        return arrivals.signOut(call, Response.ok(Map.of()).build());
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
