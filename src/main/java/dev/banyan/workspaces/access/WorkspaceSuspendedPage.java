package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A workspace that nobody can enter for the time being. */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceSuspendedPage(WorkspaceDoor door) implements TemplateInstance {}
