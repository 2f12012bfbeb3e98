package dev.banyan.platform.web.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A small notice with one link, such as that an e-mail is confirmed.
@CheckedTemplate(basePath = "platform")
public record MessagePage(Door door, String title, String text, String link, String linkLabel)
        implements TemplateInstance {}
