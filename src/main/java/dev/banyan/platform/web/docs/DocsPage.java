package dev.banyan.platform.web.docs;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;

/// One document.
@CheckedTemplate(basePath = "platform")
record DocsPage(Door door, DocsMenu menu, RawString text) implements TemplateInstance {}
