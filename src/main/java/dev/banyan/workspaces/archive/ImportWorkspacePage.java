package dev.banyan.workspaces.archive;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Uploads an archive and creates a workspace from it. `found` is the result of a dry run.
@CheckedTemplate(basePath = "workspaces")
record ImportWorkspacePage(
        PageFrame shell,
        ProjectHead project,
        String name,
        String largest,
        Optional<String> found,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
