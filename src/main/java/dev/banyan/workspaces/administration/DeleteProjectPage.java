package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Asks before a project goes, or says why it cannot. */
@CheckedTemplate(basePath = "workspaces")
record DeleteProjectPage(PageFrame shell, ProjectHead project, boolean fragment) implements TemplateInstance {}
