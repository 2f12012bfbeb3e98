package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The pages to sign in, register, sign out and confirm an e-mail.
@Path("/")
@RunOnVirtualThread
public class SignInPageResource {

    private static final String NOT_SET_UP = "This server isn't set up yet";

    private final Registrations registrations;
    private final Logins logins;
    private final EmailConfirmations confirmations;
    private final PasskeyLogins passkeys;
    private final LoginResponses arrivals;
    private final Contexts contexts;
    private final Assets assets;
    private final Settings settings;

    SignInPageResource(
            Registrations registrations,
            Logins logins,
            EmailConfirmations confirmations,
            PasskeyLogins passkeys,
            LoginResponses arrivals,
            Contexts contexts,
            Assets assets,
            Settings settings) {
        this.registrations = registrations;
        this.logins = logins;
        this.confirmations = confirmations;
        this.passkeys = passkeys;
        this.arrivals = arrivals;
        this.contexts = contexts;
        this.assets = assets;
        this.settings = settings;
    }

    @GET
    public Response start(@Context Call call) {
        return switch (call.caller()) {
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                registrations.awaitOwner() ? notSetUp(call) : Html.seeOther("/login");
            case Caller.SignedIn _, Caller.Support _ -> Html.seeOther(Paths.HOME);
            case Caller.Operator operator ->
                Html.seeOther(contexts.hasNoAccount(operator.identity()) ? Paths.OPERATOR_HOME : Paths.HOME);
        };
    }

    @GET
    @Path("login")
    public Response loginForm(@Context Call call) {
        return registrations.awaitOwner() ? notSetUp(call) : Html.ok(loginPage(call, "", Optional.empty(), next(call)));
    }

    /// The page that they asked for.
    private static Optional<String> next(Call call) {
        return call.query("next").flatMap(OwnPath::of);
    }

    private Response notSetUp(Call call) {
        return Html.ok(new MessagePage(
                assets.door(NOT_SET_UP, call),
                NOT_SET_UP,
                "Open the link in its log. On the server, “banyan setup-link” shows it again.",
                "/",
                "Try again"));
    }

    @POST
    @Path("login")
    public Response login(
            @Context Call call,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("") String next) {
        Device device = arrivals.device(call);
        Optional<String> provider = password.isEmpty() ? logins.provider(email) : Optional.empty();
        if (provider.isPresent()) {
            return leadingOn(call, provider.get(), OwnPath.of(next));
        }
        return answer(
                call,
                device,
                email,
                OwnPath.of(next),
                logins.login(call.actor(), device, email, password),
                new FormProblem("That email and password don't match.", "Check both and try again."));
    }

    @POST
    @Path("login/passkey/options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response askPasskey() {
        return Response.ok(AskedPasskey.of(passkeys.ask())).build();
    }

    /// Signs in with a passkey alone: the passkey identifies the person.
    @POST
    @Path("login/passkey")
    public Response loginWithPasskey(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential,
            @FormParam("next") @DefaultValue("") String next) {
        Device device = arrivals.device(call);
        return answer(
                call,
                device,
                "",
                OwnPath.of(next),
                passkeys.login(call.actor(), device, token, credential),
                new FormProblem(
                        "That passkey is not registered here.",
                        "It may have been removed. Sign in with your password."));
    }

    private Response answer(
            Call call, Device device, String email, Optional<String> back, LoggedIn loggedIn, FormProblem wrong) {
        return switch (loggedIn) {
            case LoggedIn.Welcome welcome -> arrivals.page(device, welcome.session(), welcome.operatorOnly(), back);
            case LoggedIn.SecondStep step ->
                Html.ok(SecondStepPage.of(
                        assets.door(SecondStepPage.TITLE, call), step.asked(), back, Optional.empty(), false));
            case LoggedIn.WrongCredentials _, LoggedIn.OfSubAccount _ ->
                Html.invalid(loginPage(call, email, Optional.of(wrong), back));
            case LoggedIn.Disabled disabled -> {
                var off = new FormProblem(
                        "This account is disabled.",
                        disabled.reason().words + " Contact the people who run this server.");
                yield Html.answer(403, loginPage(call, email, Optional.of(off), back));
            }
            case LoggedIn.Elsewhere(String path) -> leadingOn(call, path, back);
            case LoggedIn.TooMany(Duration wait) ->
                Html.tooMany(
                        wait,
                        loginPage(call, email, Optional.of(FormProblem.tooMany("Too many attempts.", wait)), back));
        };
    }

    /// Leads on to a provider. A redirect wouldn’t do: browsers don’t let a form lead to another site.
    private Response leadingOn(Call call, String provider, Optional<String> next) {
        String path = provider + OwnPath.asNext(next);
        return Response.fromResponse(Html.ok(new MessagePage(
                        assets.door("Single sign-on", call),
                        "Single sign-on",
                        "You sign in at your organization. We’re taking you there.",
                        path,
                        "Continue")))
                .header("Refresh", "0; url=" + path)
                .build();
    }

    /// The page that asks where somebody signs in at a provider.
    @GET
    @Path("sso")
    public Response askProvider(@Context Call call) {
        return Html.ok(new ProviderPage(assets.door("Single sign-on", call), "", Optional.empty()));
    }

    /// Leads to the provider that an email or an account’s username names.
    @POST
    @Path("sso")
    public Response toProvider(@Context Call call, @FormParam("email") @DefaultValue("") String name) {
        Optional<Duration> wait = logins.waitForProvider(call.actor());
        if (wait.isPresent()) {
            return Html.tooMany(
                    wait.get(),
                    new ProviderPage(
                            assets.door("Single sign-on", call),
                            name,
                            Optional.of(FormProblem.tooMany("Too many attempts.", wait.get()))));
        }
        return logins.provider(name)
                .map(path -> leadingOn(call, path, Optional.empty()))
                .orElseGet(() -> Html.invalid(new ProviderPage(
                        assets.door("Single sign-on", call),
                        name,
                        Optional.of(new FormProblem(
                                "No single sign-on was found.", "Check the email, or sign in with your password.")))));
    }

    private LoginPage loginPage(Call call, String email, Optional<FormProblem> problem, Optional<String> next) {
        return new LoginPage(
                assets.door("Sign in", call), email, problem, next, OwnPath.asNext(next), registrations.isOpen());
    }

    @GET
    @Path("register")
    public Response registrationForm(@Context Call call) {
        return registrations.isOpen()
                ? Html.ok(registerPage(call, "", "", FieldErrors.NONE, Optional.empty()))
                : closed(call);
    }

    @POST
    @Path("register")
    public Response register(
            @Context Call call,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password) {
        Device device = arrivals.device(call);
        return switch (registrations.register(call.actor(), device, email, username, password)) {
            case Registered.Welcome welcome -> arrivals.page(device, welcome.session(), false, next(call));
            case Registered.Rejected rejected ->
                Html.invalid(
                        registerPage(call, email, username, FieldErrors.from(rejected.invalid()), Optional.empty()));
            case Registered.EmailTaken _ ->
                taken(call, email, username, "email", "This email is already registered. Sign in instead.");
            case Registered.UsernameTaken _ ->
                taken(call, email, username, "username", "“" + username.strip() + "” is taken. Try another one.");
            case Registered.Closed _ -> closed(call);
            case Registered.TooMany(Duration wait) -> {
                var problem = Optional.of(FormProblem.tooMany("Too many new accounts.", wait));
                yield Html.tooMany(wait, registerPage(call, email, username, FieldErrors.NONE, problem));
            }
        };
    }

    private Response taken(Call call, String email, String username, String field, String text) {
        return Html.invalid(
                registerPage(call, email, username, new FieldErrors(Map.of(field, text)), Optional.empty()));
    }

    private RegisterPage registerPage(
            Call call, String email, String username, FieldErrors errors, Optional<FormProblem> problem) {
        return new RegisterPage(
                assets.door("Create an account", call),
                OwnPath.asNext(next(call)),
                email,
                username,
                settings.publicHost(),
                confirmations.areMailed() ? "We’ll email you a link to confirm it." : "You sign in with it.",
                errors,
                problem);
    }

    private Response closed(Call call) {
        return registrations.awaitOwner() ? notSetUp(call) : registrationClosed(assets, call);
    }

    public static Response registrationClosed(Assets assets, Call call) {
        return Html.answer(
                403,
                new MessagePage(
                        assets.door("Registration is closed", call),
                        "Registration is closed",
                        "This server isn't accepting new accounts. Ask the people who run it for an invitation.",
                        "/login",
                        "Sign in"));
    }

    @POST
    @Path("logout")
    public Response logout(@Context Call call) {
        return arrivals.signOut(call, Html.seeOther("/login"));
    }

    @GET
    @Path("confirm-email")
    public Response confirmEmail(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return switch (confirmations.open(call.actor(), token)) {
            case EmailConfirmations.Opened.Confirmed _ ->
                Html.ok(confirmation(call, "Email confirmed", "Thanks. There's nothing else to do."));
            case EmailConfirmations.Opened.Changed changed ->
                Html.ok(confirmation(call, "Email changed", "You now sign in to Banyan with " + changed.email() + "."));
            case EmailConfirmations.Opened.Taken taken ->
                Html.answer(
                        409,
                        confirmation(
                                call,
                                "This email is taken",
                                "Another account already uses " + taken.email()
                                        + ". Your email hasn't changed. Choose another one in your settings."));
            case EmailConfirmations.Opened.NotFound _ ->
                Html.answer(
                        404,
                        confirmation(
                                call,
                                "This link no longer works",
                                "Links work for three days, and only the newest works. Resend it in your settings."));
        };
    }

    private MessagePage confirmation(Call call, String title, String text) {
        return new MessagePage(assets.door(title, call), title, text, "/", "Open dashboard");
    }
}
