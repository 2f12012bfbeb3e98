package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A workspace that people are added to, and do not register in. */
@CheckedTemplate(basePath = "workspaces")
public record WorkspaceClosedPage(WorkspaceDoor door) implements TemplateInstance {}
