package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;

/// The parts of a message in WhatsApp's own form, which gateways on WhatsApp Web pass on.
public final class MessageShape {

    /// Parts that people never see. The pictures of an album come on their own.
    private static final Set<String> SILENT = Set.of(
            "albumMessage",
            "messageContextInfo",
            "senderKeyDistributionMessage",
            "fastRatchetKeySenderKeyDistributionMessage",
            "pollUpdateMessage",
            "keepInChatMessage",
            "pinInChatMessage",
            "protocolMessage",
            "reactionMessage",
            "encReactionMessage",
            "encEventResponseMessage",
            "stickerSyncRmrMessage",
            "placeholderMessage",
            "base64",
            "mediaUrl",
            "speechToText");

    /// More than messages are ever wrapped in.
    private static final int DEEPEST = 8;

    private MessageShape() {}

    /// Returns the message without what is wrapped around it. There are ever more envelopes, and each is a part with a
    /// message inside.
    public static JsonNode inner(JsonNode message) {
        JsonNode inner = message;
        for (int depth = 0; depth < DEEPEST; depth++) {
            JsonNode outer = inner;
            inner = outer.valueStream()
                    .map(part -> part.path("message"))
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(outer);
        }
        return inner;
    }

    /// Returns the text for a message that can’t be shown: people should know that something came, and what.
    public static String unreadable(String type) {
        String words = type.replaceAll("Message(V[0-9]+)?$", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
        return "This message" + (words.isBlank() ? "" : " (" + words + ")")
                + " can’t be shown here. Read it on the phone.";
    }

    /// Returns the ad that led to a message. Its fields are written differently from gateway to gateway, and some put
    /// them next to the parts of the message instead of into one.
    public static Optional<MessageContent.Ad> ad(JsonNode message) {
        return Stream.concat(Stream.of(message), message.valueStream())
                .map(part -> part.path("contextInfo").path("externalAdReply"))
                .filter(ad -> ad.hasNonNull("sourceType"))
                .findFirst()
                .flatMap(ad -> MessageContent.Ad.of(
                        ad.path("sourceType").asText(""),
                        ad.path("sourceId").asText(ad.path("sourceID").asText("")),
                        ad.path("title").asText(""),
                        ad.path("sourceUrl").asText(ad.path("sourceURL").asText("")),
                        ad.path("ctwaClid").asText("")));
    }

    /// Returns the names of the parts that people see.
    public static Stream<String> seen(JsonNode message) {
        return StreamSupport.stream(((Iterable<String>) message::fieldNames).spliterator(), false)
                .filter(type -> !SILENT.contains(type));
    }
}
