package dev.banyan.workspaces.signin;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * Signing in to one workspace; {@code done} is what the page before this one did. A {@code preview} is only looked at, in
 * a frame: it takes no focus.
 */
@CheckedTemplate(basePath = "workspaces")
public record WorkspaceLoginPage(
        WorkspaceDoor door,
        String name,
        Optional<String> done,
        Optional<FormProblem> problem,
        boolean registrationOpen,
        boolean preview)
        implements TemplateInstance {}
