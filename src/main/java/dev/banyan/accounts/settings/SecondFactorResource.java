package dev.banyan.accounts.settings;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.TotpCodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Switches two-step verification on and off for programs (contract 2.3). Switching off requires the password or, since
/// the LinkToMe client has no field for it, a recent proof of identity. Adding a second kind requires the password, so
/// that a stranger who finds an open session can't do it.
@Path("/api/admin")
@RunOnVirtualThread
@Tag(name = "Profile", description = "An account's public profile and its owner's sign-in.")
class SecondFactorResource {

    record FactorBody(
            @Schema(description = "`totp` (default), `email` or `both`")
            Optional<String> type,

            @Schema(description = "`enable`: the six-digit code from the app or the email")
            Optional<String> token,

            @Schema(
                    description =
                            "`setup` where a second factor is on already, and `disable` where the session's last proof of"
                                    + " identity is more than 15 minutes old: the current password")
            Optional<String> password) {}

    record TotpPart(String secret, String qrCodeUri, List<String> backupCodes, String issuer, String accountName) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record EmailPart(boolean ready, String accountEmail, Optional<List<String>> backupCodes) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Parts(Optional<TotpPart> totp, Optional<EmailPart> email) {}

    record SetUpAnswer(String type, Parts data) {}

    record EnabledAnswer(String type, boolean emailEnabled, boolean totpEnabled) {}

    record DisabledAnswer(boolean emailEnabled, boolean totpEnabled) {}

    private final AccountGuard acting;
    private final SecondFactors factors;
    private final Settings settings;

    SecondFactorResource(AccountGuard acting, SecondFactors factors, Settings settings) {
        this.acting = acting;
        this.factors = factors;
        this.settings = settings;
    }

    @POST
    @Path("2fatokensetup")
    @Operation(summary = "Set up, turn on or turn off your two-step verification")
    @APIResponse(
            responseCode = "200",
            description = "`setup`: the app's secret and ten backup codes, shown only once; otherwise, what is on now",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(oneOf = {SetUpAnswer.class, EnabledAnswer.class, DisabledAnswer.class})))
    @APIResponse(responseCode = "400", description = "The code or the password is wrong, or nothing is set up yet")
    @APIResponse(
            responseCode = "403",
            description =
                    "The current account is a sub-account, without a sign-in; or the password is needed: `error` says"
                            + " where")
    @APIResponse(responseCode = "404", description = "The named sub-account isn't available")
    @APIResponse(responseCode = "429", description = "Too many wrong codes or passwords, or too many emails")
    public Response setUp(
            @Context Call call,
            @QueryParam("action") @Parameter(description = "`setup`, `enable` or `disable`") Optional<String> action,
            FactorBody body) {
        return acting.jsonSelf(call, self -> {
            Optional<FactorKind> kind = FactorKind.parse(body.type().orElse("totp"));
            if (kind.isEmpty()) {
                return Answers.failure(400, "Invalid type");
            }
            return switch (action.orElse("")) {
                case "setup" -> setUp(self, kind.get(), body.password().orElse(""));
                case "enable" -> enable(self, kind.get(), body.token().orElse(""));
                case "disable" -> disable(call, self, body.password().filter(password -> !password.isEmpty()));
                default -> Answers.failure(400, "Invalid action");
            };
        });
    }

    private Response setUp(SignedInPerson self, FactorKind kind, String password) {
        return factors.setUp(self, kind, password)
                .fold(
                        ready -> Response.ok(new SetUpAnswer(kind.key(), parts(kind, ready)))
                                .build(),
                        refusal -> SignInAnswers.json(self, refusal));
    }

    private static Parts parts(FactorKind kind, SecondFactors.Ready ready) {
        return new Parts(
                ready.app()
                        .map(app -> new TotpPart(
                                app.secret(), app.uri(), ready.backupCodes(), TotpCodes.ISSUER, app.accountName())),
                kind.hasEmail()
                        ? Optional.of(new EmailPart(
                                true,
                                ready.person().email(),
                                Optional.of(ready.backupCodes()).filter(_ -> !kind.hasTotp())))
                        : Optional.empty());
    }

    private Response enable(SignedInPerson self, FactorKind kind, String token) {
        return factors.enable(self, kind, token)
                .fold(
                        done -> Response.ok(new EnabledAnswer(
                                        kind.key(),
                                        done.now().email(),
                                        done.now().totp()))
                                .build(),
                        refusal -> SignInAnswers.json(self, refusal));
    }

    private Response disable(Call call, SignedInPerson self, Optional<String> password) {
        return factors.disable(self, call.caller(), password).fold(_ -> disabled(), refusal -> {
            if (refusal.equals(SecondFactors.NOT_ON)) {
                return disabled();
            }
            return refusal instanceof Refusal.Forbidden && self.managedBy().isEmpty()
                    ? passwordNeeded()
                    : SignInAnswers.json(self, refusal);
        });
    }

    private static Response disabled() {
        return Response.ok(new DisabledAnswer(false, false)).build();
    }

    private Response passwordNeeded() {
        return Response.status(403)
                .entity(new RecentProofFilter.Unproved(
                        Optional.empty(),
                        "To turn off two-step verification, you need your password. Use your settings: "
                                + settings.baseUrl() + SecondFactorPageResource.PATH,
                        true,
                        ConfirmResource.PATH))
                .build();
    }
}
