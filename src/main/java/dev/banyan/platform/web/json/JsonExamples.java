package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.web.json.ApiReferencePage.Field;

/// Turns the schemas of an OpenAPI document into words and examples.
record JsonExamples(JsonNode api, ObjectMapper json) {

    private static final int DEEPEST = 6;

    /// Returns the fields of an object's schema; a list of objects in it is described by its own fields.
    List<Field> fieldsOf(JsonNode schema) {
        List<Field> fields = new ArrayList<>();
        addFields(fields, "", schema, 0);
        return List.copyOf(fields);
    }

    private void addFields(List<Field> fields, String prefix, JsonNode schema, int depth) {
        JsonNode object = resolve(schema);
        object.path("properties").properties().forEach(property -> {
            String name = prefix + property.getKey();
            JsonNode type = resolve(property.getValue());
            boolean list = typeOf(type).equals("array");
            fields.add(new Field(name, typeOf(type), contains(object.path("required"), property.getKey()), rule(type)));
            if (depth < DEEPEST && (list || type.has("properties"))) {
                addFields(fields, name + (list ? "[]." : "."), list ? type.path("items") : type, depth + 1);
            }
        });
    }

    /// Returns the description of a field, and the words that it can have unless that lists them.
    private static String rule(JsonNode type) {
        String description = type.path("description").asText();
        String words = type.path("enum")
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return words.isEmpty() || description.contains("`") ? description : (words + ". " + description).strip();
    }

    private static boolean contains(JsonNode names, String name) {
        for (JsonNode known : names) {
            if (known.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    String typeOf(JsonNode schema) {
        JsonNode type = resolve(schema).path("type");
        return type.isArray() ? type.path(0).asText() : type.asText("object");
    }

    String exampleOf(JsonNode schema) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(example("", schema, 0));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An example cannot be written", failure);
        }
    }

    private JsonNode example(String name, JsonNode schema, int depth) {
        JsonNode resolved = resolve(schema);
        JsonNode own = resolved.path("examples").path(0);
        boolean isTime = resolved.path("format").asText().equals("date-time"); // whose own is long past
        if (!own.isMissingNode() && !isTime) {
            return own;
        }
        return switch (typeOf(resolved)) {
            case "array" -> {
                var list = json.createArrayNode();
                if (depth < DEEPEST) {
                    list.add(example(name, resolved.path("items"), depth + 1));
                }
                yield list;
            }
            case "integer", "number" -> json.getNodeFactory().numberNode(3);
            case "boolean" -> json.getNodeFactory().booleanNode(true);
            case "string" -> json.getNodeFactory().textNode(text(name, resolved));
            default -> {
                ObjectNode object = json.createObjectNode();
                if (depth < DEEPEST) {
                    resolved.path("properties")
                            .properties()
                            .forEach(property -> object.set(
                                    property.getKey(), example(property.getKey(), property.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }

    private static String text(String name, JsonNode schema) {
        if (schema.has("enum")) {
            return schema.path("enum").path(0).asText();
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> "2026-11-20T09:30:00Z";
            case "uuid" -> "01a1f865-03a0-7000-9225-eed296161d7e";
            default -> name.isEmpty() ? "text" : name;
        };
    }

    /// Follows a reference, and takes the first of several alternatives: the others are "or null".
    JsonNode resolve(JsonNode schema) {
        if (schema.has("anyOf")) {
            return resolve(schema.path("anyOf").path(0));
        }
        JsonNode reference = schema.path("$ref");
        return reference.isMissingNode()
                ? schema
                : resolve(api.at(reference.asText().substring(1)));
    }
}
