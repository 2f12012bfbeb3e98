package dev.banyan.workspaces;

import dev.banyan.platform.web.page.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Asks before a project goes, or says why it cannot. */
@CheckedTemplate(basePath = "workspaces")
record DeleteProjectPage(Shell shell, ProjectHead project, boolean fragment) implements TemplateInstance {}
