package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A workspace without registration: its users are added by admins.
@CheckedTemplate(basePath = "workspaces")
public record WorkspaceClosedPage(WorkspaceDoor door) implements TemplateInstance {}
