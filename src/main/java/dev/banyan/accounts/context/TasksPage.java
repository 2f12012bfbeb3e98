package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.web.page.LongTask;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The list of what goes on, which pages ask for while there is any.
@CheckedTemplate(basePath = "accounts")
record TasksPage(List<LongTask> tasks) implements TemplateInstance {}
