package dev.banyan.pages.visitor;

import module java.base;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page shown when a public page doesn't exist or is unavailable.
@CheckedTemplate(basePath = "pages")
record PublicMissingPage(String title, String text, String style, Optional<String> nobody)
        implements TemplateInstance {}
