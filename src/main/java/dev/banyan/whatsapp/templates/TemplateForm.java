package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.TemplateDraft.Button;
import jakarta.ws.rs.FormParam;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// What the form of a template sends. Its examples and buttons are rows of several values.
final class TemplateForm {

    private static final Set<String> LISTS = Set.of("examples", "buttons");

    @FormParam("name")
    String name = "";

    @FormParam("language")
    String language = "";

    @FormParam("category")
    String category = "";

    @FormParam("headerKind")
    String headerKind = "";

    @FormParam("header")
    String header = "";

    @FormParam("headerExample")
    String headerExample = "";

    @FormParam("body")
    String body = "";

    @FormParam("footer")
    String footer = "";

    @FormParam("securityAdvice")
    String securityAdvice = "";

    @FormParam("expiryMinutes")
    String expiryMinutes = "";

    @FormParam("exampleOf")
    List<String> exampleOf = List.of();

    @FormParam("example")
    List<String> example = List.of();

    @FormParam("buttonKind")
    List<String> buttonKind = List.of();

    @FormParam("buttonText")
    List<String> buttonText = List.of();

    @FormParam("buttonValue")
    List<String> buttonValue = List.of();

    @FormParam("buttonExample")
    List<String> buttonExample = List.of();

    /// The example of a header that is a file.
    @RestForm("file")
    @Nullable
    FileUpload file;

    /// The texts of the fields, as they are shown again.
    Map<String, String> typed() {
        Map<String, String> sent = Map.of(
                "name", name,
                "language", language,
                "category", category,
                "headerKind", headerKind,
                "header", header,
                "headerExample", headerExample,
                "body", body,
                "footer", footer,
                "securityAdvice", securityAdvice,
                "expiryMinutes", expiryMinutes);
        return TemplateInput.FIELDS.typed(name -> sent.getOrDefault(name, ""));
    }

    Map<String, String> examples() {
        var examples = new HashMap<String, String>();
        for (int i = 0; i < exampleOf.size(); i++) {
            examples.put(exampleOf.get(i), value(example, i));
        }
        return examples;
    }

    private static String value(List<String> values, int i) {
        return i < values.size() ? values.get(i).strip() : "";
    }

    /// Returns the buttons; rows without a kind are none.
    List<Button> buttons() {
        var buttons = new ArrayList<Button>();
        for (int i = 0; i < buttonKind.size(); i++) {
            if (!buttonKind.get(i).isBlank()) {
                buttons.add(new Button(
                        buttonKind.get(i), value(buttonText, i), value(buttonValue, i), value(buttonExample, i)));
            }
        }
        return buttons;
    }

    Optional<FileUpload> file() {
        return Optional.ofNullable(file)
                .filter(one -> one.fileName() != null && !one.fileName().isEmpty());
    }

    /// Reads the form. Parts that another category or header has are left out: they may still be filled in.
    Outcome<TemplateDraft> read() {
        var texts = new HashMap<>(typed());
        texts.keySet().removeAll(LISTS);
        return TemplateInput.FIELDS.form(texts).map(read -> {
            TemplateDraft.Header header =
                    read.header().kind().equals("none") ? TemplateDraft.Header.NONE : read.header();
            return new TemplateDraft(
                    read.name(),
                    read.language(),
                    read.category(),
                    read.isCode() ? TemplateDraft.Header.NONE : header,
                    read.isCode() ? "" : read.body(),
                    read.isCode() ? Map.of() : examples(),
                    read.isCode() ? "" : read.footer(),
                    read.isCode() ? List.of() : buttons(),
                    read.isCode() ? read.code() : TemplateDraft.Code.NONE);
        });
    }
}
