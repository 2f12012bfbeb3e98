package dev.banyan.workspaces;

import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The last tab of a workspace: its name, address, registration and look. */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceSettingsPage(Shell shell, WorkspaceHead head, WorkspaceSettingsForm form) implements TemplateInstance {}
