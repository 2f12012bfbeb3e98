package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The second page of signing in, which asks for a code after the password.
@Path("/login/code")
@RunOnVirtualThread
class SecondStepPageResource {

    private final AwaitedFactors factors;
    private final LoginResponses arrivals;
    private final Assets assets;

    SecondStepPageResource(AwaitedFactors factors, LoginResponses arrivals, Assets assets) {
        this.factors = factors;
        this.arrivals = arrivals;
        this.assets = assets;
    }

    @POST
    public Response verify(
            @Context Call call,
            @FormParam("session") @DefaultValue("") String session,
            @FormParam("code") @DefaultValue("") String code,
            @FormParam("next") @DefaultValue("") String next) {
        Optional<String> back = OwnPath.of(next);
        Device device = arrivals.device(call);
        return answer(call, device, back, factors.verify(call.actor(), device, session, code));
    }

    @POST
    @Path("passkey/options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response askPasskey(@FormParam("session") @DefaultValue("") String session) {
        return factors.askPasskey(session)
                .map(asked -> Response.ok(AskedPasskey.of(asked)).build())
                .orElseGet(() -> Answers.failure(401, "This took longer than 10 minutes. Start over."));
    }

    @POST
    @Path("passkey")
    public Response verifyPasskey(
            @Context Call call,
            @FormParam("session") @DefaultValue("") String session,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential,
            @FormParam("next") @DefaultValue("") String next) {
        Device device = arrivals.device(call);
        return answer(
                call,
                device,
                OwnPath.of(next),
                factors.verifyPasskey(call.actor(), device, session, token, credential));
    }

    private Response answer(Call call, Device device, Optional<String> back, AwaitedFactors.Verified verified) {
        return switch (verified) {
            case AwaitedFactors.Verified.Welcome welcome ->
                arrivals.page(device, welcome.session(), welcome.operatorOnly(), back);
            case AwaitedFactors.Verified.Wrong wrong ->
                Html.invalid(page(
                        call,
                        wrong.asked(),
                        back,
                        new FormProblem(
                                "That code is incorrect.",
                                "App codes change every 30 seconds, and each works once. Try the next one.")));
            case AwaitedFactors.Verified.Expired _ ->
                anew(call, 401, "This sign-in took too long", "Sign in again to get a new code.");
            case AwaitedFactors.Verified.Exhausted _ ->
                anew(call, 401, "Too many wrong codes", "Sign in again to get five more tries.");
            case AwaitedFactors.Verified.TooMany(Duration wait) ->
                Html.retryAfter(wait, anew(call, 429, "Too many wrong codes", FormProblem.waitText(wait)));
        };
    }

    @POST
    @Path("resend")
    public Response resend(
            @Context Call call,
            @FormParam("session") @DefaultValue("") String session,
            @FormParam("next") @DefaultValue("") String next) {
        Optional<String> back = OwnPath.of(next);
        return switch (factors.resend(call.actor(), session)) {
            case AwaitedFactors.Resent.Done done ->
                Html.ok(SecondStepPage.of(
                        assets.door(SecondStepPage.TITLE, call), done.asked(), back, Optional.empty(), true));
            case AwaitedFactors.Resent.NotByMail not ->
                Html.invalid(page(
                        call,
                        not.asked(),
                        back,
                        new FormProblem("We can't email you a code.", "Use the code from your authenticator app.")));
            case AwaitedFactors.Resent.Expired _ ->
                anew(call, 401, "This sign-in took too long", "Sign in again to get a new code.");
            case AwaitedFactors.Resent.TooMany(AwaitedFactors.Asked asked, Duration wait) ->
                Html.tooMany(
                        wait,
                        page(
                                call,
                                asked,
                                back,
                                new FormProblem(
                                        "We sent a code a moment ago.",
                                        "Check your email, or wait a minute to get a new code.")));
        };
    }

    private SecondStepPage page(Call call, AwaitedFactors.Asked asked, Optional<String> next, FormProblem problem) {
        return SecondStepPage.of(assets.door(SecondStepPage.TITLE, call), asked, next, Optional.of(problem), false);
    }

    private Response anew(Call call, int status, String title, String text) {
        return Html.answer(
                status, new MessagePage(assets.door("Sign in again", call), title, text, "/login", "Sign in"));
    }
}
