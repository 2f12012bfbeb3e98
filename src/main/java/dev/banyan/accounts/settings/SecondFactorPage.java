package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Two-step verification: what is on, what is being set up, and backup codes right after they were created. `proving`
/// is the kind that awaits its first code, or empty.
@CheckedTemplate(basePath = "accounts")
record SecondFactorPage(
        PageFrame shell,
        SettingsPage.TwoStep twoStep,
        String proving,
        Optional<App> app,
        String email,
        List<String> backupCodes,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// `secret` in groups of four letters, for people who type it.
    record App(QrPicture qr, String secret) {
        static App of(SecondFactors.App made) {
            return new App(QrPicture.of(made.uri()), made.secret().replaceAll("(.{4})(?=.)", "$1 "));
        }
    }
}
