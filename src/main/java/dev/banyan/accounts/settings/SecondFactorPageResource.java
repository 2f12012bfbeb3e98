package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which people switch two-step verification on and off.
@Path(SecondFactorPageResource.PATH)
@RunOnVirtualThread
class SecondFactorPageResource {

    static final String PATH = "/admin/settings/second-factor";

    private final SecondFactors factors;
    private final Identities identities;

    SecondFactorPageResource(SecondFactors factors, Identities identities) {
        this.factors = factors;
        this.identities = identities;
    }

    @GET
    public Response show(@Context SignedInPage page) {
        return page.self().managedBy().isPresent()
                ? Html.seeOther(page.self().pathTo(SettingsPageResource.PATH))
                : Html.ok(overview(
                        page,
                        FieldErrors.NONE,
                        page.call()
                                .query("required")
                                .map(_ -> new FormProblem(
                                        "Set up two-step verification to continue.",
                                        "It's required here. Use an authenticator app, codes by email, or add a"
                                                + " passkey under Passkeys."))));
    }

    @POST
    @Path("setup")
    public Response setUp(
            @Context SignedInPage page,
            @FormParam("kind") @DefaultValue("totp") String kind,
            @FormParam("password") @DefaultValue("") String password) {
        FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
        return factors.setUp(page.self(), wanted, password)
                .fold(
                        ready -> Html.ok(proving(page, wanted, ready.app(), FieldErrors.NONE)),
                        refusal -> refused(page, refusal, wanted.key() + "-password"));
    }

    /// Enables the factor. Backup codes are created once the first code was right: those of the set-up were never shown
    /// here.
    @POST
    @Path("enable")
    public Response enable(
            @Context SignedInPage page,
            @FormParam("kind") @DefaultValue("totp") String kind,
            @FormParam("code") @DefaultValue("") String code) {
        FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
        return factors.enable(page.self(), wanted, code)
                .fold(
                        _ -> codes(page, factors.firstBackupCodes(page.self())),
                        refusal -> refused(
                                page,
                                refusal,
                                invalid -> Html.invalid(proving(
                                        page,
                                        wanted,
                                        wanted.hasTotp() ? factors.waitingApp(page.self()) : Optional.empty(),
                                        FieldErrors.from(invalid)))));
    }

    @POST
    @Path("disable")
    public Response disable(
            @Context SignedInPage page,
            @FormParam("kind") @DefaultValue("both") String kind,
            @FormParam("password") @DefaultValue("") String password) {
        return change(
                page,
                factors.disable(page.self(), FactorKind.parse(kind).orElse(FactorKind.BOTH), password),
                done -> Html.seeOther(
                        done.now().isOn()
                                ? page.self().pathTo(PATH, "second-factor-removed")
                                : page.self().pathTo(SettingsPageResource.PATH, "second-factor-off")));
    }

    @POST
    @Path("backup-codes")
    public Response newBackupCodes(
            @Context SignedInPage page, @FormParam("password") @DefaultValue("") String password) {
        return change(page, factors.newBackupCodes(page.self(), password), done -> codes(page, done.backupCodes()));
    }

    @POST
    @Path("passkeys")
    public Response askForPasskeys(
            @Context SignedInPage page, @FormParam("password") @DefaultValue("") String password) {
        return change(page, factors.enablePasskeys(page.self(), password), done -> codes(page, done.backupCodes()));
    }

    private Response change(
            SignedInPage page,
            Outcome<SecondFactors.Changed> changed,
            Function<SecondFactors.Changed, Response> answer) {
        return changed.fold(answer, refusal -> refused(page, refusal, SignInChanges.PASSWORD));
    }

    /// @param field for the password in the form that was sent: several forms of the page ask for it
    private Response refused(SignedInPage page, Refusal refusal, String field) {
        return refused(
                page,
                refusal,
                invalid -> Html.invalid(overview(
                        page, new FieldErrors(Map.of(field, invalid.getFirst().userMessage())), Optional.empty())));
    }

    private Response refused(SignedInPage page, Refusal refusal, Function<List<Invalid>, Response> again) {
        return SignInAnswers.page(
                page.self(),
                refusal,
                SignInAnswers.NOTHING_CHANGED,
                again,
                (status, problem) -> Html.answer(status, overview(page, FieldErrors.NONE, Optional.of(problem))));
    }

    private Response codes(SignedInPage page, List<String> codes) {
        return Html.ok(page(page, "", Optional.empty(), codes, FieldErrors.NONE, Optional.empty()));
    }

    private SecondFactorPage proving(
            SignedInPage page, FactorKind kind, Optional<SecondFactors.App> app, FieldErrors errors) {
        return page(page, kind.key(), app.map(SecondFactorPage.App::of), List.of(), errors, Optional.empty());
    }

    private SecondFactorPage overview(SignedInPage page, FieldErrors errors, Optional<FormProblem> problem) {
        return page(page, "", Optional.empty(), List.of(), errors, problem);
    }

    private SecondFactorPage page(
            SignedInPage page,
            String proving,
            Optional<SecondFactorPage.App> app,
            List<String> codes,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new SecondFactorPage(
                page.frame("Two-step verification"),
                SettingsPage.TwoStep.of(
                        page.self().managedBy().isPresent()
                                ? SecondFactor.NONE
                                : factors.of(page.self().identity())),
                proving,
                app,
                identities.emailOf(page.self().identity()).orElse(""),
                codes,
                errors,
                problem);
    }
}
