package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Messages in WhatsApp's own form, as the gateway passes them on.
final class FakeMessages {

    private FakeMessages() {}

    static ObjectNode json() {
        return FakeAnswer.JSON.createObjectNode();
    }

    static ObjectNode text(String text) {
        ObjectNode message = json().put("conversation", text);
        message.putObject("messageContextInfo");
        return message;
    }

    static ObjectNode incoming(FakeInstance instance, JsonNode key, String name, Instant at, ObjectNode message) {
        ObjectNode record = json();
        record.set("key", key);
        record.put("pushName", name).put("status", "DELIVERY_ACK");
        record.set("message", message);
        record.putNull("contextInfo");
        return record.put("messageType", type(message))
                .put("messageTimestamp", at.getEpochSecond())
                .put("instanceId", instance.id())
                .put("source", "android");
    }

    static ObjectNode outgoing(FakeInstance instance, String id, String to, Instant at, ObjectNode message) {
        ObjectNode record = json();
        record.putObject("key").put("remoteJid", to).put("fromMe", true).put("id", id);
        record.put("pushName", "Você").put("status", "PENDING");
        record.set("message", message);
        record.putNull("contextInfo");
        return record.put("messageType", type(message))
                .put("messageTimestamp", at.getEpochSecond())
                .put("instanceId", instance.id())
                .put("source", "web");
    }

    static ObjectNode update(FakeInstance instance, JsonNode message, String status) {
        return json().put("keyId", message.path("key").path("id").asText())
                .put("remoteJid", message.path("key").path("remoteJid").asText())
                .put("fromMe", message.path("key").path("fromMe").asBoolean())
                .putNull("participant")
                .put("status", status)
                .put("instanceId", instance.id())
                .put("messageId", "cm" + message.path("key").path("id").asText());
    }

    static ObjectNode stub(String id, String to) {
        ObjectNode record = json();
        record.putObject("key").put("id", id).put("remoteJid", to).put("fromMe", true);
        return record;
    }

    static ObjectNode stubKey(String id, String from) {
        return json().put("id", id).put("remoteJid", from).put("fromMe", false);
    }

    private static String type(JsonNode message) {
        return message.fieldNames().hasNext() ? message.fieldNames().next() : "unknown";
    }
}
