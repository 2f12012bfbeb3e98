package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The templates of a connection's business.
///
/// @param problem why they could not be read; empty if they were
/// @param creatable whether templates can be created here: some drivers have none
@CheckedTemplate(basePath = "whatsapp")
record TemplatesPage(PageFrame shell, String id, String connection, List<Row> rows, String problem, boolean creatable)
        implements TemplateInstance {

    /// @param reason why WhatsApp has rejected it; may be empty
    /// @param tone the color of its status
    record Row(
            String id,
            String name,
            String language,
            String category,
            String status,
            String tone,
            String quality,
            String reason) {

        static Row of(MessageTemplate template) {
            return new Row(
                    template.id(),
                    template.name(),
                    template.language(),
                    words(template.category()),
                    words(template.status()),
                    tone(template),
                    quality(template.quality()),
                    words(template.rejected()));
        }

        private static String tone(MessageTemplate template) {
            return switch (template.status()) {
                case "APPROVED" -> "good";
                case "PENDING", "IN_APPEAL", "FLAGGED", "PAUSED" -> "warn";
                default -> "bad";
            };
        }

        private static String quality(String score) {
            return switch (score) {
                case "GREEN" -> "High";
                case "YELLOW" -> "Medium";
                case "RED" -> "Low";
                default -> "Not rated yet";
            };
        }
    }

    /// Returns a constant of WhatsApp's as words: `TAG_CONTENT_MISMATCH` as “Tag content mismatch”.
    static String words(String constant) {
        String words = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static TemplatesPage of(PageFrame shell, Templates.Found found) {
        return new TemplatesPage(
                shell,
                found.connection().id().toString(),
                found.connection().name(),
                found.templates().stream().map(Row::of).toList(),
                found.problem().orElse(""),
                found.connection().driver().isBusinessPlatform());
    }
}
