package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Name, address and description of a workspace. `back` is the page that opened the form.
@CheckedTemplate(basePath = "workspaces")
record EditWorkspacePage(
        PageFrame shell,
        ProjectHead project,
        String id,
        String name,
        String shortId,
        Values values,
        FieldErrors errors,
        String back,
        boolean fragment)
        implements TemplateInstance {

    record Values(String name, String description, String pathname) {}
}
