package dev.banyan.whatsapp.drivers.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// An answer of the fake, in the envelopes of Evolution API.
record FakeAnswer(int status, JsonNode body) {

    static final ObjectMapper JSON = new ObjectMapper();

    /// Ends a request with an error.
    static final class Refusal extends RuntimeException {

        private final transient FakeAnswer answer;

        Refusal(FakeAnswer answer) {
            super("HTTP " + answer.status(), null, false, false);
            this.answer = answer;
        }

        FakeAnswer answer() {
            return answer;
        }
    }

    static FakeAnswer ok(Object body) {
        return new FakeAnswer(200, JSON.valueToTree(body));
    }

    static FakeAnswer created(Object body) {
        return new FakeAnswer(201, JSON.valueToTree(body));
    }

    static FakeAnswer error(int status, Object message) {
        ObjectNode body = JSON.createObjectNode().put("status", status).put("error", title(status));
        if (status == 401) {
            body.putObject("response").put("message", "Unauthorized");
        } else {
            body.putObject("response").putArray("message").addPOJO(JSON.valueToTree(message));
        }
        return new FakeAnswer(status, JSON.valueToTree(body));
    }

    static Refusal refuse(int status, Object message) {
        return new Refusal(error(status, message));
    }

    /// Two routes catch their own errors and answer with HTTP 200.
    static FakeAnswer trap() {
        return ok(JSON.createObjectNode().put("error", true).put("message", "[object Object]"));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            default -> "Internal Server Error";
        };
    }
}
