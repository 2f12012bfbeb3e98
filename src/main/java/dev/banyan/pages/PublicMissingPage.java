package dev.banyan.pages;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** In place of a page that is not there, or not now. */
@CheckedTemplate(basePath = "pages")
record PublicMissingPage(String title, String text, String style) implements TemplateInstance {}
