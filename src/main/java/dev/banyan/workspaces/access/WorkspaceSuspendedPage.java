package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A workspace that is suspended.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceSuspendedPage(WorkspaceDoor door) implements TemplateInstance {}
