package dev.banyan.shortlinks;

import dev.banyan.platform.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that asks a visitor for the password of a short link; `error` is empty the first time.
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkPasswordPage(Language language, String error, String style) implements TemplateInstance {}
