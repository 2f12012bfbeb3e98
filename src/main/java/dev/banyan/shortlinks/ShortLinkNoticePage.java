package dev.banyan.shortlinks;

import dev.banyan.platform.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that tells a visitor why a short link doesn't redirect.
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkNoticePage(Language language, String title, String text, String style) implements TemplateInstance {}
