package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Validates against `docs/bots-config.schema.json`, with the subset of JSON Schema that it uses. Other keywords are
/// errors.
public final class ConfigSchema {

    private static final Set<String> WORDS = Set.of(
            "$schema",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength");

    private final JsonNode root;

    public ConfigSchema() {
        try {
            this.root = new ObjectMapper().readTree(Files.readString(Path.of("docs/bots-config.schema.json")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the errors of a file, each with its path.
    public List<String> broken(JsonNode file) {
        var broken = new ArrayList<String>();
        check(root, file, "", broken);
        return broken;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> broken) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!WORDS.contains(word)) {
                throw new AssertionError("The schema says “" + word + "”, which nobody checks");
            }
        });
        if (schema.has("$ref")) {
            check(root.at(schema.get("$ref").asText().substring(1)), value, path, broken);
            return;
        }
        if (schema.has("enum") && texts(schema.get("enum")).noneMatch(value.asText()::equals)) {
            broken.add(path + " is " + value);
        }
        if (schema.has("type") && types(schema.get("type")).noneMatch(type -> is(type, value))) {
            broken.add(path + " is no " + schema.get("type"));
            return;
        }
        if (value.isTextual()) {
            int length = value.asText().codePointCount(0, value.asText().length());
            if (length < schema.path("minLength").asInt(0)
                    || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)
                    || !value.asText().matches(schema.path("pattern").asText("(?s).*"))) {
                broken.add(path + " is " + value);
            }
        }
        if (value.isNumber()
                && (value.asLong() < schema.path("minimum").asLong(Long.MIN_VALUE)
                        || value.asLong() > schema.path("maximum").asLong(Long.MAX_VALUE))) {
            broken.add(path + " is " + value);
        }
        texts(schema.path("required"))
                .filter(name -> !value.has(name))
                .forEach(name -> broken.add(path + "/" + name + " is missing"));
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.get("items"), value.get(i), path + "/" + i, broken);
            }
        }
        if (value.isObject()) {
            value.properties().forEach(field -> {
                JsonNode of = schema.path("properties").has(field.getKey())
                        ? schema.path("properties").get(field.getKey())
                        : schema.path("additionalProperties");
                if (!of.isMissingNode()) {
                    check(of, field.getValue(), path + "/" + field.getKey(), broken);
                }
            });
        }
    }

    private static Stream<String> types(JsonNode type) {
        return type.isArray() ? texts(type) : Stream.of(type.asText());
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("The schema has a type “" + type + "”, which nobody checks");
        };
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }
}
