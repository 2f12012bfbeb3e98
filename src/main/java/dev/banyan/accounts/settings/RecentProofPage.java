package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks the signed-in person for their password again; `provider` is where they sign in at
/// a provider instead; `next` is the page to go back to.
@CheckedTemplate(basePath = "accounts")
record RecentProofPage(
        Door door,
        String email,
        boolean hasPasskey,
        Optional<String> provider,
        Optional<String> next,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    static final String TITLE = "Confirm it’s you";
}
