package dev.banyan.accounts.settings;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.SignedInRequest;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.TotpCodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Switches two-step verification on and off for programs (contract 2.3). Switching off, and adding a second kind,
/// requires the password or, since the LinkToMe client has no field for it, a recent proof of identity, so that a
/// stranger who finds an open session can't do it.
@Path("/api/admin")
@RunOnVirtualThread
@Tag(name = "Profile", description = "An account's public profile and its owner's sign-in.")
class SecondFactorResource {

    record FactorBody(
            @Schema(
                    description =
                            "`totp`, `email` or `both`. Default: `totp`; for `disable`, all that is on. `both` turns off"
                                    + " passkeys as the second step, too")
            Optional<String> type,

            @Schema(description = "`enable`: the six-digit code from the app or the email")
            Optional<String> token,

            @Schema(
                    description =
                            "`setup` where a second factor is on already, and `disable`: the current password, unless the"
                                    + " session's last proof of identity is less than 15 minutes old")
            Optional<String> password) {}

    record TotpPart(String secret, String qrCodeUri, List<String> backupCodes, String issuer, String accountName) {}

    /// @param ready whether codes reach people
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record EmailPart(boolean ready, String accountEmail, Optional<List<String>> backupCodes) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Parts(Optional<TotpPart> totp, Optional<EmailPart> email) {}

    record SetUpAnswer(
            @Schema(implementation = FactorKind.class) String type, Parts data) {}

    record EnabledAnswer(
            @Schema(implementation = FactorKind.class) String type, boolean emailEnabled, boolean totpEnabled) {}

    record DisabledAnswer(boolean emailEnabled, boolean totpEnabled) {}

    private final SecondFactors factors;
    private final Settings settings;
    private final ServerMail serverMail;

    SecondFactorResource(SecondFactors factors, Settings settings, ServerMail serverMail) {
        this.factors = factors;
        this.settings = settings;
        this.serverMail = serverMail;
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
            @Context SignedInRequest request,
            @QueryParam("action") @Parameter(description = "`setup`, `enable` or `disable`") Optional<String> action,
            FactorBody body) {
        Optional<String> password = body.password().filter(typed -> !typed.isEmpty());
        FactorKind kind = FactorKind.parse(body.type().orElse(action.equals(Optional.of("disable")) ? "both" : "totp"))
                .orElseThrow(() -> AccountRequest.refused(400, "Invalid type"));
        return Response.ok(
                        switch (action.orElse("")) {
                            case "setup" -> setUp(request, kind, password);
                            case "enable" -> enable(request, kind, body.token().orElse(""));
                            case "disable" -> disable(request, kind, password);
                            default -> throw AccountRequest.refused(400, "Invalid action");
                        })
                .build();
    }

    private SetUpAnswer setUp(SignedInRequest request, FactorKind kind, Optional<String> password) {
        SecondFactors.Ready ready = factors.setUp(request.self(), request.call().caller(), kind, password)
                .fold(Function.identity(), refusal -> {
                    throw refused(request, refusal, "add a second step");
                });
        return new SetUpAnswer(kind.key(), parts(kind, ready));
    }

    private Parts parts(FactorKind kind, SecondFactors.Ready ready) {
        return new Parts(
                ready.app()
                        .map(app -> new TotpPart(
                                app.secret(), app.uri(), ready.backupCodes(), TotpCodes.ISSUER, app.accountName())),
                kind.hasEmail()
                        ? Optional.of(new EmailPart(
                                serverMail.isConnected(),
                                ready.person().email(),
                                Optional.of(ready.backupCodes()).filter(_ -> !kind.hasTotp())))
                        : Optional.empty());
    }

    private EnabledAnswer enable(SignedInRequest request, FactorKind kind, String token) {
        SecondFactor now =
                request.unless(factors.enable(request.self(), kind, token)).now();
        return new EnabledAnswer(kind.key(), now.email(), now.totp());
    }

    private DisabledAnswer disable(SignedInRequest request, FactorKind kind, Optional<String> password) {
        SecondFactor now = factors.disable(request.self(), request.call().caller(), kind, password)
                .fold(SecondFactors.Changed::now, refusal -> {
                    if (refusal.equals(SecondFactors.NOT_ON)) {
                        return factors.of(request.self().identity());
                    }
                    throw refused(request, refusal, "turn off two-step verification");
                });
        return new DisabledAnswer(now.email(), now.totp());
    }

    private EarlyAnswer refused(SignedInRequest request, Refusal refusal, String what) {
        return refusal instanceof Refusal.Forbidden
                        && request.self().managedBy().isEmpty()
                ? AccountRequest.refused(
                        403,
                        new RecentProofFilter.Unproved(
                                Optional.empty(),
                                "To " + what + ", you need your password. Use your settings: " + settings.baseUrl()
                                        + SecondFactorPageResource.PATH,
                                true,
                                ConfirmResource.PATH))
                : request.refused(refusal);
    }
}
