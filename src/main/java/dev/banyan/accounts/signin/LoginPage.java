package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The sign-in page; `next` is the page that required the sign-in, and `query` the same for those who register first.
@CheckedTemplate(basePath = "accounts")
record LoginPage(
        Door door,
        String email,
        Optional<FormProblem> problem,
        Optional<String> next,
        String query,
        boolean registrationOpen)
        implements TemplateInstance {}
