package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.TemplateDraft.Button;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form of a template, with what contacts will see beside it.
///
/// @param action where the form goes
/// @param kept what can't be changed, if it changes an existing one
@CheckedTemplate(basePath = "whatsapp")
record TemplateFormPage(
        PageFrame shell,
        String id,
        String connection,
        String action,
        Kept kept,
        Content form,
        TemplatePreview preview,
        FieldErrors errors)
        implements TemplateInstance {

    /// @param values the texts of the fields
    record Content(Map<String, String> values, List<Example> examples, boolean headerHasField, List<Row> buttons) {

        static Content of(Map<String, String> values, TemplateDraft draft) {
            return new Content(
                    values,
                    TemplateFormPage.examples(draft),
                    !TemplateDraft.fields(draft.header().text()).isEmpty(),
                    rows(draft.buttons()));
        }

        public List<Choice> kinds() {
            return KINDS;
        }

        public String text(String field) {
            return values.getOrDefault(field, "");
        }

        public boolean isCode() {
            return text("category").equals(TemplateDraft.AUTHENTICATION);
        }

        public boolean hasTextHeader() {
            return text("headerKind").equals("text");
        }

        public boolean hasFileHeader() {
            return !hasTextHeader()
                    && !text("headerKind").isEmpty()
                    && !text("headerKind").equals("none");
        }
    }

    /// @param template WhatsApp's id of the template that is changed; empty: a new one
    /// @param isNameFixed whether it is a translation, or a change
    /// @param isCategoryFixed whether WhatsApp has approved it
    record Kept(String template, boolean isNameFixed, boolean isCategoryFixed) {

        static final Kept NOTHING = new Kept("", false, false);

        public boolean isEdit() {
            return !template.isEmpty();
        }
    }

    /// The example of a field of the body.
    ///
    /// @param title such as `{{1}}`
    record Example(String id, String name, String title, String value) {}

    /// @param place counted from 1
    record Row(int place, Button button) {

        public boolean isUrl() {
            return button.kind().equals("url");
        }

        public boolean isPhone() {
            return button.kind().equals("phone_number");
        }

        public boolean isCode() {
            return button.kind().equals("copy_code");
        }

        /// Returns whether someone writes its text.
        public boolean hasText() {
            return isUrl() || isPhone() || button.kind().equals("quick_reply");
        }

        public boolean hasExample() {
            return isCode() || isUrl() && button.value().contains("{{");
        }
    }

    private static final Button NO_BUTTON = new Button("", "", "", "");
    private static final List<Choice> KINDS = List.of(
            new Choice("", "No button"),
            new Choice("quick_reply", "Quick reply"),
            new Choice("url", "Visit website"),
            new Choice("phone_number", "Call phone number"),
            new Choice("copy_code", "Copy code"));

    static TemplateFormPage of(
            PageFrame shell,
            Connection connection,
            Kept kept,
            Map<String, String> values,
            TemplateDraft draft,
            FieldErrors errors) {
        return new TemplateFormPage(
                shell,
                connection.id().toString(),
                connection.name(),
                "/admin/pools/connections/" + connection.id() + "/templates"
                        + (kept.isEdit() ? "/" + kept.template() + "/edit" : ""),
                kept,
                Content.of(values, draft),
                TemplatePreview.of(draft),
                errors);
    }

    private static List<Example> examples(TemplateDraft draft) {
        List<String> fields = TemplateDraft.fields(draft.body());
        return IntStream.range(0, Math.min(fields.size(), TemplateRules.LONGEST_BODY / 5))
                .mapToObj(i -> new Example(
                        "t-example-" + i,
                        fields.get(i),
                        "{{" + fields.get(i) + "}}",
                        draft.examples().getOrDefault(fields.get(i), "")))
                .toList();
    }

    /// Leaves room for one more.
    private static List<Row> rows(List<Button> buttons) {
        var all = new ArrayList<>(buttons);
        if (all.size() < TemplateRules.MOST_BUTTONS) {
            all.add(NO_BUTTON);
        }
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Row(i + 1, all.get(i)))
                .toList();
    }
}
