package dev.banyan.workspaces;

import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * Signing in to one workspace; {@code done} is what the page before this one did. A {@code preview} is only looked at, in
 * a frame: it takes no focus.
 */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceLoginPage(
        WorkspaceDoor door,
        String name,
        Optional<String> done,
        Optional<FormProblem> problem,
        boolean registrationOpen,
        boolean preview)
        implements TemplateInstance {}
