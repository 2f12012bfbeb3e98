package dev.banyan.analytics;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** How many came lately: a part of a page, which htmx fetches again and again. */
@CheckedTemplate(basePath = "analytics")
record LiveCount(String live, String query) implements TemplateInstance {}
