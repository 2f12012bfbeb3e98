package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// Creates the first operator of a new server, who proves with the token from the log that they own it.
@CheckedTemplate(basePath = "accounts")
record SetupPage(Door door, String token, String email, FieldErrors errors, Optional<FormProblem> problem)
        implements TemplateInstance {}
