package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.SecondStepAnswers;
import dev.banyan.accounts.sso.MemberAdmission.Admitted;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.accounts.sso.MemberSignIn.Entered;
import dev.banyan.platform.Caller;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderSignIn.Accepted;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Ended;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.platform.sso.SsoAnswers;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Signing in as a member of an account at its provider: to it and back from it, or with the password of a directory.
@Path("/sso/{username}")
@RunOnVirtualThread
class MemberSignInPageResource {

    private static final String NAME = ""; // of the cookie

    private final MemberDoors doors;
    private final MemberSignIn signIn;
    private final ProviderSignIn providers;
    private final LoginResponses arrivals;
    private final SecondStepAnswers secondStep;
    private final SsoAnswers answers;
    private final Assets assets;
    private final MemberSignOuts signOuts;

    MemberSignInPageResource(
            MemberDoors doors,
            MemberSignIn signIn,
            ProviderSignIn providers,
            LoginResponses arrivals,
            SecondStepAnswers secondStep,
            SsoAnswers answers,
            Assets assets,
            MemberSignOuts signOuts) {
        this.doors = doors;
        this.signIn = signIn;
        this.providers = providers;
        this.arrivals = arrivals;
        this.secondStep = secondStep;
        this.answers = answers;
        this.assets = assets;
        this.signOuts = signOuts;
    }

    /// An account without a provider looks like one that doesn’t exist.
    private Door door(Call call, String username) {
        return doors.find(username)
                .orElseThrow(() -> new EarlyAnswer(Html.answer(
                        404,
                        new MessagePage(
                                assets.door("Single sign-on", call),
                                "No single sign-on here",
                                "Check the address, or sign in with your password.",
                                "/login",
                                "Sign in"))));
    }

    @GET
    public Response begin(@Context Call call, @PathParam("username") String username) {
        Door door = door(call, username);
        Optional<Duration> wait = signIn.wait(call.actor());
        if (wait.isPresent()) {
            return Html.retryAfter(
                    wait.get(), problem(call, door, 429, FormProblem.tooMany("Too many attempts.", wait.get())));
        }
        Optional<String> next = call.query("next").flatMap(OwnPath::of);
        if (door.provider() instanceof SsoProvider.Ldap) {
            return Html.ok(form(call, door, "", next, Optional.empty()));
        }
        return switch (providers.begin(door, answers.browser(call, NAME), next)) {
            case Begun.Done done -> answers.leave(done, NAME, to -> leading(call, door, to));
            case Begun.Failed(ProviderTrouble why) -> failed(call, door, why);
        };
    }

    private Response leading(Call call, Door door, Leaving to) {
        return Html.ok(new MemberLeavingPage(assets.door("Sign in", call), to, "Continue to " + door.shownName()));
    }

    private MemberDirectoryPage form(
            Call call, Door door, String username, Optional<String> next, Optional<FormProblem> problem) {
        return new MemberDirectoryPage(
                assets.door("Single sign-on", call), door.path(), door.shownName(), username, next, problem);
    }

    /// Takes the name and password of a directory.
    @POST
    public Response enter(
            @Context Call call,
            @PathParam("username") String account,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("") String typedNext) {
        Door door = door(call, account);
        Optional<String> next = OwnPath.of(typedNext);
        if (!(door.provider() instanceof SsoProvider.Ldap directory)) {
            return Html.seeOther(door.path());
        }
        Device device = arrivals.device(call);
        return switch (signIn.enter(call.actor(), device, door, directory, username, password)) {
            case Entered.WrongPassword _ ->
                Html.invalid(form(
                        call,
                        door,
                        username,
                        next,
                        Optional.of(new FormProblem("Wrong username or password.", "Check both, and try again."))));
            case Entered.TooMany(Duration wait) ->
                Html.tooMany(
                        wait,
                        form(call, door, username, next, Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
            case Entered other -> answer(call, device, door, other, next);
        };
    }

    /// What a SAML provider must know about us.
    @GET
    @Path("metadata")
    public Response metadata(@Context Call call, @PathParam("username") String username) {
        Door door = door(call, username);
        return answers.metadata(door.addresses().service(), Optional.of(door.provider()));
    }

    /// Takes the answer that a SAML provider makes the browser post, without our cookies (see [ProviderSignIn]).
    @POST
    @Path("acs")
    public Response accept(
            @Context Call call,
            @PathParam("username") String username,
            @FormParam("SAMLResponse") @DefaultValue("") String response,
            @FormParam("RelayState") @DefaultValue("") String state) {
        Door door = door(call, username);
        return switch (providers.accept(call.actor(), door, state, response)) {
            case Accepted.Done(String next) -> Html.seeOther(door.path() + "/callback?state=" + next);
            // Used already, perhaps by this browser, whose cookies go along only with a request of our own.
            case Accepted.StateUnknown _ -> Html.seeOther(door.path() + "/callback");
            case Accepted.Unasked _ -> Html.seeOther(door.path());
            case Accepted.Failed(ProviderTrouble why) -> failed(call, door, why);
        };
    }

    @GET
    @Path("callback")
    public Response end(@Context Call call, @PathParam("username") String username) {
        Door door = door(call, username);
        Device device = arrivals.device(call);
        return switch (providers.end(call.actor(), door, answers.returned(call, NAME))) {
            case Ended.Proved(SsoProof proof, Optional<String> next) ->
                answer(call, device, door, signIn.enter(call.actor(), device, door, proof), next);
            case Ended.StateUnknown _ -> again(call, door);
            case Ended.Cancelled(Optional<String> words) -> problem(call, door, 400, SsoAnswers.cancelled(words));
            case Ended.Failed(ProviderTrouble why) -> failed(call, door, why);
        };
    }

    /// Called by the provider when a member signs out there.
    @POST
    @Path("logout")
    public Response signedOut(
            @Context Call call,
            @PathParam("username") String username,
            @FormParam("logout_token") @DefaultValue("") String token) {
        Door door = door(call, username);
        return SsoAnswers.signedOut(token, told -> signOuts.signedOut(door, told));
    }

    /// The back button leads to the callback again after a sign-in.
    private Response again(Call call, Door door) {
        return switch (call.caller()) {
            case Caller.SignedIn _, Caller.Support _ -> Html.seeOther(Paths.HOME);
            case Caller.Operator _ -> Html.seeOther(Paths.OPERATOR_HOME);
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                expired(call, door);
        };
    }

    private Response expired(Call call, Door door) {
        signIn.failed(call.actor());
        return problem(call, door, 400, SsoAnswers.EXPIRED);
    }

    private Response answer(Call call, Device device, Door door, Entered entered, Optional<String> next) {
        return switch (entered) {
            case Entered.Answered(LoggedIn loggedIn) -> answer(call, device, door, loggedIn, next);
            case Entered.Refused(Admitted why) -> problem(call, door, 403, why.problem());
            case Entered.Changed _ -> Html.seeOther("/login");
            case Entered.Failed(ProviderTrouble why) -> failed(call, door, why);
            case Entered.WrongPassword _, Entered.TooMany _ -> problem(call, door, 400, SsoAnswers.EXPIRED);
        };
    }

    private Response answer(Call call, Device device, Door door, LoggedIn loggedIn, Optional<String> next) {
        return switch (loggedIn) {
            case LoggedIn.Welcome welcome -> arrivals.page(device, welcome.session(), welcome.operatorOnly(), next);
            case LoggedIn.SecondStep step -> secondStep.ask(call, step.asked(), next);
            case LoggedIn.Disabled disabled ->
                problem(
                        call,
                        door,
                        403,
                        new FormProblem(
                                "This account is disabled.",
                                disabled.reason().words + " Contact the people who run this server."));
            case LoggedIn.WrongCredentials _, LoggedIn.OfSubAccount _, LoggedIn.Elsewhere _, LoggedIn.TooMany _ ->
                problem(call, door, 400, SsoAnswers.EXPIRED);
        };
    }

    private Response failed(Call call, Door door, ProviderTrouble why) {
        return problem(call, door, SsoAnswers.status(why), why.problem("Ask an owner of the account to test it."));
    }

    private Response problem(Call call, Door door, int status, FormProblem why) {
        return Html.answer(
                status,
                new MessagePage(
                        assets.door("Sign-in failed", call), why.title(), why.text(), door.path(), "Sign in again"));
    }
}
