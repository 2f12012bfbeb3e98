package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Profile and sign-in. `managed` is set when acting for a sub-account, which has a profile and no sign-in; people
/// without an account of their own have a sign-in and no profile, and no `publicAddress`. `renamable` is set for
/// those who can change the username. `values` are the contents of
/// the fields: what is stored, or what was typed and refused. `checklistHidden` is true if the person can show the
/// dashboard's checklist again. `areas` is empty for people who may not choose them.
@CheckedTemplate(basePath = "accounts")
record SettingsPage(
        PageFrame shell,
        boolean managed,
        Optional<String> publicAddress,
        boolean renamable,
        String signInEmail,
        boolean emailConfirmed,
        Optional<String> wantedEmail,
        Values values,
        List<Language> languages,
        List<String> zones,
        TwoStep twoStep,
        List<SessionRow> sessions,
        boolean deviceMails,
        boolean checklistHidden,
        List<AreaChoice> areas,
        boolean mailing,
        String newEmailHelp,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// An area of the navigation, and whether it is shown.
    record AreaChoice(String key, String label, boolean shown) {}

    /// The state of two-step verification.
    record TwoStep(boolean on, boolean app, boolean mail, boolean passkey, int passkeys, int backupCodes) {
        /// Returns true if one kind can be switched off while another stays on.
        public boolean several() {
            return Stream.of(app, mail, passkey).filter(on -> on).count() > 1;
        }

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

    /// A session of the person; `own` marks the current one, `usedWords` is the text of `used`.
    record SessionRow(
            String id, String device, String place, TimeText since, TimeText used, String usedWords, boolean own) {}

    /// `language` is a code, or empty; `email` is a sub-account's own, `newEmail` the one that the person wants to sign
    /// in with.
    record Values(
            String displayName,
            String bio,
            String email,
            String newEmail,
            String name,
            String phoneNumber,
            String language,
            String timeZone,
            String accountZone) {
        Values withNewEmail(String typed) {
            return new Values(displayName, bio, email, typed, name, phoneNumber, language, timeZone, accountZone);
        }

        Values withPhone(String typed) {
            return new Values(displayName, bio, email, newEmail, name, typed, language, timeZone, accountZone);
        }

        Values withName(String typed, String zone) {
            return new Values(displayName, bio, email, newEmail, typed, phoneNumber, language, zone, accountZone);
        }
    }
}
