package dev.banyan.analytics;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * Switches a weekly report off, for who comes from its mail. Opening it changes nothing: programs open links in mails.
 */
@CheckedTemplate(basePath = "analytics")
record ReportOffPage(Door door, String key, boolean off) implements TemplateInstance {}
