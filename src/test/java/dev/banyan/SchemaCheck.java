package dev.banyan;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// Compares JSON with schemas of `/openapi.json`, or of events: fields that must be there, types, words of enumerations
/// and formats.
public final class SchemaCheck {

    private final JsonNode api;
    private final Set<String> problems = new TreeSet<>();

    public SchemaCheck(JsonNode api) {
        this.api = api;
    }

    public Set<String> problems(JsonNode schema, JsonNode value) {
        check(schema, value, "");
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            check(api.at(reference.substring(1)), value, reference.substring(reference.lastIndexOf('/') + 1));
            return;
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                boolean fits = schema.path(choice)
                        .valueStream()
                        .anyMatch(
                                one -> new SchemaCheck(api).problems(one, value).isEmpty());
                if (!fits) {
                    problems.add(at + " is none of its kinds: " + value);
                }
                return;
            }
        }
        List<String> types = schema.path("type").isArray()
                ? schema.path("type").valueStream().map(JsonNode::asText).toList()
                : schema.path("type").isTextual() ? List.of(schema.path("type").asText()) : List.of();
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            problems.add(at + " is not " + types + ": " + value);
            return;
        }
        if (value.isObject()) {
            schema.path("required").forEach(field -> {
                if (!value.has(field.asText())) {
                    problems.add(at + " lacks " + field.asText());
                }
            });
            value.properties().forEach(field -> {
                JsonNode known = schema.path("properties").path(field.getKey());
                JsonNode other = schema.path("additionalProperties");
                if (known.isObject()) {
                    check(known, field.getValue(), at + "." + field.getKey());
                } else if (other.isObject()) {
                    check(other, field.getValue(), at + ".*");
                }
            });
        } else if (value.isArray() && schema.has("items")) {
            value.forEach(item -> check(schema.path("items"), item, at + "[]"));
        } else if (schema.has("enum")
                && !value.asText().startsWith("<")
                && schema.path("enum").valueStream().noneMatch(value::equals)) {
            problems.add(at + " is no word of its enumeration: " + value);
        } else if (value.isTextual() && !value.asText().contains("<") && !hasFormat(schema, value.asText())) {
            problems.add(at + " is no " + schema.path("format").asText() + ": " + value);
        }
    }

    private static boolean hasFormat(JsonNode schema, String text) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            case "date-time" -> text.matches("[+]?\\d{4,6}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
            case "date" -> text.matches("\\d{4}-\\d\\d-\\d\\d");
            case "email" -> text.matches("[^@ ]+@[^@ ]+");
            case "uri" -> text.matches("[a-z]+:[^ ]+");
            case "" -> true;
            default -> throw new AssertionError(schema);
        };
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new AssertionError(type);
        };
    }
}
