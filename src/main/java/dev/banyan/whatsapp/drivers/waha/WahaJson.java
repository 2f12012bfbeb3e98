package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// Reads WAHA’s JSON, whose fields change with the engine and the version: what is missing, null or of another
/// type is empty.
final class WahaJson {

    private WahaJson() {}

    /// Returns the first of these values that is a text or a number; empty if none is.
    static Optional<String> text(JsonNode... values) {
        return Arrays.stream(values)
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /// Returns the first of these that is there.
    static Optional<JsonNode> object(JsonNode... values) {
        return Stream.of(values).filter(JsonNode::isObject).findFirst();
    }
}
