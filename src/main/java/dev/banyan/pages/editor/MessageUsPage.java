package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The "message us" button of a page. `clicks` is empty while it is off.
@CheckedTemplate(basePath = "pages")
record MessageUsPage(
        PageFrame shell,
        String pageId,
        String pageName,
        List<Choice> pools,
        Form form,
        FieldErrors errors,
        String clicks,
        String whose)
        implements TemplateInstance {

    record Form(boolean on, String pool, String label, String greeting) {}
}
