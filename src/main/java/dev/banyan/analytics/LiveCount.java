package dev.banyan.analytics;

import dev.banyan.platform.Exempt;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The number of recent visitors, a page fragment refreshed by htmx.
@Exempt(from = "onlyPagesDraw", because = "is a page fragment, fetched by htmx")
@CheckedTemplate(basePath = "analytics")
record LiveCount(String live, String query) implements TemplateInstance {}
