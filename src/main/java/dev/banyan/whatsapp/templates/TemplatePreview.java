package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.whatsapp.drivers.MessageTemplate;

/// A template as contacts see it, with the examples that were given when it was submitted. A placeholder without an
/// example stays as it is.
///
/// @param header its text; what kind of file it is, such as `Image`; or empty
/// @param isFile whether the header is a file
/// @param buttons what is on them
public record TemplatePreview(String header, boolean isFile, String body, String footer, List<String> buttons) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]{1,80}?)\\s*}}");

    public TemplatePreview {
        buttons = List.copyOf(buttons);
    }

    public static TemplatePreview of(MessageTemplate template) {
        boolean isFile = hasFile(template);
        return new TemplatePreview(
                isFile ? words(template.headerKind()) : header(template),
                isFile,
                filled(template.body(), template.examples().body()),
                template.footer(),
                template.buttons().stream().map(MessageTemplate.Button::text).toList());
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
                .map(example -> PLACEHOLDER.matcher(template.header()).replaceAll(Matcher.quoteReplacement(example)))
                .orElse(template.header());
    }

    private static String filled(String text, Map<String, String> examples) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(examples.getOrDefault(match.group(1), match.group())));
    }

    private static String words(String constant) {
        String words = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
