package dev.banyan.accounts.settings;

import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Profile and sign-in. {@code managed} where one acts for a sub-account, which has a profile and no sign-in; people
 * without an account of their own have a sign-in and no profile, and no {@code publicAddress}. {@code values} is what
 * stands in the fields: what is kept, or what was typed and refused.
 */
@CheckedTemplate(basePath = "accounts")
record SettingsPage(
        PageFrame shell,
        boolean managed,
        Optional<String> publicAddress,
        String signInEmail,
        boolean emailConfirmed,
        Optional<String> wantedEmail,
        Values values,
        TwoStep twoStep,
        List<SessionRow> sessions,
        boolean deviceMails,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /** Two-step sign-in as it is. */
    record TwoStep(boolean on, boolean app, boolean mail, boolean passkey, int passkeys, int backupCodes) {
        static TwoStep of(SecondFactor factor) {
            return new TwoStep(
                    factor.isOn(),
                    factor.totp(),
                    factor.email(),
                    factor.passkey(),
                    factor.passkeys(),
                    factor.backupCodes());
        }
    }

    /** A session of the person; {@code own} is the one that looks. */
    record SessionRow(String id, String device, String place, String since, String used, boolean own) {}

    /** {@code email} is a sub-account's own, {@code newEmail} what the person wants to sign in with. */
    record Values(String displayName, String bio, String email, String newEmail, String phoneNumber) {}
}
