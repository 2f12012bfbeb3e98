package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.platform.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form of a locked link, in the look of its page. It doesn't contain the target.
@CheckedTemplate(basePath = "pages")
record LockedLinkPage(
        PageStyles look,
        Language language,
        String icon,
        String linkId,
        String heading,
        String title,
        String text,
        boolean asksCode,
        String button,
        Optional<String> problem,
        String back,
        String username)
        implements TemplateInstance {}
