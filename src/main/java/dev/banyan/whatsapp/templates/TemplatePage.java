package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A template as contacts see it, and a form that sends it to one phone.
///
/// @param untestable why no test can be sent; empty if one can
/// @param unchangeable why it can't be changed here; empty if it can
@CheckedTemplate(basePath = "whatsapp")
record TemplatePage(
        PageFrame shell,
        String id,
        String connection,
        TemplatesPage.Row template,
        TemplatePreview preview,
        List<Choice> numbers,
        List<Value> values,
        Form form,
        FieldErrors errors,
        String untestable,
        String unchangeable)
        implements TemplateInstance {

    /// A value of the template, as it was typed or suggested.
    record Value(String id, String label, String value) {}

    record Form(String from, String to, List<String> values) {
        static final Form EMPTY = new Form("", "", List.of());
    }
}
