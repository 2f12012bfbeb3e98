package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The target of a mailed link: choose a username and a password, or a new password. `fixed` is the username if it
/// can't be chosen; `query` leads on to the page that they asked for.
@CheckedTemplate(basePath = "workspaces")
record MailedLinkPage(
        WorkspaceDoor door,
        String token,
        String query,
        boolean isNew,
        String email,
        Optional<String> fixed,
        String username,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
