package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.web.docs.DocumentSearch.Found;
import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What a search of the documentation found.
@CheckedTemplate(basePath = "platform")
record DocsSearchPage(Door door, DocsMenu menu, List<Found> found) implements TemplateInstance {}
