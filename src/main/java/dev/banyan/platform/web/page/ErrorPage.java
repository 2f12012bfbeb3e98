package dev.banyan.platform.web.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What went wrong, what to do now, and what support needs; `time` names its zone.
@CheckedTemplate(basePath = "platform")
public record ErrorPage(
        Door door, int status, String title, String text, String requestId, String time, String link, String linkLabel)
        implements TemplateInstance {}
