package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Fields;

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

    /// Returns the values of these fields that are present, by the names that are used.
    Map<String, Object> values(Map<String, JsonWithLines> object, Fields<?> wanted) {
        var values = new HashMap<String, Object>();
        for (Field<?, ?> field : wanted.all()) {
            for (String name : field.names()) {
                Optional<?> value = switch (field.shape()) {
                    case TEXT -> text(object, name);
                    case NUMBER -> integer(object, name);
                    case FLAG -> bool(object, name);
                    case TEXTS -> texts(object, name);
                };
                value.ifPresent(found -> values.put(name, found));
            }
        }
        return values;
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
