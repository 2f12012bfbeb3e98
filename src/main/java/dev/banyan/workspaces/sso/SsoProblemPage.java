package dev.banyan.workspaces.sso;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says why a sign-in at a provider didn’t work.
@CheckedTemplate(basePath = "workspaces")
record SsoProblemPage(WorkspaceDoor door, String heading, String text) implements TemplateInstance {}
