package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.TemplateDraft;

/// A template as contacts see it, with the examples that were given when it was submitted. A placeholder without an
/// example stays as it is.
///
/// @param header its text; what kind of file it is, such as `Image`; or empty
/// @param buttons what is on them
public record TemplatePreview(String header, boolean isFile, String body, String footer, List<String> buttons) {

    public TemplatePreview {
        buttons = List.copyOf(buttons);
    }

    public static TemplatePreview of(MessageTemplate template) {
        boolean isFile = hasFile(template);
        return new TemplatePreview(
                isFile ? TemplatesPage.words(template.headerKind()) : header(template),
                isFile,
                filled(template.body(), template.examples().body()),
                template.footer(),
                template.buttons().stream().map(MessageTemplate.Button::text).toList());
    }

    /// Returns what someone is writing. The text of authentication templates is WhatsApp's, in their language; this is
    /// in English.
    static TemplatePreview of(TemplateDraft draft) {
        if (draft.isCode()) {
            return new TemplatePreview(
                    "",
                    false,
                    "123456 is your verification code."
                            + (draft.code().advice() ? " For your security, do not share this code." : ""),
                    draft.code().minutes() > 0
                            ? "This code expires in " + draft.code().minutes() + " minutes."
                            : "",
                    List.of("Copy code"));
        }
        TemplateDraft.Header header = draft.header();
        return new TemplatePreview(
                header.isFile()
                        ? TemplatesPage.words(header.kind())
                        : header.kind().equals("none")
                                ? ""
                                : TemplateDraft.filled(header.text(), _ -> header.example()),
                header.isFile(),
                filled(draft.body(), draft.examples()),
                draft.footer(),
                draft.buttons().stream()
                        .map(button -> button.kind().equals("copy_code") ? "Copy code" : button.text())
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    /// Returns whether a template begins with a file, or with a place on the map.
    static boolean hasFile(MessageTemplate template) {
        return switch (template.headerKind()) {
            case "NONE", "TEXT" -> false;
            default -> true;
        };
    }

    /// A header has one placeholder at most.
    private static String header(MessageTemplate template) {
        return template.examples().header().stream()
                .findFirst()
                .map(example -> TemplateDraft.filled(template.header(), _ -> example))
                .orElse(template.header());
    }

    private static String filled(String text, Map<String, String> examples) {
        return TemplateDraft.filled(text, field -> examples.getOrDefault(field, ""));
    }
}
