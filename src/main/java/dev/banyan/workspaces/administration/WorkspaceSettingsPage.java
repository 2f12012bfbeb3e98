package dev.banyan.workspaces.administration;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The settings of a workspace: its name, address, registration and appearance. `exports` is true for owners of the
/// account.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceSettingsPage(AdminFrame frame, WorkspaceSettingsForm form, boolean exports)
        implements TemplateInstance {}
