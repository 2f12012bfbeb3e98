package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.platform.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page shown when a public page doesn't exist or is unavailable.
///
/// @param isSigned whether it says which server this is
@CheckedTemplate(basePath = "pages")
record PublicMissingPage(
        Language language, String title, String text, String style, boolean isSigned, Optional<String> nobody)
        implements TemplateInstance {}
