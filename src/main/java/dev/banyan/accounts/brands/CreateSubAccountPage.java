package dev.banyan.accounts.brands;

import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * The form for a new brand: as a {@code fragment} only the dialog for htmx, else the same form on a page of its own.
 * {@code usage} is the sentence under the title. Where there is no room, {@code open} is false and the dialog says what to
 * do instead of asking.
 */
@CheckedTemplate(basePath = "accounts")
record CreateSubAccountPage(
        PageFrame shell,
        String usage,
        boolean open,
        Values values,
        NameAnswer name,
        FieldErrors errors,
        Optional<FormProblem> problem,
        PackUpgrade upgrade,
        String idempotencyKey,
        String publicHost,
        boolean fragment)
        implements TemplateInstance {

    record Values(String username, String displayName, String email, String bio) {}
}
