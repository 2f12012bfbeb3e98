package dev.banyan.whatsapp.campaigns;

import module java.base;

/// A text with fields: `Hello {{name|there}}`. What follows the bar is used where a recipient has no such field.
///
/// @param parts texts and fields in their order
record FieldText(List<Part> parts) {

    sealed interface Part {

        record Plain(String text) implements Part {}

        /// @param name in lower case
        /// @param otherwise empty: there is no default
        record Field(String name, String otherwise) implements Part {}
    }

    private static final Pattern FIELD = Pattern.compile("\\{\\{([^{}|]{1,60})(?:\\|([^{}]{0,500}))?\\}\\}");

    /// How saved replies write a field.
    private static final Pattern BARE = Pattern.compile("\\{[\\p{L}\\p{N}_ -]{1,60}\\}");

    FieldText {
        parts = List.copyOf(parts);
    }

    static FieldText parse(String text) {
        var parts = new ArrayList<Part>();
        Matcher fields = FIELD.matcher(text);
        int at = 0;
        while (fields.find()) {
            if (fields.start() > at) {
                parts.add(new Part.Plain(text.substring(at, fields.start())));
            }
            String otherwise = fields.group(2) == null ? "" : fields.group(2).strip();
            parts.add(new Part.Field(name(fields.group(1)), otherwise));
            at = fields.end();
        }
        if (at < text.length()) {
            parts.add(new Part.Plain(text.substring(at)));
        }
        return new FieldText(parts);
    }

    /// Returns a name as names of fields and columns are compared.
    static String name(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /// @param fields by their names in lower case
    String render(Map<String, String> fields) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Part.Plain(String plain) -> plain;
                        case Part.Field(String name, String otherwise) -> {
                            String value = fields.getOrDefault(name, "");
                            yield value.isBlank() ? otherwise : value;
                        }
                    });
        }
        return text.toString();
    }

    /// Returns what people may take for a field, with its braces.
    Set<String> bare() {
        return parts.stream()
                .filter(Part.Plain.class::isInstance)
                .flatMap(part -> BARE.matcher(((Part.Plain) part).text()).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Returns the fields without a default.
    Set<String> needed() {
        var needed = new LinkedHashSet<String>();
        for (Part part : parts) {
            if (part instanceof Part.Field(String name, String otherwise) && otherwise.isEmpty()) {
                needed.add(name);
            }
        }
        return needed;
    }
}
