package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// What a message must look like: the limits of each kind.
final class FakeRules {

    private static final Map<String, Set<String>> FILES = Map.of(
            "image", Set.of("image/jpeg", "image/png"),
            "sticker", Set.of("image/webp"),
            "audio", Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
            "video", Set.of("video/mp4", "video/3gpp"));

    private final FakeMedia media;
    private final Predicate<String> isMessage;

    /// @param isMessage whether a message of this id exists
    FakeRules(FakeMedia media, Predicate<String> isMessage) {
        this.media = media;
        this.isMessage = isMessage;
    }

    /// Templates are verified elsewhere.
    void verify(JsonNode body) {
        String type = body.path("type").asText("text");
        JsonNode part = body.path(type);
        if (!part.isContainerNode()) {
            throw parameter("The parameter " + type + " is required.");
        }
        length(body.path("biz_opaque_callback_data"), "biz_opaque_callback_data", 0, 512);
        switch (type) {
            case "text" -> longest(part, "body", 4_096);
            case "image", "document", "audio", "video", "sticker" -> file(type, part);
            case "location" -> location(part);
            case "contacts" -> contacts(part);
            case "reaction" -> reaction(body, part);
            case "interactive" -> interactive(part);
            case "template" -> {}
            default -> throw new FakeErrors.Refused(131051, "Unsupported message type");
        }
    }

    private static FakeErrors.Refused parameter(String details) {
        return new FakeErrors.Refused(100, details);
    }

    private static FakeErrors.Refused value(String details) {
        return new FakeErrors.Refused(131009, details);
    }

    private static void longest(JsonNode part, String field, int most) {
        String text = part.path(field).asText();
        if (text.isEmpty()) {
            throw parameter("The parameter " + field + " is required.");
        }
        if (text.codePointCount(0, text.length()) > most) {
            throw parameter("Param " + field + " must be at most " + most + " characters long.");
        }
    }

    private static void length(JsonNode node, String name, int least, int most) {
        String text = node.asText();
        int length = text.codePointCount(0, text.length());
        if (length < least || length > most) {
            throw value(name + " length invalid. Min length: " + least + ", Max length: " + most);
        }
    }

    private void file(String type, JsonNode part) {
        boolean takesCaption = !type.equals("audio") && !type.equals("sticker");
        if (part.has("caption") && !takesCaption) {
            throw parameter("Unexpected key \"caption\" on param \"" + type + "\".");
        }
        if (part.has("filename") && !type.equals("document")) {
            throw parameter("Unexpected key \"filename\" on param \"" + type + "\".");
        }
        length(part.path("caption"), "caption", 0, 1_024);
        if (part.has("link")) {
            return;
        }
        FakeMedia.Kept kept = media.find(part.path("id").asText())
                .orElseThrow(() -> parameter("This is not a valid media attachment ID."));
        if (FILES.containsKey(type) && !FILES.get(type).contains(kept.type())) {
            throw new FakeErrors.Refused(131053, "Media of type " + kept.type() + " can't be sent as " + type);
        }
        if (part.path("voice").asBoolean() && !kept.type().equals("audio/ogg")) {
            throw new FakeErrors.Refused(131053, "Voice messages are OGG with Opus");
        }
    }

    private static void location(JsonNode part) {
        if (!part.path("latitude").isNumber() || !part.path("longitude").isNumber()) {
            throw new FakeErrors.Refused(131008, "Required parameter is missing: latitude, longitude");
        }
        if (Math.abs(part.path("latitude").asDouble()) > 90
                || Math.abs(part.path("longitude").asDouble()) > 180) {
            throw value("latitude or longitude out of range");
        }
    }

    private static void contacts(JsonNode cards) {
        if (cards.isEmpty() || cards.size() > 257) {
            throw value("contacts: 1 to 257");
        }
        for (JsonNode card : cards) {
            JsonNode name = card.path("name");
            if (name.path("formatted_name").asText().isEmpty() || name.size() < 2) {
                throw new FakeErrors.Refused(131008, "name needs formatted_name and one more part");
            }
        }
    }

    private void reaction(JsonNode body, JsonNode part) {
        if (body.has("context")) {
            throw parameter("Unexpected key \"context\" with a reaction.");
        }
        if (!part.has("emoji") || !isMessage.test(part.path("message_id").asText())) {
            throw value("reaction: message_id or emoji is not valid");
        }
    }

    private void interactive(JsonNode part) {
        JsonNode header = part.path("header");
        switch (header.path("type").asText("none")) {
            case "none" -> {}
            case "text" -> length(header.path("text"), "Header text", 1, 60);
            case "image", "video", "document" -> {
                String type = header.path("type").asText();
                file(type, header.path(type));
            }
            default -> throw value("Header type is not valid");
        }
        if (part.has("footer")) {
            length(part.path("footer").path("text"), "Footer text", 1, 60);
        }
        JsonNode action = part.path("action");
        switch (part.path("type").asText()) {
            case "button" -> {
                length(part.path("body").path("text"), "Body text", 1, 1_024);
                buttons(action.path("buttons"));
            }
            case "list" -> {
                length(part.path("body").path("text"), "Body text", 1, 4_096);
                length(action.path("button"), "Button", 1, 20);
                sections(action.path("sections"));
            }
            case "request_contact_info" -> {
                length(part.path("body").path("text"), "Body text", 1, 1_024);
                if (!action.path("name").asText().equals("request_contact_info")) {
                    throw value("Action name is not valid");
                }
            }
            default -> throw value("Interactive type is not valid");
        }
    }

    private static void buttons(JsonNode buttons) {
        if (buttons.isEmpty() || buttons.size() > 3) {
            throw value("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
        }
        var seen = new HashSet<String>();
        for (JsonNode button : buttons) {
            length(button.path("reply").path("title"), "Button title", 1, 20);
            length(button.path("reply").path("id"), "Button id", 1, 256);
            if (!seen.add(button.path("reply").path("id").asText())) {
                throw value("Duplicated button id");
            }
        }
    }

    private static void sections(JsonNode sections) {
        if (sections.isEmpty() || sections.size() > 10) {
            throw value("Invalid sections count. Min allowed: 1, Max allowed: 10");
        }
        int rows = 0;
        for (JsonNode section : sections) {
            length(section.path("title"), "Section title", sections.size() > 1 ? 1 : 0, 24);
            for (JsonNode row : section.path("rows")) {
                rows++;
                length(row.path("title"), "Row title", 1, 24);
                length(row.path("id"), "Row id", 1, 200);
                length(row.path("description"), "Row description", 0, 72);
            }
        }
        if (rows < 1 || rows > 10) {
            throw value("Invalid total row count. Min allowed: 1, Max allowed: 10");
        }
    }
}
