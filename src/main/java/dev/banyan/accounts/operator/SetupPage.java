package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Creates the first operator of a new server and their account. They prove with the token of the link, which the
/// server printed, that they own it.
@CheckedTemplate(basePath = "accounts")
record SetupPage(
        Door door,
        String token,
        String name,
        String username,
        String email,
        String publicHost,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
