package dev.banyan.workspaces;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A workspace that people are added to, and do not register in. */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceClosedPage(WorkspaceDoor door) implements TemplateInstance {}
