package dev.banyan.accounts;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * Profile and sign-in. {@code managed} where one acts for a sub-account, which has a profile and no sign-in. {@code values} is what stands in the fields: what is kept, or what was typed and refused.
 */
@CheckedTemplate(basePath = "accounts")
record SettingsPage(
        Shell shell,
        boolean managed,
        String publicAddress,
        String signInEmail,
        boolean emailConfirmed,
        Values values,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /** {@code email} is a sub-account's own, {@code newEmail} what the person wants to sign in with. */
    record Values(String displayName, String bio, String email, String newEmail, String phoneNumber) {}
}
