package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import dev.banyan.platform.web.page.OneTimeLinks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages for people who forgot their password.
@Path("/")
@RunOnVirtualThread
class PasswordResetPageResource {

    private static final String FORGOT = "Forgot password";
    private static final String RESET = "New password";

    private final PasswordResets resets;
    private final Devices devices;
    private final LoginSessions sessions;
    private final Assets assets;
    private final OneTimeLinks links;

    PasswordResetPageResource(
            PasswordResets resets, Devices devices, LoginSessions sessions, Assets assets, OneTimeLinks links) {
        this.links = links;
        this.resets = resets;
        this.devices = devices;
        this.sessions = sessions;
        this.assets = assets;
    }

    @GET
    @Path("forgot-password")
    public Response forgot(@Context Call call) {
        return Html.ok(forgot(call, "", Optional.empty()));
    }

    @POST
    @Path("forgot-password")
    public Response ask(@Context Call call, @FormParam("email") @DefaultValue("") String email) {
        if (Names.brokenEmail(email).isPresent()) {
            var problem = new FormProblem("Email must look like name@example.com", "Enter the email you sign in with.");
            return Html.invalid(forgot(call, email, Optional.of(problem)));
        }
        return resets.ask(call.actor(), devices.of(call), email)
                .map(wait -> Html.tooMany(
                        wait, forgot(call, email, Optional.of(FormProblem.tooMany("Too many codes requested.", wait)))))
                .orElseGet(() -> Html.ok(
                        links.mailing()
                                ? new ResetPasswordPage(
                                        assets.door(RESET, call),
                                        email.strip(),
                                        "",
                                        true,
                                        FieldErrors.NONE,
                                        Optional.empty(),
                                        onward(call))
                                : forgot(call, email, Optional.empty())));
    }

    private ForgotPage forgot(Call call, String email, Optional<FormProblem> problem) {
        return new ForgotPage(assets.door(FORGOT, call), email, links.mailing(), problem, onward(call));
    }

    /// Returns the query that leads on to the page that required a sign-in.
    private static String onward(Call call) {
        return OwnPath.asNext(call.query("next").flatMap(OwnPath::of));
    }

    @GET
    @Path("reset-password")
    public Response form(
            @Context Call call,
            @QueryParam("email") @DefaultValue("") String email,
            @QueryParam("code") @DefaultValue("") String code) {
        return Html.ok(page(call, email, code, FieldErrors.NONE, Optional.empty()));
    }

    @POST
    @Path("reset-password")
    public Response choose(
            @Context Call call,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("code") @DefaultValue("") String code,
            @FormParam("newPassword") @DefaultValue("") String newPassword) {
        return resets.choose(call.actor(), devices.of(call), email, code, newPassword)
                .fold(_ -> sessions.without(Html.ok(changed(call))), refusal -> switch (refusal) {
                    case Refusal.NotFound _ ->
                        Html.invalid(page(
                                call,
                                email,
                                "",
                                FieldErrors.NONE,
                                Optional.of(new FormProblem(
                                        "That code is incorrect.",
                                        "Check the email and the code, or get a new code."))));
                    case Refusal.Rejected(List<Invalid> invalid) ->
                        Html.invalid(page(call, email, code, FieldErrors.from(invalid), Optional.empty()));
                    case Refusal.TooMany(Duration wait) ->
                        Html.tooMany(
                                wait,
                                page(
                                        call,
                                        email,
                                        code,
                                        FieldErrors.NONE,
                                        Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
                    case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                        throw new IllegalStateException("Not a refusal of a new password: " + refusal);
                });
    }

    private MessagePage changed(Call call) {
        return new MessagePage(
                assets.door("Password changed", call),
                "Your password was changed",
                "We signed you out on every device. Sign in with your new password.",
                "/login" + onward(call),
                "Sign in");
    }

    private ResetPasswordPage page(
            Call call, String email, String code, FieldErrors errors, Optional<FormProblem> problem) {
        return new ResetPasswordPage(assets.door(RESET, call), email, code, false, errors, problem, onward(call));
    }
}
