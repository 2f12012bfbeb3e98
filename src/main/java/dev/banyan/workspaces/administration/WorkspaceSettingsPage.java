package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The last tab of a workspace: its name, address, registration and appearance. `exports` is true for owners.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceSettingsPage(PageFrame shell, WorkspaceHead head, WorkspaceSettingsForm form, boolean exports)
        implements TemplateInstance {}
