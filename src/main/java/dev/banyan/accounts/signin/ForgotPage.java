package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that requests a code for a new password; `mailing` says whether this server sends it, `query` which page
/// required a sign-in.
@CheckedTemplate(basePath = "accounts")
record ForgotPage(Door door, String email, boolean mailing, Optional<FormProblem> problem, String query)
        implements TemplateInstance {}
