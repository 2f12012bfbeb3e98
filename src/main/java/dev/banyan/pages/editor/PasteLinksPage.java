package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for many links at once, and what would be made of them.
///
/// @param button such as "Add 12 links"; empty if nothing can be added
@CheckedTemplate(basePath = "pages")
record PasteLinksPage(
        PageFrame shell,
        String id,
        String pageName,
        String text,
        List<PastedLinks.Line> lines,
        long broken,
        String button,
        String room,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
