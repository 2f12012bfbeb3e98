package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A new identity with its root account; `publicHost` is shown before the username; `emailHelp` says
/// what the email is for; `query` has the page that they asked for.
@CheckedTemplate(basePath = "accounts")
record RegisterPage(
        Door door,
        String query,
        String email,
        String username,
        String publicHost,
        String emailHelp,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
