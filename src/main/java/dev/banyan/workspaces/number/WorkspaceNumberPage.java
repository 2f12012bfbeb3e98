package dev.banyan.workspaces.number;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The WhatsApp number of a workspace.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceNumberPage(AdminFrame frame, NumberPart part) implements TemplateInstance {}
