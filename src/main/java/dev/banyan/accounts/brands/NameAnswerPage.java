package dev.banyan.accounts.brands;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Whether a username is available, as htmx shows it under the field during typing.
@CheckedTemplate(basePath = "accounts")
record NameAnswerPage(NameAnswer name) implements TemplateInstance {}
