package dev.banyan.pages.visitor;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** In place of a page that is not there, or not now. {@code nobody} manages it. */
@CheckedTemplate(basePath = "pages")
record PublicMissingPage(String title, String text, String style, Optional<String> nobody)
        implements TemplateInstance {}
