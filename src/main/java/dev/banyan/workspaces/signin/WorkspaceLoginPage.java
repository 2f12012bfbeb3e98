package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The sign-in page of a workspace; `done` is the result of the previous page, `provider` the name of the one where
/// people sign in, `next` the page that they asked for, and `query` the same for other ways in. A `preview` is shown in
/// a frame and takes no focus.
@CheckedTemplate(basePath = "workspaces")
public record WorkspaceLoginPage(
        WorkspaceDoor door,
        String name,
        Optional<String> done,
        Optional<FormProblem> problem,
        boolean registrationOpen,
        Optional<String> provider,
        Optional<String> next,
        String query,
        boolean preview)
        implements TemplateInstance {}
