package dev.banyan.shortlinks;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The confirmation before a short link is deleted, as a dialog (`fragment`) or on a page of its own.
@CheckedTemplate(basePath = "shortlinks")
record DeleteShortLinkPage(PageFrame shell, String id, String address, String clicksText, boolean fragment)
        implements TemplateInstance {}
