package dev.banyan.accounts.brands;

import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The form for a new brand: as a `fragment` only the dialog for htmx, else the same form on a page of its own. `usage`
/// is the sentence under the title. If there is no room, `open` is false and the dialog says what to do instead.
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
