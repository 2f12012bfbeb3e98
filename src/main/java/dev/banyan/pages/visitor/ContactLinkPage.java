package dev.banyan.pages.visitor;

import dev.banyan.platform.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The way from a link to an app: a call, a message or an email. `url` is an address that was validated.
@CheckedTemplate(basePath = "pages")
record ContactLinkPage(
        PageStyles look,
        Language language,
        String icon,
        String title,
        String shown,
        String url,
        String verb,
        String back,
        String username)
        implements TemplateInstance {}
