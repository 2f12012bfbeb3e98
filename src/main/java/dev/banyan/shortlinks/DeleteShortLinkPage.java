package dev.banyan.shortlinks;

import dev.banyan.platform.web.page.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Asks once more before a short link is deleted, as a dialog ({@code fragment}) or on a page of its own. */
@CheckedTemplate(basePath = "shortlinks")
record DeleteShortLinkPage(Shell shell, String id, String address, String clicksText, boolean fragment)
        implements TemplateInstance {}
