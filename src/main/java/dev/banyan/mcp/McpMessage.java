package dev.banyan.mcp;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/// What a client sent, as far as it can be read.
///
/// @param id empty for notifications, which get no answer
/// @param method empty for the answer of a client, of which we ask nothing
record McpMessage(Optional<JsonNode> id, Optional<String> method, JsonNode params, Optional<McpError> error) {

    /// @param code of JSON-RPC
    record McpError(int code, String message) {}

    static McpMessage read(ObjectMapper json, byte[] body) {
        JsonNode sent;
        try {
            sent = json.readTree(body);
        } catch (IOException _) {
            return failed(-32_700, "The body is not valid JSON");
        }
        if (!sent.isObject() || !sent.path("jsonrpc").asText().equals("2.0")) {
            return failed(-32_600, "Send one JSON-RPC 2.0 message");
        }
        JsonNode id = sent.path("id");
        JsonNode method = sent.path("method");
        boolean isAnswer = sent.has("result") || sent.has("error");
        if (!(method.isTextual() || isAnswer) || sent.has("id") && !id.isTextual() && !id.isIntegralNumber()) {
            return failed(-32_600, "The message needs a method, and an id that is a text or a number");
        }
        return new McpMessage(
                sent.has("id") && !isAnswer ? Optional.of(id) : Optional.empty(),
                method.isTextual() ? Optional.of(method.asText()) : Optional.empty(),
                sent.path("params"),
                Optional.empty());
    }

    private static McpMessage failed(int code, String message) {
        return new McpMessage(
                Optional.empty(),
                Optional.empty(),
                MissingNode.getInstance(),
                Optional.of(new McpError(code, message)));
    }

    boolean calls(String name) {
        return id.isPresent() && method.equals(Optional.of(name));
    }
}
