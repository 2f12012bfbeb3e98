package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a new brand: as a `fragment` only the dialog for htmx, else the same form on a page of its own. `usage`
/// is the sentence under the title. If there is no room, `open` is false and the dialog says what to do instead.
@CheckedTemplate(basePath = "accounts")
record CreateSubAccountPage(
        PageFrame shell,
        String usage,
        boolean open,
        Values values,
        List<Starts> starts,
        NameAnswer name,
        FieldErrors errors,
        Optional<FormProblem> problem,
        PackUpgrade upgrade,
        String idempotencyKey,
        String publicHost,
        boolean fragment)
        implements TemplateInstance {

    /// @param start what it begins with: `page`, `none`, `template:` with an id, or `brand:` with a username
    record Values(String username, String displayName, String email, String bio, String start, String derived) {}

    /// Things to begin with under a heading; empty for the first ones.
    record Starts(String heading, List<Choice> choices) {}
}
