package dev.banyan.pages.visitor;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** What stands before a locked link, drawn like the page that it is on. It does not know where the link leads. */
@CheckedTemplate(basePath = "pages")
record LockedLinkPage(
        PageLook look,
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
