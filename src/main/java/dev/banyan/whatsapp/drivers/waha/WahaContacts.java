package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.done;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.encoded;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.read;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.within;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.Line;

/// What concerns a contact and is no message: how it is addressed, what it has been shown.
record WahaContacts(WahaCalls calls) {

    GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers) {
        String to = WahaIds.chat(chat);
        ObjectNode body = body(line, to);
        var ids = body.putArray("messageIds");
        providers.forEach(provider -> ids.add(WahaIds.full(false, to, provider)));
        return done(calls.post(line.gateway(), "/api/sendSeen", body));
    }

    GatewayAnswer<Boolean> typing(Line line, String chat, boolean isTyping) {
        String path = isTyping ? "/api/startTyping" : "/api/stopTyping";
        return done(calls.post(line.gateway(), path, body(line, WahaIds.chat(chat))));
    }

    private static ObjectNode body(Line line, String chat) {
        return WahaCalls.object().put("session", line.remote()).put("chatId", chat);
    }

    GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone) {
        String path = "/api/contacts/check-exists?session=" + encoded(line.remote()) + "&phone=" + phone.digits();
        return read(calls.get(line.gateway(), path, calls.limits().proof()), answer -> {
            if (!answer.path("numberExists").isBoolean()) {
                return GatewayAnswer.failed(Trouble.Kind.LATER, "WAHA can’t say whether this number is on WhatsApp.");
            }
            Optional<String> chat =
                    WahaJson.text(answer.path("chatId")).map(WahaIds::chat).or(() -> Optional.of(WahaIds.chat(phone)));
            return GatewayAnswer.done(
                    chat.filter(_ -> answer.path("numberExists").asBoolean()));
        });
    }

    /// A hidden address that WAHA doesn’t know has a null in place of the number.
    GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat) {
        Optional<Phone> told = WahaIds.phone(chat);
        if (told.isPresent() || !chat.endsWith("@lid")) {
            return GatewayAnswer.done(told);
        }
        String path = within(line) + "/lids/" + encoded(WahaIds.chat(chat));
        return read(
                calls.get(line.gateway(), path),
                answer -> GatewayAnswer.done(WahaJson.text(answer.path("pn")).flatMap(WahaIds::phone)));
    }
}
