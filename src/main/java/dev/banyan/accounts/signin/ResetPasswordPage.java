package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that sets a new password with a mailed code; `asked` is true right after one was requested, and `query`
/// says which page required a sign-in.
@CheckedTemplate(basePath = "accounts")
record ResetPasswordPage(
        Door door,
        String email,
        String code,
        boolean asked,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String query)
        implements TemplateInstance {}
