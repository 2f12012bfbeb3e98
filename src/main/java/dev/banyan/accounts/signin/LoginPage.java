package dev.banyan.accounts.signin;

import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Signing in; {@code next} is the page that asked for it. */
@CheckedTemplate(basePath = "accounts")
record LoginPage(
        Door door, String email, Optional<FormProblem> problem, Optional<String> next, boolean registrationOpen)
        implements TemplateInstance {}
