package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The form for a new workspace: with `fragment` only the dialog for htmx, else the same form on its own page. `usage`
/// is the sentence under the title.
@CheckedTemplate(basePath = "workspaces")
record CreateWorkspacePage(
        PageFrame shell,
        ProjectHead project,
        String usage,
        Values values,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        boolean fragment)
        implements TemplateInstance {

    record Values(String name, String description) {
        static final Values EMPTY = new Values("", "");
    }
}
