package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// @param headers beside the type
record FakeResponse(int status, String type, byte[] body, Map<String, String> headers) {

    FakeResponse(int status, String json) {
        this(status, "application/json; charset=UTF-8", json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static FakeResponse ok(JsonNode json) {
        return new FakeResponse(200, json.toString());
    }

    static FakeResponse success() {
        return ok(GraphJson.object().put("success", true));
    }

    static FakeResponse file(String type, byte[] bytes) {
        return new FakeResponse(200, type, bytes, Map.of());
    }

    static FakeResponse moved(String location) {
        return new FakeResponse(302, "text/html", new byte[0], Map.of("Location", location));
    }
}
