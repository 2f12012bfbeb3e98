package dev.banyan.workspaces.archive;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Takes an archive and makes a new workspace of it. {@code found} is what a trial found in it. */
@CheckedTemplate(basePath = "workspaces")
record ImportWorkspacePage(
        PageFrame shell,
        ProjectHead project,
        String name,
        String largest,
        Optional<String> found,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
