package dev.banyan.workspaces.signin;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.access.WorkspaceViews.PublicView;
import dev.banyan.workspaces.access.WorkspaceViews.UserView;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.signin.WorkspaceProfiles.PasswordChanged;
import dev.banyan.workspaces.signin.WorkspaceProfiles.Updated;
import dev.banyan.workspaces.signin.WorkspaceRegistrations.Registered;
import dev.banyan.workspaces.users.WaitingRegistration;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WaitingRegistrations.Confirmed;
import dev.banyan.workspaces.users.WorkspaceUsersResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Registration, sign-in and profile of workspace users, as an API.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client sign-in", description = "Registration, sessions and profiles of workspace users.")
class WorkspaceSessionResource {

    static final String PASSWORDS_OFF = "This workspace uses single sign-on. Passwords are off";
    private static final String UNMAILED =
            "This server can’t send email: ask an admin of the workspace to approve your registration";

    static final String SUSPENDED = "This workspace is suspended";
    static final String NOT_AVAILABLE = "Workspace is not available";
    static final String CLOSED = "Registration is currently disabled";
    static final String WRONG = "Invalid credentials";
    private static final String GONE = "This link has expired or was already used";
    static final String WRONG_PASSWORD = "Invalid current password";

    private static final String SHORT_PATH = "The workspace's address, such as `x7M2-marketing`";

    @Schema(requiredProperties = {"shortPath", "usernameOrEmail", "password"})
    record LoginBody(
            @Schema(description = SHORT_PATH) Optional<String> shortPath,

            @Schema(description = "Email, or username in any case")
            Optional<String> usernameOrEmail,

            @Schema(description = "The password") Optional<String> password) {}

    @Schema(requiredProperties = {"shortPath", "email", "username", "password"})
    record RegisterBody(
            @Schema(description = SHORT_PATH) Optional<String> shortPath,

            @Schema(description = "At most 254 characters; kept in lower case")
            Optional<String> email,

            @Schema(
                    description =
                            "2 to 64 letters, digits, dots, hyphens or underscores; unique in the workspace in any case")
            Optional<String> username,

            @Schema(description = "8 to 128 characters") Optional<String> password) {}

    record ProfileBody(
            @Schema(description = SHORT_PATH + "; defaults to the one you last signed in to")
            Optional<String> shortPath,

            @Schema(description = "Same rules as for registration; omit to keep")
            Optional<String> email,

            @Schema(description = "Same rules as for registration; omit to keep")
            Optional<String> username,

            @Schema(description = "The current password; required to change the email")
            Optional<String> currentPassword) {}

    @Schema(requiredProperties = {"currentPassword", "newPassword"})
    record PasswordBody(
            @Schema(description = SHORT_PATH + "; defaults to the one you last signed in to")
            Optional<String> shortPath,

            @Schema(description = "The current password") Optional<String> currentPassword,

            @Schema(description = "8 to 128 characters") Optional<String> newPassword) {}

    /// @param expiresAt epoch milliseconds
    record Session(String token, long expiresAt) {}

    record SignedIn(UserView user, Session session) {}

    record SignedInAnswer(boolean success, SignedIn data) {

        static SignedInAnswer of(WorkspaceUser user, WorkspaceSessions.Opened session) {
            return new SignedInAnswer(
                    true,
                    new SignedIn(
                            UserView.of(user),
                            new Session(session.token(), session.expiresAt().toEpochMilli())));
        }
    }

    /// A person who has registered and isn't a user yet, so without an id or session.
    record Newcomer(String username, String email, WorkspaceRole role) {}

    /// @param waits_for `email` or `approval`
    record Waiting(Newcomer user, RegistrationProof waits_for) {}

    record WaitingAnswer(boolean success, Waiting data, String message) {}

    record ConfirmBody(
            @Schema(description = SHORT_PATH) Optional<String> shortPath,

            @Schema(description = "From the emailed link") Optional<String> token) {}

    @Schema(requiredProperties = {"shortPath", "usernameOrEmail"})
    record AgainBody(
            @Schema(description = SHORT_PATH) Optional<String> shortPath,

            @Schema(description = "Email, or username in any case")
            Optional<String> usernameOrEmail) {}

    record Me(UserView user, PublicView subClient) {}

    @JsonInclude(Include.NON_ABSENT)
    record MeAnswer(boolean success, Me data, Optional<String> message) implements WholeEnvelope {}

    private final WorkspaceLookup lookup;
    private final WorkspaceLogins logins;
    private final WorkspaceRegistrations registrations;
    private final WaitingRegistrations waiting;
    private final WorkspaceProfiles profiles;
    private final WorkspaceCookies cookies;
    private final WorkspaceMails mails;

    WorkspaceSessionResource(
            WorkspaceLookup lookup,
            WorkspaceLogins logins,
            WorkspaceRegistrations registrations,
            WaitingRegistrations waiting,
            WorkspaceProfiles profiles,
            WorkspaceCookies cookies,
            WorkspaceMails mails) {
        this.mails = mails;
        this.lookup = lookup;
        this.logins = logins;
        this.registrations = registrations;
        this.waiting = waiting;
        this.profiles = profiles;
        this.cookies = cookies;
    }

    @POST
    @Path("login")
    @Operation(summary = "Sign in to a workspace")
    @APIResponseSchema(value = SignedInAnswer.class, responseDescription = "Signed in")
    @APIResponse(responseCode = "400", description = "A field is missing, or sub-clients are off for the project")
    @APIResponse(responseCode = "401", description = "Invalid credentials, or an unknown workspace")
    @APIResponse(
            responseCode = "403",
            description =
                    "The workspace is suspended, the registration is pending, or single sign-on doesn’t let them in")
    @APIResponse(responseCode = "503", description = "The workspace’s directory can’t be reached")
    public Response login(@Context Call call, LoginBody body) {
        if (body.usernameOrEmail().orElse("").isBlank()
                || body.password().orElse("").isEmpty()) {
            return Answers.refused(400, "Email/username and password are required");
        }
        if (body.shortPath().orElse("").isEmpty()) {
            return Answers.refused(400, "shortPath is required");
        }
        var loggedIn = logins.login(
                call.actor(),
                body.shortPath().get(),
                body.usernameOrEmail().orElseThrow(),
                body.password().orElseThrow());
        return switch (loggedIn) {
            case LoggedIn.Welcome welcome -> signedIn(call, 200, welcome.user(), welcome.session());
            case LoggedIn.WrongCredentials _ -> Answers.refused(401, WRONG);
            case LoggedIn.Waits waits ->
                Answers.refused(403, waitsFor(waits.waitsFor(), body.shortPath().get()));
            case LoggedIn.Suspended _ -> Answers.refused(403, SUSPENDED);
            case LoggedIn.PasswordsOff _ -> Answers.refused(403, PASSWORDS_OFF);
            case LoggedIn.NotAllowed not -> Answers.refused(403, not.why().title());
            case LoggedIn.Unavailable not -> Answers.refused(503, not.why().title());
            case LoggedIn.NotEnabled _ -> Answers.refused(400, NOT_AVAILABLE);
            case LoggedIn.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }

    @POST
    @Path("register")
    @Operation(summary = "Register in a workspace, and sign in")
    @APIResponseSchema(
            value = SignedInAnswer.class,
            responseDescription =
                    "Registered and signed in. No session if the project requires email confirmation or admin"
                            + " approval first (`data.waits_for`)",
            responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the username or email already exists")
    @APIResponse(responseCode = "403", description = "Registration is currently disabled, or the workspace suspended")
    @APIResponse(responseCode = "404", description = "Invalid workspace")
    public Response register(@Context Call call, RegisterBody body) {
        if (body.email().orElse("").isBlank()
                || body.username().orElse("").isBlank()
                || body.password().orElse("").isEmpty()) {
            return Answers.refused(400, "Email, username, and password are required");
        }
        if (body.shortPath().orElse("").isEmpty()) {
            return Answers.refused(400, "shortPath is required");
        }
        var registered = registrations.register(
                call.actor(),
                body.shortPath().get(),
                body.email().orElseThrow(),
                body.username().orElseThrow(),
                body.password().orElseThrow());
        return switch (registered) {
            case Registered.Welcome welcome -> signedIn(call, 201, welcome.user(), welcome.session());
            case Registered.Waits(WaitingRegistration registration) ->
                Response.status(201)
                        .entity(new WaitingAnswer(
                                true,
                                new Waiting(
                                        new Newcomer(registration.username(), registration.email(), WorkspaceRole.USER),
                                        registration.waitsFor()),
                                waitsFor(
                                        registration.waitsFor(),
                                        body.shortPath().get())))
                        .build();
            case Registered.UnknownWorkspace _ -> Answers.refused(404, "Invalid workspace");
            case Registered.Suspended _ -> Answers.refused(403, SUSPENDED);
            case Registered.NotEnabled _ -> Answers.refused(400, NOT_AVAILABLE);
            case Registered.Closed _ -> Answers.refused(403, CLOSED);
            case Registered.UsernameTaken _ -> Answers.refused(400, WorkspaceUsersResource.USERNAME_TAKEN);
            case Registered.EmailTaken _ -> Answers.refused(400, WorkspaceUsersResource.EMAIL_TAKEN);
            case Registered.Rejected rejected ->
                Answers.refused(rejected.invalid().getFirst());
            case Registered.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }

    /// The message for a person who has registered and can't sign in yet.
    private String waitsFor(RegistrationProof proof, String shortPath) {
        return switch (proof) {
            case EMAIL ->
                mails.isMailing(lookup.find(shortPath))
                        ? "Confirm your email address first: open the link in the email we sent you"
                        : "Confirm your email address first. " + UNMAILED;
            case APPROVAL -> "Your registration is waiting for an admin's approval";
            case NONE -> "You can sign in";
        };
    }

    @POST
    @Path("confirm")
    @Operation(summary = "Confirm the email of a registration with the emailed token; then sign in")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Confirmed")
    @APIResponse(responseCode = "400", description = "The username or email has been taken")
    @APIResponse(responseCode = "404", description = "The link is unknown, used or expired")
    public Response confirm(@Context Call call, ConfirmBody body) {
        return switch (lookup.find(body.shortPath().orElse(""))) {
            case LookedUp.Found found ->
                confirmed(waiting.confirm(
                        call.actor(), found.workspace(), body.token().orElse("")));
            case LookedUp.NotFound _, LookedUp.Moved _, LookedUp.NotEnabled _ -> Answers.refused(404, GONE);
        };
    }

    private static Response confirmed(Confirmed confirmed) {
        return switch (confirmed) {
            case Confirmed.Done _ -> Answers.done("Email address confirmed. You can sign in now");
            case Confirmed.NotFound _ -> Answers.refused(404, GONE);
            case Confirmed.Taken _ ->
                Answers.refused(400, "This username or email is taken. Register again with a different one");
        };
    }

    @POST
    @Path("confirm/again")
    @Operation(summary = "Resend the confirmation link; the answer doesn't reveal whether a registration exists")
    @APIResponseSchema(
            value = Answers.Envelope.class,
            responseDescription = "If a registration is pending, a new link is on its way")
    @APIResponse(responseCode = "400", description = "A field is missing")
    public Response again(@Context Call call, AgainBody body) {
        String shortPath = body.shortPath().orElse("");
        String name = body.usernameOrEmail().orElse("");
        if (shortPath.isBlank() || name.isBlank()) {
            return Answers.refused(400, "shortPath and usernameOrEmail are required");
        }
        return waiting.again(call.actor(), shortPath, name)
                .map(Answers::tooMany)
                .orElseGet(() -> Answers.done(
                        mails.isMailing(lookup.find(shortPath))
                                ? "If a registration is pending, a new link is on its way"
                                : UNMAILED));
    }

    private Response signedIn(Call call, int status, WorkspaceUser user, WorkspaceSessions.Opened session) {
        return cookies.with(
                call,
                session,
                Response.status(status).entity(SignedInAnswer.of(user, session)).build());
    }

    @POST
    @Path("logout")
    @Operation(summary = "End this session")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Signed out")
    public Response logout(@Context MemberRequest request, @QueryParam("shortPath") Optional<String> shortPath) {
        WorkspaceActor.Member member = request.member(Optional.empty());
        logins.logout(member);
        return cookies.without(member.workspace().id(), Answers.done("Signed out"));
    }

    @GET
    @Path("me")
    @Operation(summary = "Get the signed-in user")
    @APIResponseSchema(value = MeAnswer.class, responseDescription = "The user and their workspace")
    public MeAnswer me(@Context MemberRequest request, @QueryParam("shortPath") Optional<String> shortPath) {
        WorkspaceActor.Member member = request.member(Optional.empty());
        return new MeAnswer(true, me(member, member.user()), Optional.empty());
    }

    private static Me me(WorkspaceActor.Member member, WorkspaceUser user) {
        return new Me(UserView.of(user), PublicView.of(member.workspace(), member.registrationOpen()));
    }

    @PUT
    @Path("me")
    @Operation(summary = "Update your username or email; omitted fields stay unchanged")
    @APIResponseSchema(value = MeAnswer.class, responseDescription = "Changed")
    @APIResponse(
            responseCode = "400",
            description = "A field is invalid, the username or email already exists, or the password needed to change"
                    + " the email is missing or wrong")
    @APIResponse(responseCode = "429", description = "Too many requests")
    public MeAnswer updateMe(@Context MemberRequest request, ProfileBody body) {
        WorkspaceActor.Member member = request.member(body.shortPath());
        return switch (profiles.update(member, body.username(), body.email(), body.currentPassword())) {
            case Updated.Done done ->
                new MeAnswer(true, me(member, done.user()), Optional.of("Profile updated successfully"));
            case Updated.NotFound _ -> throw request.denied(401, WorkspaceApiGuard.NOT_SIGNED_IN);
            case Updated.UsernameTaken _ -> throw request.refused(400, WorkspaceUsersResource.USERNAME_TAKEN);
            case Updated.EmailTaken _ -> throw request.refused(400, WorkspaceUsersResource.EMAIL_TAKEN);
            case Updated.Rejected rejected ->
                throw Refused.invalid(rejected.invalid().getFirst());
            case Updated.PasswordMissing _ ->
                throw request.refused(400, "Current password is required to change the email");
            case Updated.WrongCurrent _ -> throw request.refused(400, WRONG_PASSWORD);
            case Updated.TooMany tooMany -> throw request.tooMany(tooMany.retryAfter());
        };
    }

    @PUT
    @Path("password")
    @Operation(summary = "Change your password; all sessions end, including this one")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Changed; sign in again")
    @APIResponse(responseCode = "400", description = "The new password is invalid, or the current one is wrong")
    public Response changePassword(@Context MemberRequest request, PasswordBody body) {
        WorkspaceActor.Member member = request.member(body.shortPath());
        String current = body.currentPassword().orElse("");
        String wanted = body.newPassword().orElse("");
        if (current.isEmpty() || wanted.isEmpty()) {
            return Answers.refused(400, "Current password and new password are required");
        }
        return switch (profiles.changePassword(member, current, wanted)) {
            case PasswordChanged.Done _ ->
                cookies.without(member.workspace().id(), Answers.done("Password changed successfully"));
            case PasswordChanged.WrongCurrent _ -> Answers.refused(400, WRONG_PASSWORD);
            case PasswordChanged.Rejected rejected -> Answers.refused(rejected.invalid());
            case PasswordChanged.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }
}
