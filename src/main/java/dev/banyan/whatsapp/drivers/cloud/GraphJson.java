package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.MessageShape;

/// Reads what may be missing, null or of another type than expected, without ever failing.
final class GraphJson {

    private GraphJson() {}

    static ObjectNode object() {
        return GatewayHttp.JSON.createObjectNode();
    }

    /// Returns a text or a number as text; empty if it is missing.
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() || value.isNumber() ? value.asText() : "";
    }

    static Optional<String> given(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(text -> !text.isBlank());
    }

    /// Returns the first of these that is there; empty if none is.
    static String first(String... texts) {
        for (String text : texts) {
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /// Reads a time in seconds, which Meta writes as a text or as a number.
    static Optional<Instant> time(JsonNode node, String field) {
        return MessageShape.time(node.path(field));
    }
}
