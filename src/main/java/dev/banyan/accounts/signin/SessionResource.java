package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.UserView;
import dev.banyan.accounts.context.Users;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Registration, login, logout and "who am I" for programs.
@Path("/api")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sign-in", description = "Registration and people's sessions.")
class SessionResource {

    @Schema(requiredProperties = {"email", "username", "password"})
    record Registration(
            @Schema(description = "Up to 254 characters, stored in lower case")
            Optional<String> email,

            @Schema(
                    description =
                            "3 to 30 letters, digits, - or _, starting with a letter or digit; stored in lower case")
            Optional<String> username,

            @Schema(description = "8 to 128 characters (15 or more recommended); not a common password")
            Optional<String> password) {}

    @Schema(requiredProperties = "password")
    record Credentials(
            @Schema(description = "The person's email") Optional<String> email,

            @Schema(description = "Email or username; use instead of `email`")
            Optional<String> emailOrUsername,

            @Schema(description = "The password") Optional<String> password) {

        Optional<String> name() {
            return emailOrUsername.or(() -> email);
        }
    }

    /// The second factor that a sign-in requires after the password.
    record SecondStep(
            boolean requiresTwoFactor, String sessionId, String twoFactorMethod, List<String> availableMethods) {

        static SecondStep of(AwaitedFactors.Asked asked) {
            return new SecondStep(true, asked.session(), asked.method(), asked.methods());
        }
    }

    record SecondStepAnswer(boolean success, SecondStep data) {}

    record Session(String token, Instant expiresAt) {}

    record SignedIn(UserView user, Session session) {}

    record SignedInAnswer(boolean success, SignedIn data) {}

    record Me(UserView user) {}

    record MeAnswer(boolean success, Me data) {}

    private final Registrations registrations;
    private final Logins logins;
    private final LoginResponses arrivals;
    private final Users users;

    SessionResource(Registrations registrations, Logins logins, LoginResponses arrivals, Users users) {
        this.registrations = registrations;
        this.logins = logins;
        this.arrivals = arrivals;
        this.users = users;
    }

    @POST
    @Path("register")
    @Operation(summary = "Create a person with their own account, and sign in")
    @APIResponseSchema(
            value = SignedInAnswer.class,
            responseDescription = "Registered and signed in",
            responseCode = "201")
    @APIResponse(responseCode = "403", description = "Registration is currently disabled")
    @APIResponse(responseCode = "409", description = "Email or username already taken")
    public Response register(@Context Call call, Registration wanted) {
        Device device = arrivals.device(call);
        var registered = registrations.register(
                call.actor(),
                device,
                wanted.email().orElse(""),
                wanted.username().orElse(""),
                wanted.password().orElse(""));
        return switch (registered) {
            case Registrations.Registered.Welcome welcome ->
                signedIn(201, device, welcome.identity(), welcome.session());
            case Registrations.Registered.Rejected rejected ->
                Answers.refused(rejected.invalid().getFirst());
            case Registrations.Registered.EmailTaken _ -> Answers.refused(409, "Email already registered");
            case Registrations.Registered.UsernameTaken _ -> Answers.refused(409, "Username already taken");
            case Registrations.Registered.Closed _ -> Answers.refused(403, "Registration is currently disabled");
            case Registrations.Registered.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }

    @POST
    @Path("login")
    @Operation(summary = "Sign in with email or username, and password")
    @APIResponse(
            responseCode = "200",
            description = "Signed in; or, without a session, the second step that follows the password:"
                    + " continue at `/api/public/2fatoken`",
            content = @Content(schema = @Schema(oneOf = {SignedInAnswer.class, SecondStepAnswer.class})))
    @APIResponse(responseCode = "400", description = "Email and password are required")
    @APIResponse(responseCode = "401", description = "Invalid credentials")
    @APIResponse(responseCode = "403", description = "This account is disabled, and why")
    public Response login(@Context Call call, Credentials credentials) {
        if (credentials.name().isEmpty() || credentials.password().isEmpty()) {
            return Answers.refused(400, "Email and password are required");
        }
        Device device = arrivals.device(call);
        var loggedIn = logins.login(
                call.actor(),
                device,
                credentials.name().get(),
                credentials.password().get());
        return switch (loggedIn) {
            case Logins.LoggedIn.Welcome welcome -> signedIn(200, device, welcome.identity(), welcome.session());
            case Logins.LoggedIn.SecondStep step ->
                Response.ok(new SecondStepAnswer(true, SecondStep.of(step.asked())))
                        .build();
            case Logins.LoggedIn.WrongCredentials _, Logins.LoggedIn.OfSubAccount _ ->
                Answers.refused(401, "Invalid credentials");
            case Logins.LoggedIn.Disabled disabled ->
                Answers.refused(403, "This account is disabled. " + disabled.reason().words);
            case Logins.LoggedIn.Elsewhere _ -> Answers.refused(403, Logins.ELSEWHERE);
            case Logins.LoggedIn.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }

    private Response signedIn(int status, Device device, IdentityId identity, LoginSessions.Opened session) {
        var answer = new SignedInAnswer(
                true, new SignedIn(users.view(identity), new Session(session.token(), session.expiresAt())));
        return arrivals.with(
                device, session, Response.status(status).entity(answer).build());
    }

    @POST
    @Path("logout")
    @Operation(summary = "End this session")
    @APIResponse(responseCode = "200", description = "Signed out")
    public Response logout(@Context Call call) {
        return arrivals.signOut(call, Answers.done("Signed out"));
    }

    @GET
    @Path("me")
    @Operation(summary = "Get the signed-in person")
    @APIResponseSchema(value = MeAnswer.class, responseDescription = "The person and their account")
    public Response me(@Context Call call) {
        return call.identity()
                .map(identity -> Response.ok(new MeAnswer(true, new Me(users.view(identity))))
                        .build())
                .orElseGet(() -> Answers.refused(401, "Unauthorized"));
    }
}
