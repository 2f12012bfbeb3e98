package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks for the email or the account by which the provider is found.
@CheckedTemplate(basePath = "accounts")
record ProviderPage(Door door, String email, Optional<FormProblem> problem) implements TemplateInstance {}
