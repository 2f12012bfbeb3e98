package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Tells people why their registration doesn't count yet. `name` is the recipient of a new link; `sent` says that one
/// was requested; `mailing` says whether this server sends it.
@CheckedTemplate(basePath = "workspaces")
record RegistrationWaitsPage(
        WorkspaceDoor door, boolean mailed, boolean mailing, String name, boolean sent, Optional<FormProblem> problem)
        implements TemplateInstance {}
