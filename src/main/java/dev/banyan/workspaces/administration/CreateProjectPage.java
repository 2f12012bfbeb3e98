package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a new project: with `fragment` only the dialog for htmx, else the same form on its own page.
@CheckedTemplate(basePath = "workspaces")
record CreateProjectPage(PageFrame shell, Values values, FieldErrors errors, String idempotencyKey, boolean fragment)
        implements TemplateInstance {

    /// `registration` says whether visitors of its workspaces may register.
    record Values(String name, String description, boolean registration) {
        static final Values EMPTY = new Values("", "", false);
    }
}
