package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The registration page of a workspace; `query` has the page that they asked for.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceRegisterPage(
        WorkspaceDoor door,
        String query,
        String username,
        String email,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
