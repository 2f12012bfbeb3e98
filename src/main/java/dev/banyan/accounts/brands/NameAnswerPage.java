package dev.banyan.accounts.brands;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Whether a username is free, as htmx puts it under the field while one types. */
@CheckedTemplate(basePath = "accounts")
record NameAnswerPage(NameAnswer name) implements TemplateInstance {}
