package dev.banyan.platform;

import module java.base;

/// Fills placeholders of a text in one pass: what a value brings is never read as a placeholder itself. Several
/// `String.replace` in a row would expand what people type.
public final class FilledText {

    private FilledText() {}

    /// @param values by placeholder, such as `{name}`; longer placeholders win
    public static String of(String template, Map<String, String> values) {
        return of(template, values, UnaryOperator.identity());
    }

    /// @param escape makes a value harmless where it is put
    public static String of(String template, Map<String, String> values, UnaryOperator<String> escape) {
        if (values.isEmpty()) {
            return template;
        }
        String any = values.keySet().stream()
                .sorted((one, other) -> other.length() - one.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(any)
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(escape.apply(values.getOrDefault(found.group(), ""))));
    }
}
