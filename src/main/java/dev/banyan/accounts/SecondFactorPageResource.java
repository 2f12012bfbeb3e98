package dev.banyan.accounts;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
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

/// Where people switch two-step sign-in on and off.
@Path("/admin/settings/second-factor")
@RunOnVirtualThread
class SecondFactorPageResource {

    private final ActingAs acting;
    private final SecondFactors factors;
    private final Identities identities;
    private final Shells shells;

    SecondFactorPageResource(ActingAs acting, SecondFactors factors, Identities identities, Shells shells) {
        this.acting = acting;
        this.factors = factors;
        this.identities = identities;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.seeOther("/admin/settings?as=" + context.acting().username())
                        : Html.ok(overview(call, context, FieldErrors.NONE, Optional.empty())));
    }

    @POST
    @Path("setup")
    public Response setUp(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("kind") @DefaultValue("totp") String kind) {
        return acting.page(call, Optional.of(as), context -> {
            FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
            return switch (factors.setUp(context, wanted)) {
                case SecondFactors.Ready ready ->
                    Html.ok(proving(call, context, wanted, ready.app(), FieldErrors.NONE));
                case SecondFactors.AlreadyOn _ -> nothingDone(call, context, 422, "This is on already.");
                case SecondFactors.EmailNotConfirmed _ -> confirmFirst(call, context);
                case SecondFactors.Managed managed -> managed(call, context, managed);
                case SecondFactors.TooMany tooMany -> tooMany(call, context, tooMany.retryAfter());
            };
        });
    }

    /// Backup codes are made when the first code was right: those of the set-up were never shown here.
    @POST
    @Path("enable")
    public Response enable(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("kind") @DefaultValue("totp") String kind,
            @FormParam("code") @DefaultValue("") String code) {
        return acting.page(call, Optional.of(as), context -> {
            FactorKind wanted = FactorKind.parse(kind).orElse(FactorKind.TOTP);
            return switch (factors.enable(context, wanted, code)) {
                case SecondFactors.Done _ -> codes(call, context, factors.firstBackupCodes(context));
                case SecondFactors.WrongCode _ ->
                    Html.invalid(proving(
                            call,
                            context,
                            wanted,
                            wanted.hasTotp() ? factors.waitingApp(context) : Optional.empty(),
                            FieldErrors.from(List.of(new Invalid(
                                    "code", "That code does not work. Check that the phone's clock is right.")))));
                case SecondFactors.NotSetUp _ ->
                    nothingDone(call, context, 422, "The set-up took more than an hour: begin anew.");
                case SecondFactors.EmailNotConfirmed _ -> confirmFirst(call, context);
                case SecondFactors.Managed managed -> managed(call, context, managed);
                case SecondFactors.TooMany tooMany -> tooMany(call, context, tooMany.retryAfter());
            };
        });
    }

    @POST
    @Path("disable")
    public Response disable(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.page(call, Optional.of(as), context -> {
            SecondFactors.Changed changed = factors.disable(context, password);
            return changed instanceof SecondFactors.Done
                    ? Html.seeOther(
                            "/admin/settings?as=" + context.acting().username() + "&done=second-factor-off")
                    : refused(call, context, changed);
        });
    }

    @POST
    @Path("backup-codes")
    public Response newBackupCodes(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.page(call, Optional.of(as), context -> {
            SecondFactors.Changed changed = factors.newBackupCodes(context, password);
            return changed instanceof SecondFactors.Done done
                    ? codes(call, context, done.backupCodes())
                    : refused(call, context, changed);
        });
    }

    private Response refused(Call call, AccountContext context, SecondFactors.Changed refusal) {
        return switch (refusal) {
            case SecondFactors.Done _ -> throw new IllegalArgumentException("It was done");
            case SecondFactors.WrongPassword _ ->
                Html.invalid(overview(
                        call,
                        context,
                        FieldErrors.from(List.of(new Invalid("password", "That is not your password."))),
                        Optional.empty()));
            case SecondFactors.NotOn _ -> nothingDone(call, context, 422, "Two-step sign-in is off.");
            case SecondFactors.Managed managed -> managed(call, context, managed);
            case SecondFactors.TooMany tooMany -> tooMany(call, context, tooMany.retryAfter());
        };
    }

    private Response confirmFirst(Call call, AccountContext context) {
        return nothingDone(call, context, 422, "Confirm your e-mail first: open the link that we mailed to you.");
    }

    private Response managed(Call call, AccountContext context, SecondFactors.Managed managed) {
        return nothingDone(
                call,
                context,
                403,
                "Sign-in belongs to " + managed.parent() + ": go back to your own account first.");
    }

    private Response tooMany(Call call, AccountContext context, Duration wait) {
        return nothingDone(call, context, 429, SignInPageResource.waitText(wait));
    }

    private Response nothingDone(Call call, AccountContext context, int status, String why) {
        return Html.answer(
                status,
                overview(
                        call,
                        context,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem("Nothing was changed.", why))));
    }

    private Response codes(Call call, AccountContext context, List<String> codes) {
        return Html.ok(
                page(call, context, "", Optional.empty(), codes, FieldErrors.NONE, Optional.empty()));
    }

    private SecondFactorPage proving(
            Call call,
            AccountContext context,
            FactorKind kind,
            Optional<SecondFactors.App> app,
            FieldErrors errors) {
        return page(
                call,
                context,
                kind.key(),
                app.map(SecondFactorPage.App::of),
                List.of(),
                errors,
                Optional.empty());
    }

    private SecondFactorPage overview(
            Call call, AccountContext context, FieldErrors errors, Optional<FormProblem> problem) {
        return page(call, context, "", Optional.empty(), List.of(), errors, problem);
    }

    private SecondFactorPage page(
            Call call,
            AccountContext context,
            String proving,
            Optional<SecondFactorPage.App> app,
            List<String> codes,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new SecondFactorPage(
                shells.of(call, context, NavItem.SETTINGS, "Two-step sign-in"),
                SettingsPage.TwoStep.of(
                        context.isSubAccount() ? SecondFactor.NONE : factors.of(context.identity())),
                proving,
                app,
                identities.emailOf(context.identity()).orElse(""),
                codes,
                errors,
                problem);
    }
}
