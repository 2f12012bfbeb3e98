package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;

/// The shape of an object in a contract: exactly these fields, each of its type. `bio:text?` may be null; other fields
/// may not.
public final class JsonShape {

    private final String[] fields;

    private JsonShape(String... fields) {
        this.fields = fields;
    }

    /// @param fields names with `text`, `date`, `uuid`, `flag`, `whole` (a number), `list`, `texts` or `object`
    public static JsonShape of(String... fields) {
        return new JsonShape(fields);
    }

    public void assertFits(JsonNode object) {
        assertThat(TestClient.keys(object))
                .as("%s", object)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(fields)
                        .map(field -> field.substring(0, field.indexOf(':')))
                        .toList());
        for (String field : fields) {
            String name = field.substring(0, field.indexOf(':'));
            String type = field.substring(field.indexOf(':') + 1);
            JsonNode value = object.path(name);
            if (!(type.endsWith("?") && value.isNull())) {
                assertThat(isOf(type.replace("?", ""), value))
                        .as("%s in %s", field, object)
                        .isTrue();
            }
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "text" -> value.isTextual();
            case "uuid" -> value.asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            case "date" ->
                value.isTextual()
                        && value.asText().endsWith("Z")
                        && Instant.parse(value.asText()).isAfter(Instant.EPOCH);
            case "flag" -> value.isBoolean();
            case "whole" -> value.isIntegralNumber();
            case "list" -> value.isArray();
            case "texts" -> value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException(type);
        };
    }
}
