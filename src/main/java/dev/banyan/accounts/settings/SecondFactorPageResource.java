package dev.banyan.accounts.settings;

import dev.banyan.accounts.Identities;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.SignInPageResource;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Invalid;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
            return switch (factors.setUp(self, wanted, password)) {
                case SecondFactors.Ready ready -> Html.ok(proving(call, self, wanted, ready.app(), FieldErrors.NONE));
                case SecondFactors.AlreadyOn _ -> nothingDone(call, self, 422, "This is on already.");
                case SecondFactors.WrongPassword _ -> wrongPassword(call, self, wanted.key() + "-password");
                case SecondFactors.EmailNotConfirmed _ -> confirmFirst(call, self);
                case SecondFactors.Managed managed -> managed(call, self, managed);
                case SecondFactors.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
            };
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
            return switch (factors.enable(self, wanted, code)) {
                case SecondFactors.Done _ -> codes(call, self, factors.firstBackupCodes(self));
                case SecondFactors.WrongCode _ ->
                    Html.invalid(proving(
                            call,
                            self,
                            wanted,
                            wanted.hasTotp() ? factors.waitingApp(self) : Optional.empty(),
                            FieldErrors.from(List.of(new Invalid(
                                    "code", "That code does not work. Check that the phone's clock is right.")))));
                case SecondFactors.NotSetUp _ ->
                    nothingDone(call, self, 422, "The set-up took more than an hour: begin anew.");
                case SecondFactors.EmailNotConfirmed _ -> confirmFirst(call, self);
                case SecondFactors.Managed managed -> managed(call, self, managed);
                case SecondFactors.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
            };
        });
    }

    @POST
    @Path("disable")
    public Response disable(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> {
            SecondFactors.Changed changed = factors.disable(self, password);
            return changed instanceof SecondFactors.Done
                    ? Html.seeOther(self.pathTo(SettingsPageResource.PATH, "second-factor-off"))
                    : refused(call, self, changed);
        });
    }

    @POST
    @Path("backup-codes")
    public Response newBackupCodes(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> {
            SecondFactors.Changed changed = factors.newBackupCodes(self, password);
            return changed instanceof SecondFactors.Done done
                    ? codes(call, self, done.backupCodes())
                    : refused(call, self, changed);
        });
    }

    @POST
    @Path("passkeys")
    public Response askForPasskeys(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> {
            SecondFactors.Changed changed = factors.enablePasskeys(self, password);
            return changed instanceof SecondFactors.Done done
                    ? codes(call, self, done.backupCodes())
                    : refused(call, self, changed);
        });
    }

    private Response refused(Call call, SignedInPerson self, SecondFactors.Changed refusal) {
        return switch (refusal) {
            case SecondFactors.Done _ -> throw new IllegalArgumentException("It was done");
            case SecondFactors.WrongPassword _, SecondFactors.ProofMissing _ -> wrongPassword(call, self, "password");
            case SecondFactors.NotOn _ -> nothingDone(call, self, 422, "There is nothing that could be changed.");
            case SecondFactors.Managed managed -> managed(call, self, managed);
            case SecondFactors.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
        };
    }

    /// @param field of the form that was sent: several forms of the page ask for the password
    private Response wrongPassword(Call call, SignedInPerson self, String field) {
        return Html.invalid(overview(
                call,
                self,
                FieldErrors.from(List.of(new Invalid(field, "That is not your password."))),
                Optional.empty()));
    }

    private Response confirmFirst(Call call, SignedInPerson self) {
        return nothingDone(call, self, 422, "Confirm your e-mail first: open the link that we mailed to you.");
    }

    private Response managed(Call call, SignedInPerson self, SecondFactors.Managed managed) {
        return nothingDone(call, self, 403, SignedInPerson.managedText(managed.parent()));
    }

    private Response tooMany(Call call, SignedInPerson self, Duration wait) {
        return nothingDone(call, self, 429, SignInPageResource.waitText(wait));
    }

    private Response nothingDone(Call call, SignedInPerson self, int status, String why) {
        return Html.answer(
                status,
                overview(call, self, FieldErrors.NONE, Optional.of(new FormProblem("Nothing was changed.", why))));
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
                shells.of(call, self, "Two-step sign-in"),
                SettingsPage.TwoStep.of(self.managedBy().isPresent() ? SecondFactor.NONE : factors.of(self.identity())),
                proving,
                app,
                identities.emailOf(self.identity()).orElse(""),
                codes,
                errors,
                problem);
    }
}
