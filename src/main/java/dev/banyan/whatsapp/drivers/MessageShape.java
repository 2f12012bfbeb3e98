package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// The parts of a message in WhatsApp's own form, which gateways on WhatsApp Web pass on.
public final class MessageShape {

    /// Messages around another one.
    private static final List<String> ENVELOPES = List.of(
            "ephemeralMessage",
            "viewOnceMessage",
            "viewOnceMessageV2",
            "viewOnceMessageV2Extension",
            "documentWithCaptionMessage",
            "associatedChildMessage",
            "deviceSentMessage",
            "botInvokeMessage",
            "editedMessage");

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

    private MessageShape() {}

    /// Returns the message without what is wrapped around it.
    public static JsonNode inner(JsonNode message) {
        JsonNode inner = message;
        for (int depth = 0; depth < ENVELOPES.size(); depth++) {
            JsonNode outer = inner;
            inner = ENVELOPES.stream()
                    .map(name -> outer.path(name).path("message"))
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(outer);
        }
        return inner;
    }

    /// Returns the names of the parts that people see.
    public static Stream<String> seen(JsonNode message) {
        return StreamSupport.stream(((Iterable<String>) message::fieldNames).spliterator(), false)
                .filter(type -> !SILENT.contains(type));
    }
}
