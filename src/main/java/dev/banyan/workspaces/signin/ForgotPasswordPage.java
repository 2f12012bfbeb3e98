package dev.banyan.workspaces.signin;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Asks for a link to a new password. {@code asked} says the same whoever was named. */
@CheckedTemplate(basePath = "workspaces")
record ForgotPasswordPage(WorkspaceDoor door, boolean asked, Optional<FormProblem> problem)
        implements TemplateInstance {}
