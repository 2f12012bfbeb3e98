package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Detail;
import dev.banyan.whatsapp.MessageContent.File;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.MessageContent.Plain;
import dev.banyan.whatsapp.drivers.MessageShape;
import dev.banyan.whatsapp.drivers.RemoteMedia;

/// Reads what is inside a message, in WhatsApp's own form.
final class EvolutionContents {

    private EvolutionContents() {}

    /// @param context what it says about a quoted message; may be missing
    record Content(String text, Detail detail, Optional<RemoteMedia> media, JsonNode context) {

        static Content of(String text, Detail detail, JsonNode node) {
            return new Content(text, detail, Optional.empty(), node.path("contextInfo"));
        }
    }

    /// Returns the content; empty if there is nothing that people see.
    ///
    /// @param id of the message, by which its file is asked for
    static Optional<Content> of(String id, JsonNode message) {
        if (message.has("conversation")) {
            return Optional.of(
                    Content.of(message.path("conversation").asText(""), new Plain(), MissingNode.getInstance()));
        }
        return MessageShape.seen(message).findFirst().map(type -> content(id, type, message.path(type)));
    }

    private static Content content(String id, String type, JsonNode node) {
        return switch (type) {
            case "extendedTextMessage" -> Content.of(node.path("text").asText(""), new Plain(), node);
            case "imageMessage" -> file(id, new File(Kind.IMAGE, false), node);
            case "videoMessage", "ptvMessage" -> file(id, new File(Kind.VIDEO, false), node);
            case "audioMessage" ->
                file(id, new File(Kind.AUDIO, node.path("ptt").asBoolean(false)), node);
            case "documentMessage" -> file(id, new File(Kind.DOCUMENT, false), node);
            case "stickerMessage" -> file(id, new File(Kind.STICKER, false), node);
            case "locationMessage", "liveLocationMessage" -> location(node);
            case "contactMessage" -> contacts(List.of(node), node);
            case "contactsArrayMessage" ->
                contacts(
                        StreamSupport.stream(node.path("contacts").spliterator(), false)
                                .toList(),
                        node);
            case "buttonsResponseMessage" ->
                picked(node.path("selectedDisplayText"), node.path("selectedButtonId"), node);
            case "templateButtonReplyMessage" ->
                picked(node.path("selectedDisplayText"), node.path("selectedId"), node);
            case "listResponseMessage" ->
                picked(node.path("title"), node.path("singleSelectReply").path("selectedRowId"), node);
            case "interactiveResponseMessage" ->
                picked(
                        node.path("body").path("text"),
                        node.path("nativeFlowResponseMessage").path("paramsJson"),
                        node);
            default ->
                type.startsWith("pollCreationMessage")
                        ? poll(node)
                        : Content.of(MessageShape.unreadable(type), new Plain(), node);
        };
    }

    /// The address inside a message leads to an encrypted file, so it is never used.
    private static Content file(String id, File file, JsonNode node) {
        var media = new RemoteMedia(
                id,
                "",
                node.path("fileName").asText(node.path("title").asText("")),
                node.path("mimetype").asText(""));
        return new Content(node.path("caption").asText(""), file, Optional.of(media), node.path("contextInfo"));
    }

    private static Content location(JsonNode node) {
        var place = new Location(
                node.path("degreesLatitude").asDouble(),
                node.path("degreesLongitude").asDouble(),
                node.path("name").asText(""),
                node.path("address").asText(""));
        String text = place.name().isEmpty() ? place.address() : place.name();
        return Content.of(text.isEmpty() ? place.latitude() + ", " + place.longitude() : text, place, node);
    }

    private static Content contacts(List<JsonNode> nodes, JsonNode around) {
        var cards = new ArrayList<Contacts.Card>();
        for (JsonNode node : nodes) {
            cards.add(EvolutionCards.of(
                    node.path("displayName").asText(""), node.path("vcard").asText("")));
        }
        String names = String.join(", ", cards.stream().map(Contacts.Card::name).toList());
        return Content.of(names, new Contacts(cards), around);
    }

    private static Content picked(JsonNode title, JsonNode id, JsonNode node) {
        return Content.of(title.asText(id.asText("")), new Picked(id.asText("")), node);
    }

    private static Content poll(JsonNode node) {
        var lines = new ArrayList<String>();
        lines.add(node.path("name").asText(""));
        node.path("options")
                .forEach(option -> lines.add("• " + option.path("optionName").asText("")));
        return Content.of(String.join("\n", lines), new Plain(), node);
    }
}
