package dev.banyan.accounts.webhooks;

import module java.base;
import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The events of webhooks, for people who write programs.
@CheckedTemplate(basePath = "accounts")
record EventsPage(Door door, List<Row> rows) implements TemplateInstance {

    record Row(String name, String description, List<Field> fields) {}

    record Field(String name, String text) {}
}
