package dev.banyan.analytics;

import dev.banyan.platform.Exempt;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** How many came lately: a part of a page, which htmx fetches again and again. */
@Exempt(from = "onlyPagesDraw", because = "is a part of a page, fetched by htmx")
@CheckedTemplate(basePath = "analytics")
record LiveCount(String live, String query) implements TemplateInstance {}
