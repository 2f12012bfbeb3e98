package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Toasts;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.WorkspaceClosedPage;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.access.WorkspacePageGuard.PublicPage;
import dev.banyan.workspaces.access.WorkspaceVisits;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.signin.WorkspaceRegistrations.Registered;
import dev.banyan.workspaces.sso.SsoPages;
import dev.banyan.workspaces.sso.SsoSetup;
import dev.banyan.workspaces.sso.SsoSignIn;
import dev.banyan.workspaces.users.WaitingRegistration;
import dev.banyan.workspaces.users.WaitingRegistrations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The public pages of a workspace: sign in, register, sign out. They name no account, only the workspace.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class WorkspacePageResource {

    static final String INVALID_CREDENTIALS = "Invalid credentials";

    private static final FormProblem PASSWORDS_OFF =
            new FormProblem("Passwords are off in this workspace.", "Use single sign-on instead.");

    private final WorkspaceLogins logins;
    private final WorkspaceRegistrations registrations;
    private final WaitingRegistrations waiting;
    private final WorkspaceCookies cookies;
    private final WorkspaceMails mails;
    private final WorkspaceVisits visits;
    private final SsoSetup setup;
    private final SsoSignIn providers;

    WorkspacePageResource(
            WorkspaceLogins logins,
            WorkspaceRegistrations registrations,
            WaitingRegistrations waiting,
            WorkspaceCookies cookies,
            WorkspaceMails mails,
            WorkspaceVisits visits,
            SsoSetup setup,
            SsoSignIn providers) {
        this.setup = setup;
        this.providers = providers;
        this.mails = mails;
        this.visits = visits;
        this.logins = logins;
        this.registrations = registrations;
        this.waiting = waiting;
        this.cookies = cookies;
    }

    @GET
    public Response start(@Context MemberPage page) {
        return page.entered(page.member().user().role(), Optional.empty());
    }

    /// Leaves the workspace, for people of the project's side who entered it.
    @POST
    @Path("leave")
    public Response leave(@Context PublicPage page) {
        return visits.leave(page.call(), page.found());
    }

    @GET
    @Path("login")
    public Response loginForm(@Context PublicPage page) {
        Optional<String> next = page.call().query("next");
        return page.member()
                .map(member -> page.entered(member.user().role(), next))
                .orElseGet(() -> Html.ok(loginPage(page, "", next, Optional.empty())));
    }

    @POST
    @Path("login")
    public Response login(
            @Context PublicPage page,
            @FormParam("usernameOrEmail") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("") String typedNext) {
        Optional<String> next = Optional.of(typedNext);
        return switch (logins.login(page.call().actor(), page.shortPath(), name, password)) {
            case LoggedIn.Welcome welcome ->
                cookies.with(
                        page.call(),
                        welcome.session(),
                        page.entered(welcome.user().role(), next));
            case LoggedIn.Waits waits ->
                Html.answer(
                        403, waits(page, waits.waitsFor() == RegistrationProof.EMAIL, name, false, Optional.empty()));
            case LoggedIn.WrongCredentials _ ->
                Html.invalid(loginPage(
                        page,
                        name,
                        next,
                        Optional.of(new FormProblem(
                                INVALID_CREDENTIALS,
                                "Check your username and password. Each account works in one workspace only."))));
            case LoggedIn.PasswordsOff _ -> Html.answer(403, loginPage(page, name, next, Optional.of(PASSWORDS_OFF)));
            case LoggedIn.NotAllowed(FormProblem why) ->
                Html.answer(403, loginPage(page, name, next, Optional.of(why)));
            case LoggedIn.Unavailable(FormProblem why) ->
                Html.answer(503, loginPage(page, name, next, Optional.of(why)));
            case LoggedIn.TooMany(Duration wait) ->
                Html.tooMany(
                        wait,
                        loginPage(page, name, next, Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
            // Closed between the two checks: the reloaded page says so.
            case LoggedIn.Suspended _, LoggedIn.NotEnabled _ -> page.to("/login");
        };
    }

    private boolean registrationOpen(PublicPage page) {
        return page.found().registrationOpen() && setup.allowsRegistration(page.workspace());
    }

    /// @param typedNext the page that they asked for
    private WorkspaceLoginPage loginPage(
            PublicPage page, String name, Optional<String> typedNext, Optional<FormProblem> problem) {
        Optional<String> next = typedNext.flatMap(page::inside);
        return new WorkspaceLoginPage(
                page.door("Sign in"),
                name,
                page.call().query("done").flatMap(Toasts::ofMember),
                problem,
                registrationOpen(page),
                setup.button(page.workspace()),
                next,
                OwnPath.asNext(next),
                false);
    }

    @GET
    @Path("register")
    public Response registrationForm(@Context PublicPage page) {
        return registrationOpen(page)
                ? Html.ok(registerPage(page, "", "", FieldErrors.NONE, Optional.empty()))
                : closed(page);
    }

    private Response closed(PublicPage page) {
        return Html.answer(403, new WorkspaceClosedPage(page.door("Registration closed")));
    }

    @POST
    @Path("register")
    public Response register(
            @Context PublicPage page,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password) {
        return switch (registrations.register(page.call().actor(), page.shortPath(), email, username, password)) {
            case Registered.Welcome welcome ->
                cookies.with(
                        page.call(),
                        welcome.session(),
                        page.entered(welcome.user().role(), next(page)));
            case Registered.Waits(WaitingRegistration registration) ->
                Html.answer(
                        201,
                        waits(
                                page,
                                registration.waitsFor() == RegistrationProof.EMAIL,
                                registration.email(),
                                false,
                                Optional.empty()));
            case Registered.Rejected rejected -> refused(page, username, email, FieldErrors.from(rejected.invalid()));
            case Registered.UsernameTaken _ ->
                refused(
                        page,
                        username,
                        email,
                        new FieldErrors(Map.of("username", "“" + username.strip() + "” is taken. Choose another.")));
            case Registered.EmailTaken _ ->
                refused(
                        page,
                        username,
                        email,
                        new FieldErrors(Map.of("email", "This email is already registered. Sign in instead.")));
            case Registered.Closed _ -> closed(page);
            case Registered.TooMany(Duration wait) -> {
                var problem = Optional.of(FormProblem.tooMany("Too many registrations.", wait));
                yield Html.tooMany(wait, registerPage(page, username, email, FieldErrors.NONE, problem));
            }
            case Registered.Suspended _, Registered.NotEnabled _, Registered.UnknownWorkspace _ -> page.to("/register");
        };
    }

    private Response refused(PublicPage page, String username, String email, FieldErrors errors) {
        return Html.invalid(registerPage(page, username, email, errors, Optional.empty()));
    }

    private WorkspaceRegisterPage registerPage(
            PublicPage page, String username, String email, FieldErrors errors, Optional<FormProblem> problem) {
        return new WorkspaceRegisterPage(
                page.door("Create an account"), OwnPath.asNext(next(page)), username, email, errors, problem);
    }

    /// The page inside that they asked for, before they came to register.
    private static Optional<String> next(PublicPage page) {
        return page.call().query("next").flatMap(page::inside);
    }

    private RegistrationWaitsPage waits(
            PublicPage page, boolean mailed, String name, boolean sent, Optional<FormProblem> problem) {
        String title = mailed ? "Confirm your email address" : "Waiting for approval";
        return new RegistrationWaitsPage(
                page.door(title), mailed, mails.isMailing(page.workspace()), name, sent, problem);
    }

    @POST
    @Path("confirm")
    public Response again(@Context PublicPage page, @FormParam("usernameOrEmail") @DefaultValue("") String name) {
        return waiting.again(page.call().actor(), page.shortPath(), name)
                .map(wait -> Html.tooMany(
                        wait,
                        waits(page, true, name, false, Optional.of(FormProblem.tooMany("Too many attempts.", wait)))))
                .orElseGet(() -> Html.ok(waits(page, true, name, true, Optional.empty())));
    }

    /// The mailed link: opening it confirms the email, as for accounts.
    @GET
    @Path("confirm/{token}")
    public Response confirm(@Context PublicPage page, @PathParam("token") String token) {
        return switch (waiting.confirm(page.call().actor(), page.workspace(), token)) {
            case WaitingRegistrations.Confirmed.Done _ -> page.to("/login?done=email-confirmed");
            case WaitingRegistrations.Confirmed.NotFound _ ->
                Html.answer(404, new MailedLinkGonePage(page.door("Link expired"), OwnPath.asNext(next(page))));
            case WaitingRegistrations.Confirmed.Taken _ ->
                Html.invalid(registerPage(
                        page,
                        "",
                        "",
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "This username or email is taken.", "Register again with a different one."))));
        };
    }

    @POST
    @Path("logout")
    public Response logout(@Context PublicPage page) {
        Workspace workspace = page.workspace();
        Optional<WorkspaceActor.Member> member = page.member();
        Optional<URI> elsewhere = member.flatMap(providers::signOutAddress);
        member.ifPresent(logins::logout);
        return cookies.without(
                workspace.id(),
                elsewhere.map(address -> SsoPages.signedOut(page, address)).orElseGet(() -> page.to("/login")));
    }
}
