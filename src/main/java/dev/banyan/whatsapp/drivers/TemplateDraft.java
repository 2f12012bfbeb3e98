package dev.banyan.whatsapp.drivers;

import module java.base;

/// A template as someone wants it. Authentication templates have a code only: WhatsApp writes their text.
///
/// @param category `marketing`, `utility` or `authentication`
/// @param body its text with fields: `{{1}}`, or `{{name}}`
/// @param examples of the fields of the body, by their names
/// @param footer may be empty
public record TemplateDraft(
        String name,
        String language,
        String category,
        Header header,
        String body,
        Map<String, String> examples,
        String footer,
        List<Button> buttons,
        Code code) {

    public static final String AUTHENTICATION = "authentication";

    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([^{}]{1,80}?)\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /// What a template begins with.
    ///
    /// @param kind `none`, `text`, `image`, `video` or `document`
    /// @param text may contain one field
    /// @param example of the field, or what [GatewayTemplates#upload] has called the example of the file
    public record Header(String kind, String text, String example) {

        public static final Header NONE = new Header("none", "", "");

        public boolean isFile() {
            return !kind.equals("none") && !kind.equals("text");
        }
    }

    /// @param kind `quick_reply`, `url`, `phone_number` or `copy_code`
    /// @param text on it; WhatsApp writes that of `copy_code`
    /// @param value the address, which may end with a field, or the phone number
    /// @param example of the field, or of the code
    public record Button(String kind, String text, String value, String example) {}

    /// @param advice whether people are told to keep the code to themselves
    /// @param minutes after which people are told that the code expires; 0: not
    public record Code(boolean advice, int minutes) {

        public static final Code NONE = new Code(false, 0);
    }

    public TemplateDraft {
        examples = Map.copyOf(examples);
        buttons = List.copyOf(buttons);
    }

    /// Returns an existing template. The example of a header that is a file is left out: WhatsApp doesn't give it back.
    public static TemplateDraft of(MessageTemplate template) {
        String kind = template.headerKind().toLowerCase(Locale.ROOT);
        String category = template.category().toLowerCase(Locale.ROOT);
        boolean isCode = category.equals(AUTHENTICATION);
        return new TemplateDraft(
                template.name(),
                template.language(),
                category,
                isCode
                        ? Header.NONE
                        : new Header(
                                kind,
                                template.header(),
                                template.examples().header().stream()
                                        .findFirst()
                                        .orElse("")),
                isCode ? "" : template.body(),
                isCode ? Map.of() : template.examples().body(),
                isCode ? "" : template.footer(),
                isCode
                        ? List.of()
                        : template.buttons().stream().map(TemplateDraft::button).toList(),
                template.code());
    }

    private static Button button(MessageTemplate.Button button) {
        return new Button(button.kind().toLowerCase(Locale.ROOT), button.text(), button.value(), button.example());
    }

    public boolean isCode() {
        return category.equals(AUTHENTICATION);
    }

    /// Returns the fields of a text as it has them, each once.
    public static List<String> fields(String text) {
        return FIELD.matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /// Returns the text with its fields replaced.
    ///
    /// @param values asked for by the name of the field; an empty text leaves the field as it is
    public static String filled(String text, UnaryOperator<String> values) {
        return FIELD.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(Optional.of(values.apply(match.group(1)))
                        .filter(value -> !value.isEmpty())
                        .orElseGet(match::group)));
    }

    public static boolean isNumber(String field) {
        return NUMBER.matcher(field).matches();
    }

    /// Returns whether its fields have names, not numbers.
    public boolean isNamed() {
        return Stream.concat(fields(header.text()).stream(), fields(body).stream())
                .anyMatch(field -> !isNumber(field));
    }
}
