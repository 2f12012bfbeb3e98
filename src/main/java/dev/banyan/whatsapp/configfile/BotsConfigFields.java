package dev.banyan.whatsapp.configfile;

import module java.base;

/// Reads fields of a `bots-config.json` and collects the errors, each with its line.
final class BotsConfigFields {

    private static final int LONGEST_QUOTE = 80;

    private final List<ConfigConflict> conflicts = new ArrayList<>();

    List<ConfigConflict> conflicts() {
        return List.copyOf(conflicts);
    }

    void conflict(int line, String text) {
        var conflict = new ConfigConflict(line, text);
        if (!conflicts.contains(conflict)) {
            conflicts.add(conflict);
        }
    }

    Optional<String> text(Map<String, JsonWithLines> fields, String name) {
        Optional<JsonWithLines> field = present(fields, name);
        if (field.isPresent() && field.get().asText().isEmpty()) {
            conflict(field.get().line(), name + " must be text");
        }
        return field.flatMap(JsonWithLines::asText);
    }

    Optional<Boolean> bool(Map<String, JsonWithLines> fields, String name) {
        Optional<JsonWithLines> field = present(fields, name);
        if (field.isPresent() && field.get().asBoolean().isEmpty()) {
            conflict(field.get().line(), name + " must be true or false");
        }
        return field.flatMap(JsonWithLines::asBoolean);
    }

    Optional<Integer> integer(Map<String, JsonWithLines> fields, String name) {
        Optional<JsonWithLines> field = present(fields, name);
        if (field.isPresent() && field.get().asInteger().isEmpty()) {
            conflict(field.get().line(), name + " must be a whole number");
        }
        return field.flatMap(JsonWithLines::asInteger);
    }

    Optional<List<String>> texts(Map<String, JsonWithLines> fields, String name) {
        Optional<JsonWithLines> field = present(fields, name);
        Optional<List<String>> texts = field.flatMap(JsonWithLines::asItems)
                .filter(items -> items.stream().allMatch(item -> item.asText().isPresent()))
                .map(items ->
                        items.stream().flatMap(item -> item.asText().stream()).toList());
        if (field.isPresent() && texts.isEmpty()) {
            conflict(field.get().line(), name + " must be a list of texts");
        }
        return texts;
    }

    Optional<Map<String, JsonWithLines>> object(Map<String, JsonWithLines> fields, String name) {
        Optional<JsonWithLines> field = present(fields, name);
        if (field.isPresent() && field.get().asMembers().isEmpty()) {
            conflict(field.get().line(), name + " must be an object");
        }
        return field.flatMap(JsonWithLines::asMembers);
    }

    private static Optional<JsonWithLines> present(Map<String, JsonWithLines> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(field -> !field.isNull());
    }

    static int line(Map<String, JsonWithLines> fields, String name, int otherwise) {
        return Optional.ofNullable(fields.get(name)).map(JsonWithLines::line).orElse(otherwise);
    }

    static String quoted(String text) {
        return "“" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "”";
    }
}
