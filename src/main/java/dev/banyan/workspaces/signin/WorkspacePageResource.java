package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Toasts;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.WorkspaceClosedPage;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.access.WorkspaceVisits;
import dev.banyan.workspaces.signin.WorkspaceLogins.LoggedIn;
import dev.banyan.workspaces.signin.WorkspaceLogins.Registered;
import dev.banyan.workspaces.sso.SsoPages;
import dev.banyan.workspaces.sso.SsoSetup;
import dev.banyan.workspaces.sso.SsoSignIn;
import dev.banyan.workspaces.sso.SsoWords;
import dev.banyan.workspaces.users.WaitingRegistration;
import dev.banyan.workspaces.users.WaitingRegistrations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The public pages of a workspace: sign in, register, sign out. They name no account, only the workspace.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class WorkspacePageResource {

    static final String INVALID_CREDENTIALS = "Invalid credentials";

    private static final FormProblem PASSWORDS_OFF =
            new FormProblem("Passwords are off in this workspace.", "Use single sign-on instead.");

    private final WorkspacePageGuard at;
    private final WorkspaceLogins logins;
    private final WaitingRegistrations waiting;
    private final WorkspaceCookies cookies;
    private final FreshLinks links;
    private final WorkspaceVisits visits;
    private final SsoSetup setup;
    private final SsoSignIn providers;
    private final SsoPages sso;

    WorkspacePageResource(
            WorkspacePageGuard at,
            WorkspaceLogins logins,
            WaitingRegistrations waiting,
            WorkspaceCookies cookies,
            FreshLinks links,
            WorkspaceVisits visits,
            SsoSetup setup,
            SsoSignIn providers,
            SsoPages sso) {
        this.setup = setup;
        this.providers = providers;
        this.sso = sso;
        this.links = links;
        this.visits = visits;
        this.at = at;
        this.logins = logins;
        this.waiting = waiting;
        this.cookies = cookies;
    }

    @GET
    public Response start(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> Html.seeOther(chat(member.workspace())));
    }

    /// Leaves the workspace, for people of the project's side who entered it.
    @POST
    @Path("leave")
    public Response leave(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(call, shortPath, found -> visits.leave(call, found));
    }

    private static String chat(Workspace workspace) {
        return WorkspacePageGuard.pathOf(workspace) + "/chat";
    }

    @GET
    @Path("login")
    public Response loginForm(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(
                call,
                shortPath,
                found -> at.memberOf(call, found.workspace())
                        .map(_ -> Html.seeOther(chat(found.workspace())))
                        .orElseGet(() -> Html.ok(loginPage(call, found, "", Optional.empty()))));
    }

    @POST
    @Path("login")
    public Response login(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("usernameOrEmail") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password) {
        return at.page(call, shortPath, found -> switch (logins.login(call.actor(), shortPath, name, password)) {
            case LoggedIn.Welcome welcome ->
                cookies.with(call, welcome.session(), Html.seeOther(chat(found.workspace())));
            case LoggedIn.Waits waits ->
                Html.answer(
                        403,
                        waits(call, found, waits.waitsFor() == RegistrationProof.EMAIL, name, false, Optional.empty()));
            case LoggedIn.WrongCredentials _ ->
                Html.invalid(loginPage(
                        call,
                        found,
                        name,
                        Optional.of(new FormProblem(
                                INVALID_CREDENTIALS,
                                "Check your username and password. Each account works in one workspace only."))));
            case LoggedIn.PasswordsOff _ -> Html.answer(403, loginPage(call, found, name, Optional.of(PASSWORDS_OFF)));
            case LoggedIn.NotAllowed(SsoWords why) -> Html.answer(403, loginPage(call, found, name, problem(why)));
            case LoggedIn.Unavailable(SsoWords why) -> Html.answer(503, loginPage(call, found, name, problem(why)));
            case LoggedIn.TooMany(Duration wait) ->
                Html.tooMany(
                        wait,
                        loginPage(call, found, name, Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
            // Closed between the two checks: the reloaded page says so.
            case LoggedIn.Suspended _, LoggedIn.NotEnabled _ ->
                Html.seeOther(WorkspacePageGuard.pathOf(found.workspace()) + "/login");
        });
    }

    private static Optional<FormProblem> problem(SsoWords why) {
        return Optional.of(new FormProblem(why.title(), why.text()));
    }

    private boolean registrationOpen(LookedUp.Found found) {
        return found.registrationOpen() && setup.allowsRegistration(found.workspace());
    }

    private WorkspaceLoginPage loginPage(Call call, LookedUp.Found found, String name, Optional<FormProblem> problem) {
        return new WorkspaceLoginPage(
                at.door(call, found.workspace(), "Sign in"),
                name,
                call.query("done").flatMap(Toasts::ofMember),
                problem,
                registrationOpen(found),
                setup.button(found.workspace()),
                false);
    }

    @GET
    @Path("register")
    public Response registrationForm(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(
                call,
                shortPath,
                found -> registrationOpen(found)
                        ? Html.ok(registerPage(call, found, "", "", FieldErrors.NONE, Optional.empty()))
                        : closed(call, found));
    }

    private Response closed(Call call, LookedUp.Found found) {
        return Html.answer(403, new WorkspaceClosedPage(at.door(call, found.workspace(), "Registration closed")));
    }

    @POST
    @Path("register")
    public Response register(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password) {
        return at.page(call, shortPath, found -> switch (logins.register(
                call.actor(), shortPath, email, username, password)) {
            case Registered.Welcome welcome ->
                cookies.with(call, welcome.session(), Html.seeOther(chat(found.workspace())));
            case Registered.Waits(WaitingRegistration registration) ->
                Html.answer(
                        201,
                        waits(
                                call,
                                found,
                                registration.waitsFor() == RegistrationProof.EMAIL,
                                registration.email(),
                                false,
                                Optional.empty()));
            case Registered.Rejected rejected ->
                refused(call, found, username, email, FieldErrors.from(rejected.invalid()));
            case Registered.UsernameTaken _ ->
                refused(
                        call,
                        found,
                        username,
                        email,
                        new FieldErrors(Map.of("username", "“" + username.strip() + "” is taken. Choose another.")));
            case Registered.EmailTaken _ ->
                refused(
                        call,
                        found,
                        username,
                        email,
                        new FieldErrors(Map.of("email", "This email is already registered. Sign in instead.")));
            case Registered.Closed _ -> closed(call, found);
            case Registered.TooMany(Duration wait) -> {
                var problem = Optional.of(FormProblem.tooMany("Too many registrations.", wait));
                yield Html.tooMany(wait, registerPage(call, found, username, email, FieldErrors.NONE, problem));
            }
            case Registered.Suspended _, Registered.NotEnabled _, Registered.UnknownWorkspace _ ->
                Html.seeOther(WorkspacePageGuard.pathOf(found.workspace()) + "/register");
        });
    }

    private Response refused(Call call, LookedUp.Found found, String username, String email, FieldErrors errors) {
        return Html.invalid(registerPage(call, found, username, email, errors, Optional.empty()));
    }

    private WorkspaceRegisterPage registerPage(
            Call call,
            LookedUp.Found found,
            String username,
            String email,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new WorkspaceRegisterPage(
                at.door(call, found.workspace(), "Create an account"), username, email, errors, problem);
    }

    private RegistrationWaitsPage waits(
            Call call, LookedUp.Found found, boolean mailed, String name, boolean sent, Optional<FormProblem> problem) {
        String title = mailed ? "Confirm your email address" : "Waiting for approval";
        return new RegistrationWaitsPage(
                at.door(call, found.workspace(), title), mailed, links.mailing(), name, sent, problem);
    }

    @POST
    @Path("confirm")
    public Response again(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("usernameOrEmail") @DefaultValue("") String name) {
        return at.page(
                call,
                shortPath,
                found -> waiting.again(call.actor(), shortPath, name)
                        .map(wait -> Html.tooMany(
                                wait,
                                waits(
                                        call,
                                        found,
                                        true,
                                        name,
                                        false,
                                        Optional.of(FormProblem.tooMany("Too many attempts.", wait)))))
                        .orElseGet(() -> Html.ok(waits(call, found, true, name, true, Optional.empty()))));
    }

    /// The mailed link: opening it confirms the email, as for accounts.
    @GET
    @Path("confirm/{token}")
    public Response confirm(
            @Context Call call, @PathParam("shortPath") String shortPath, @PathParam("token") String token) {
        return at.page(call, shortPath, found -> switch (waiting.confirm(call.actor(), found.workspace(), token)) {
            case WaitingRegistrations.Confirmed.Done _ ->
                Html.seeOther(WorkspacePageGuard.pathOf(found.workspace()) + "/login?done=email-confirmed");
            case WaitingRegistrations.Confirmed.NotFound _ ->
                Html.answer(404, new MailedLinkGonePage(at.door(call, found.workspace(), "Link expired")));
            case WaitingRegistrations.Confirmed.Taken _ ->
                Html.invalid(registerPage(
                        call,
                        found,
                        "",
                        "",
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "This username or email is taken.", "Register again with a different one."))));
        });
    }

    @POST
    @Path("logout")
    public Response logout(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(call, shortPath, found -> {
            Workspace workspace = found.workspace();
            Optional<WorkspaceActor.Member> member = at.memberOf(call, workspace);
            Optional<URI> elsewhere = member.flatMap(providers::signOutAddress);
            member.ifPresent(logins::logout);
            return cookies.without(
                    workspace.id(),
                    elsewhere
                            .map(address -> sso.signedOut(call, workspace, address))
                            .orElseGet(() -> Html.seeOther(WorkspacePageGuard.pathOf(workspace) + "/login")));
        });
    }
}
