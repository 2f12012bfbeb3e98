package dev.banyan.whatsapp.drivers.waha;

import com.fasterxml.jackson.databind.JsonNode;

/// A call that has sent a message.
///
/// @param wire WhatsApp’s id of the message: two calls with the same one are one message for the contact
/// @param call such as `/api/sendText`
/// @param body of the call
/// @param isRepeat whether a call before had the same id
public record FakeSent(String wire, String chat, String call, JsonNode body, boolean isRepeat) {

    public String text() {
        JsonNode text = body.hasNonNull("text") ? body.path("text") : body.path("caption");
        return text.asText("");
    }
}
