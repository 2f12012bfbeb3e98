package dev.banyan.accounts.signin;

import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Choosing a new password with a mailed code; {@code asked} right after one was asked for. */
@CheckedTemplate(basePath = "accounts")
record ResetPasswordPage(
        Door door, String email, String code, boolean asked, FieldErrors errors, Optional<FormProblem> problem)
        implements TemplateInstance {}
