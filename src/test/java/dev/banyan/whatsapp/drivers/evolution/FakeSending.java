package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Sent;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;

/// The routes that send messages, with their checks.
final class FakeSending {

    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("sendText", List.of("number", "text")),
            Map.entry("sendMedia", List.of("number", "mediatype", "media")),
            Map.entry("sendWhatsAppAudio", List.of("number", "audio")),
            Map.entry("sendPtv", List.of("number", "video")),
            Map.entry("sendSticker", List.of("number", "sticker")),
            Map.entry("sendLocation", List.of("number", "name", "address", "latitude", "longitude")),
            Map.entry("sendContact", List.of("number", "contact")),
            Map.entry("sendReaction", List.of("key", "reaction")),
            Map.entry("sendPoll", List.of("number", "name", "selectableCount", "values")),
            Map.entry("sendList", List.of("number", "title", "footerText", "buttonText", "sections")),
            Map.entry("sendButtons", List.of("number", "title", "buttons")),
            Map.entry("sendStatus", List.of("type", "content")));

    private static final Set<String> MEDIA = Set.of("image", "video", "document", "audio");
    private static final Set<String> OWN_IDS = Set.of("sendText", "sendMedia", "sendPtv", "sendSticker", "sendPoll");

    private final FakeEvolution server;

    FakeSending(FakeEvolution server) {
        this.server = server;
    }

    FakeAnswer send(FakeInstance instance, String action, JsonNode body) {
        check(action, body);
        String to = address(
                action.equals("sendReaction")
                        ? body.path("key").path("remoteJid").asText()
                        : body.path("number").asText());
        String digits = to.substring(0, to.indexOf('@'));
        if (server.isStranger(digits)) {
            throw FakeAnswer.refuse(
                    400,
                    FakeAnswer.JSON
                            .createObjectNode()
                            .put("jid", to)
                            .put("exists", false)
                            .put("number", digits));
        }
        switch (instance.frozen()) {
            case HANGS -> server.hang();
            case CLOSED -> throw FakeAnswer.refuse(400, "Error: Connection Closed");
            case NO, SWALLOWS -> {
                // It is accepted.
            }
        }
        if (!instance.isOpen()) {
            throw FakeAnswer.refuse(400, "Error: Connection Closed");
        }
        server.delay(body.path("delay").asInt(0));
        return FakeAnswer.created(accept(instance, action, to, body));
    }

    private static void check(String action, JsonNode body) {
        if (!REQUIRED.containsKey(action)) {
            throw FakeAnswer.refuse(404, "Cannot POST /message/" + action);
        }
        for (String field : REQUIRED.get(action)) {
            if (body.path(field).isMissingNode()) {
                throw FakeAnswer.refuse(400, "instance requires property \"" + field + "\"");
            }
        }
        for (String field : List.of("number", "text", "media", "audio", "sticker", "mimetype", "name", "address")) {
            if (body.has(field) && !body.path(field).isTextual()) {
                throw FakeAnswer.refuse(400, "instance." + field + " is not of a type(s) string");
            }
        }
        if (action.equals("sendMedia") && !MEDIA.contains(body.path("mediatype").asText())) {
            throw FakeAnswer.refuse(400, "instance.mediatype is not one of enum values");
        }
        if (action.equals("sendText") && body.path("text").asText().isBlank()) {
            throw FakeAnswer.refuse(400, "Text is required");
        }
        if (action.equals("sendReaction") && !body.path("key").path("fromMe").isBoolean()) {
            throw FakeAnswer.refuse(400, "instance.key requires property \"fromMe\"");
        }
    }

    static String address(String number) {
        if (number.contains("@")) {
            return number;
        }
        String digits = number.replaceAll("\\D", "");
        return digits.length() >= 18 ? digits + "@g.us" : digits + "@s.whatsapp.net";
    }

    private ObjectNode accept(FakeInstance instance, String action, String to, JsonNode body) {
        boolean isOwn = server.version() == Version.V2_4_0 && OWN_IDS.contains(action);
        String id = isOwn && body.has("messageId")
                ? body.path("messageId").asText()
                : String.format("3EB0%016X", server.nextNumber());
        ObjectNode record = FakeMessages.outgoing(instance, id, to, server.now(), message(action, body));
        server.add(new Sent(instance.name(), action, to, id, body));
        synchronized (instance.messages) {
            instance.messages.add(record);
        }
        if (instance.frozen() == FakeInstance.Frozen.SWALLOWS) {
            return record;
        }
        server.hook(instance, "send.message", record);
        if (server.acksAlone()) {
            server.hook(instance, "messages.update", FakeMessages.update(instance, record, "SERVER_ACK"));
            server.hook(instance, "messages.update", FakeMessages.update(instance, record, "DELIVERY_ACK"));
        }
        return record;
    }

    private static ObjectNode message(String action, JsonNode body) {
        ObjectNode message = FakeMessages.json();
        switch (action) {
            case "sendText" -> message.put("conversation", body.path("text").asText());
            case "sendMedia" -> {
                ObjectNode file = message.putObject(body.path("mediatype").asText() + "Message")
                        .put("mimetype", body.path("mimetype").asText())
                        .put("fileName", body.path("fileName").asText());
                if (body.has("caption")) {
                    file.put("caption", body.path("caption").asText());
                }
            }
            case "sendWhatsAppAudio" -> message.putObject("audioMessage").put("ptt", true);
            case "sendSticker" -> message.putObject("stickerMessage");
            case "sendLocation" ->
                message.putObject("locationMessage")
                        .put("degreesLatitude", body.path("latitude").asDouble())
                        .put("degreesLongitude", body.path("longitude").asDouble());
            case "sendContact" ->
                message.putObject("contactMessage")
                        .put(
                                "displayName",
                                body.path("contact").path(0).path("fullName").asText());
            case "sendReaction" -> {
                ObjectNode reaction = message.putObject("reactionMessage");
                reaction.set("key", body.path("key"));
                reaction.put("text", body.path("reaction").asText());
            }
            default -> message.putObject("unknownMessage");
        }
        return message;
    }
}
