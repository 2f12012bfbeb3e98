package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.SecondStepAnswers;
import dev.banyan.accounts.sso.MemberAdmission.Admitted;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.accounts.sso.MemberSignIn.Entered;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderSignIn.Accepted;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Returned;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Signing in as a member of an account at its provider: to it and back from it, or with the password of a directory.
@Path("/sso/{username}")
@RunOnVirtualThread
class MemberSignInPageResource {

    private static final String AGAIN = "Sign in again";

    private final MemberDoors doors;
    private final MemberSignIn signIn;
    private final LoginResponses arrivals;
    private final SecondStepAnswers secondStep;
    private final Assets assets;
    private final Settings settings;

    MemberSignInPageResource(
            MemberDoors doors,
            MemberSignIn signIn,
            LoginResponses arrivals,
            SecondStepAnswers secondStep,
            Assets assets,
            Settings settings) {
        this.doors = doors;
        this.signIn = signIn;
        this.arrivals = arrivals;
        this.secondStep = secondStep;
        this.assets = assets;
        this.settings = settings;
    }

    /// An account without a provider looks like one that doesn’t exist.
    private Response at(Call call, String username, Function<Door, Response> work) {
        return doors.find(username)
                .map(work)
                .orElseGet(() -> Html.answer(
                        404,
                        new MessagePage(
                                assets.door("Single sign-on", call),
                                "No single sign-on here",
                                "Check the address, or sign in with your password.",
                                "/login",
                                "Sign in")));
    }

    @GET
    public Response begin(@Context Call call, @PathParam("username") String username) {
        return at(call, username, door -> {
            Optional<Duration> wait = signIn.wait(call.actor());
            if (wait.isPresent()) {
                return Html.retryAfter(
                        wait.get(), problem(call, door, 429, "Too many attempts.", FormProblem.waitText(wait.get())));
            }
            if (door.provider() instanceof SsoProvider.Ldap) {
                return Html.ok(form(call, door, "", Optional.empty()));
            }
            return switch (signIn.begin(door, call.cookie(cookie()))) {
                case Begun.Done(URI provider, String browser) ->
                    Response.status(Response.Status.SEE_OTHER)
                            .header(HttpHeaders.LOCATION, provider.toASCIIString())
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .header(
                                    HttpHeaders.SET_COOKIE,
                                    SetCookie.of(cookie(), browser, ProviderSignIn.ATTEMPT, settings.isHttps()))
                            .build();
                case Begun.Failed(ProviderTrouble why) -> failed(call, door, why);
            };
        });
    }

    private MemberDirectoryPage form(Call call, Door door, String username, Optional<FormProblem> problem) {
        return new MemberDirectoryPage(
                assets.door("Single sign-on", call),
                path(door),
                door.stored().settings().shownName(),
                username,
                problem);
    }

    /// Takes the name and password of a directory.
    @POST
    public Response enter(
            @Context Call call,
            @PathParam("username") String account,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password) {
        return at(call, account, door -> {
            if (!(door.provider() instanceof SsoProvider.Ldap directory)) {
                return Html.seeOther(path(door));
            }
            Device device = arrivals.device(call);
            Entered entered = signIn.enter(call.actor(), device, door, directory, username, password);
            return switch (entered) {
                case Entered.WrongPassword _ ->
                    Html.invalid(form(
                            call,
                            door,
                            username,
                            Optional.of(new FormProblem("Wrong username or password.", "Check both, and try again."))));
                case Entered.TooMany(Duration wait) ->
                    Html.tooMany(
                            wait,
                            form(
                                    call,
                                    door,
                                    username,
                                    Optional.of(new FormProblem("Too many attempts.", FormProblem.waitText(wait)))));
                case Entered other -> answer(call, device, door, other);
            };
        });
    }

    /// What a SAML provider must know about us.
    @GET
    @Path("metadata")
    public Response metadata(@Context Call call, @PathParam("username") String username) {
        return at(
                call,
                username,
                door -> Response.ok(door.service().metadata())
                        .type("application/samlmetadata+xml")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }

    /// Takes the answer that a SAML provider makes the browser post, without our cookies (see [ProviderSignIn]).
    @POST
    @Path("acs")
    public Response accept(
            @Context Call call,
            @PathParam("username") String username,
            @FormParam("SAMLResponse") @DefaultValue("") String response,
            @FormParam("RelayState") @DefaultValue("") String state) {
        return at(call, username, door -> switch (signIn.accept(call.actor(), door, state, response)) {
            case Accepted.Done(String next) -> Html.seeOther(path(door) + "/callback?state=" + next);
            case Accepted.StateUnknown _ -> expired(call, door);
            case Accepted.Failed(ProviderTrouble why) -> failed(call, door, why);
        });
    }

    @GET
    @Path("callback")
    public Response end(@Context Call call, @PathParam("username") String username) {
        return at(call, username, door -> {
            Device device = arrivals.device(call);
            var returned = new Returned(
                    call.query("state"),
                    call.query("code"),
                    call.query("error"),
                    call.query("iss"),
                    call.cookie(cookie()));
            return answer(call, device, door, signIn.end(call.actor(), device, door, returned));
        });
    }

    private Response answer(Call call, Device device, Door door, Entered entered) {
        return switch (entered) {
            case Entered.Answered(LoggedIn loggedIn) -> answer(call, device, door, loggedIn);
            case Entered.Refused(Admitted why) -> refused(call, door, why);
            case Entered.Changed _ -> Html.seeOther("/login");
            case Entered.Cancelled _ ->
                problem(call, door, 400, "You weren’t signed in at your provider.", "Sign in again.");
            case Entered.Failed(ProviderTrouble why) -> failed(call, door, why);
            case Entered.StateUnknown _, Entered.WrongPassword _, Entered.TooMany _ -> expired(call, door);
        };
    }

    private Response answer(Call call, Device device, Door door, LoggedIn loggedIn) {
        return switch (loggedIn) {
            case LoggedIn.Welcome welcome ->
                arrivals.page(device, welcome.session(), welcome.operatorOnly(), Optional.empty());
            case LoggedIn.SecondStep step -> secondStep.ask(call, step.asked());
            case LoggedIn.Disabled disabled ->
                problem(
                        call,
                        door,
                        403,
                        "This account is disabled.",
                        disabled.reason().words() + " Contact the people who run this server.");
            case LoggedIn.WrongCredentials _, LoggedIn.OfSubAccount _, LoggedIn.Elsewhere _, LoggedIn.TooMany _ ->
                expired(call, door);
        };
    }

    private static String path(Door door) {
        return MemberDoors.PATH + "/" + door.account().username();
    }

    private Response expired(Call call, Door door) {
        return problem(call, door, 400, "This sign-in has expired or was already used.", "Sign in again.");
    }

    private Response failed(Call call, Door door, ProviderTrouble why) {
        return switch (why.kind()) {
            case UNAVAILABLE ->
                problem(call, door, 502, "Your sign-in provider can’t be reached.", "Try again in a few minutes.");
            case SETUP ->
                problem(
                        call,
                        door,
                        502,
                        "Single sign-on isn’t set up correctly.",
                        "Ask an owner of the account to test it.");
            case REFUSED ->
                problem(call, door, 403, "Your sign-in provider’s answer wasn’t accepted.", "Sign in again.");
        };
    }

    private Response refused(Call call, Door door, Admitted why) {
        return switch (why) {
            case Admitted.NoRole _ ->
                problem(
                        call,
                        door,
                        403,
                        "You don’t have access to this account.",
                        "None of your groups may sign in here. Ask an owner of the account.");
            case Admitted.Unknown _ ->
                problem(
                        call,
                        door,
                        403,
                        "You aren’t a member of this account.",
                        "Ask an owner of the account to invite you.");
            case Admitted.EmailTaken _ ->
                problem(
                        call,
                        door,
                        403,
                        "Someone already signs in with your email.",
                        "Sign in with your password, or ask an owner of the account.");
            case Admitted.ForeignEmail _ ->
                problem(
                        call,
                        door,
                        403,
                        "Your email doesn’t belong to this account’s domains.",
                        "Ask an owner of the account, or sign in with your password.");
            case Admitted.In _ -> throw new IllegalStateException("This person is in");
        };
    }

    private Response problem(Call call, Door door, int status, String title, String text) {
        return Html.answer(
                status, new MessagePage(assets.door("Sign-in failed", call), title, text, path(door), AGAIN));
    }

    /// Holds this browser to the sign-ins that it began.
    private String cookie() {
        return settings.isHttps() ? "__Host-banyan_sso" : "banyan_sso";
    }
}
