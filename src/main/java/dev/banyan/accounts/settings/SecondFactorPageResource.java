package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which people switch two-step verification on and off.
@Path(SecondFactorPageResource.PATH)
@RunOnVirtualThread
class SecondFactorPageResource {

    static final String PATH = "/admin/settings/second-factor";

    private final AccountGuard acting;
    private final SecondFactors factors;
    private final Identities identities;
    private final PageFrames shells;

    SecondFactorPageResource(AccountGuard acting, SecondFactors factors, Identities identities, PageFrames shells) {
        this.acting = acting;
        this.factors = factors;
        this.identities = identities;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.self(
                call,
                Optional.empty(),
                self -> self.managedBy().isPresent()
                        ? Html.seeOther(self.pathTo(SettingsPageResource.PATH))
                        : Html.ok(overview(
                                call,
                                self,
                                FieldErrors.NONE,
                                call.query("required")
                                        .map(_ -> new FormProblem(
                                                "Set up two-step verification to continue.",
                                                "It's required here. Use an authenticator app, codes by email, or add a"
                                                        + " passkey under Passkeys.")))));
    }

    @POST
    @Path("setup")
    public Response setUp(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("kind") @DefaultValue("totp") String kind,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> {
            FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
            return factors.setUp(self, wanted, password)
                    .fold(
                            ready -> Html.ok(proving(call, self, wanted, ready.app(), FieldErrors.NONE)),
                            refusal -> refused(call, self, refusal, wanted.key() + "-password"));
        });
    }

    /// Enables the factor. Backup codes are created once the first code was right: those of the set-up were never shown
    /// here.
    @POST
    @Path("enable")
    public Response enable(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("kind") @DefaultValue("totp") String kind,
            @FormParam("code") @DefaultValue("") String code) {
        return acting.self(call, Optional.of(as), self -> {
            FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
            return factors.enable(self, wanted, code)
                    .fold(
                            _ -> codes(call, self, factors.firstBackupCodes(self)),
                            refusal -> refused(
                                    call,
                                    self,
                                    refusal,
                                    invalid -> Html.invalid(proving(
                                            call,
                                            self,
                                            wanted,
                                            wanted.hasTotp() ? factors.waitingApp(self) : Optional.empty(),
                                            FieldErrors.from(invalid)))));
        });
    }

    @POST
    @Path("disable")
    public Response disable(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return change(
                call,
                as,
                self -> factors.disable(self, password),
                (self, _) -> Html.seeOther(self.pathTo(SettingsPageResource.PATH, "second-factor-off")));
    }

    @POST
    @Path("backup-codes")
    public Response newBackupCodes(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return change(
                call,
                as,
                self -> factors.newBackupCodes(self, password),
                (self, done) -> codes(call, self, done.backupCodes()));
    }

    @POST
    @Path("passkeys")
    public Response askForPasskeys(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return change(
                call,
                as,
                self -> factors.enablePasskeys(self, password),
                (self, done) -> codes(call, self, done.backupCodes()));
    }

    private Response change(
            Call call,
            String as,
            Function<SignedInPerson, Outcome<SecondFactors.Changed>> work,
            BiFunction<SignedInPerson, SecondFactors.Changed, Response> answer) {
        return acting.self(
                call,
                Optional.of(as),
                self -> work.apply(self)
                        .fold(
                                done -> answer.apply(self, done),
                                refusal -> refused(call, self, refusal, SignInChanges.PASSWORD)));
    }

    /// @param field for the password in the form that was sent: several forms of the page ask for it
    private Response refused(Call call, SignedInPerson self, Refusal refusal, String field) {
        return refused(
                call,
                self,
                refusal,
                invalid -> Html.invalid(overview(
                        call,
                        self,
                        new FieldErrors(Map.of(field, invalid.getFirst().userMessage())),
                        Optional.empty())));
    }

    private Response refused(Call call, SignedInPerson self, Refusal refusal, Function<List<Invalid>, Response> again) {
        return SignInAnswers.page(
                self,
                refusal,
                SignInAnswers.NOTHING_CHANGED,
                again,
                (status, problem) -> Html.answer(status, overview(call, self, FieldErrors.NONE, Optional.of(problem))));
    }

    private Response codes(Call call, SignedInPerson self, List<String> codes) {
        return Html.ok(page(call, self, "", Optional.empty(), codes, FieldErrors.NONE, Optional.empty()));
    }

    private SecondFactorPage proving(
            Call call, SignedInPerson self, FactorKind kind, Optional<SecondFactors.App> app, FieldErrors errors) {
        return page(call, self, kind.key(), app.map(SecondFactorPage.App::of), List.of(), errors, Optional.empty());
    }

    private SecondFactorPage overview(
            Call call, SignedInPerson self, FieldErrors errors, Optional<FormProblem> problem) {
        return page(call, self, "", Optional.empty(), List.of(), errors, problem);
    }

    private SecondFactorPage page(
            Call call,
            SignedInPerson self,
            String proving,
            Optional<SecondFactorPage.App> app,
            List<String> codes,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new SecondFactorPage(
                shells.of(call, self, "Two-step verification"),
                SettingsPage.TwoStep.of(self.managedBy().isPresent() ? SecondFactor.NONE : factors.of(self.identity())),
                proving,
                app,
                identities.emailOf(self.identity()).orElse(""),
                codes,
                errors,
                problem);
    }
}
