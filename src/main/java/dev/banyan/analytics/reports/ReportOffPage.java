package dev.banyan.analytics.reports;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that switches a weekly report off, opened from its mail. Opening it changes nothing, because programs open
/// links in mails.
@CheckedTemplate(basePath = "analytics")
record ReportOffPage(Door door, String key, boolean off) implements TemplateInstance {}
