package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The JSON of a fake gateway, and the answers that it writes.
final class FakeJson {

    static final ObjectMapper JSON = new ObjectMapper();

    /// An answer of the server.
    record Answer(int status, String type, byte[] body) {

        static Answer json(int status, JsonNode body) {
            return new Answer(status, "application/json; charset=utf-8", bytes(body));
        }

        /// A GET, PUT or DELETE that was done.
        static Answer ok(JsonNode body) {
            return json(200, body);
        }

        /// A POST that was done.
        static Answer created(JsonNode body) {
            return json(201, body);
        }

        static Answer error(int status, String message, String error) {
            return json(
                    status, object().put("message", message).put("error", error).put("statusCode", status));
        }
    }

    /// Ends a request with an error.
    static final class Refused extends RuntimeException {

        final transient Answer answer;

        Refused(Answer answer) {
            this.answer = answer;
        }
    }

    private FakeJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// Builds a tree of maps, lists and values.
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static ObjectNode object(Map<String, ?> fields) {
        return JSON.valueToTree(fields);
    }

    static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? object() : JSON.readTree(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Refused unprocessable(String message) {
        return new Refused(Answer.error(422, message, "Unprocessable Entity"));
    }

    static Refused notFound(String message) {
        return new Refused(Answer.error(404, message, "Not Found"));
    }

    static Refused badRequest(String message) {
        var body = object().put("statusCode", 400).put("error", "Bad Request");
        body.putArray("message").add(message);
        return new Refused(Answer.json(400, body));
    }
}
