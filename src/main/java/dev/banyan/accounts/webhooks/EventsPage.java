package dev.banyan.accounts.webhooks;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The events of webhooks, for people who write programs.
@CheckedTemplate(basePath = "accounts")
record EventsPage(Door door, List<Row> rows) implements TemplateInstance {

    record Row(String name, String description, List<Field> fields) {}

    record Field(String name, String text) {}
}
