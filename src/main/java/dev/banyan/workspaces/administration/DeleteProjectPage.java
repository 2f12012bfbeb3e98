package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks to confirm that a project is deleted, or says why it can't be.
@CheckedTemplate(basePath = "workspaces")
record DeleteProjectPage(PageFrame shell, ProjectHead project, boolean fragment) implements TemplateInstance {}
