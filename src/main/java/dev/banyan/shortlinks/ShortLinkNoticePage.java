package dev.banyan.shortlinks;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Tells a visitor why a short link leads nowhere. */
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkNoticePage(String title, String text, String style) implements TemplateInstance {}
