package dev.banyan.platform.web.docs;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The beginning of the documentation: all documents, in groups.
@CheckedTemplate(basePath = "platform")
record DocsStartPage(Door door, DocsMenu menu) implements TemplateInstance {}
