package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that requests a password reset link. `asked` shows the same answer for every name; `query` leads on to the
/// page that they asked for.
@CheckedTemplate(basePath = "workspaces")
record ForgotPasswordPage(
        WorkspaceDoor door, String query, boolean asked, boolean mailing, Optional<FormProblem> problem)
        implements TemplateInstance {}
