package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;

/// The shapes of a fake server’s JSON, which differ from engine to engine.
final class FakeShapes {

    private FakeShapes() {}

    /// Returns the hidden address of a phone.
    static String lid(Phone phone) {
        String digits = phone.digits();
        return "2" + "0".repeat(Math.max(0, 14 - digits.length())) + digits.substring(1) + "@lid";
    }

    static String chat(Phone phone) {
        return phone.digits() + "@c.us";
    }

    static String raw(Phone phone) {
        return phone.digits() + "@s.whatsapp.net";
    }

    static ObjectNode me(FakeSession session, boolean isNew) {
        Phone phone = session.me.orElseThrow();
        ObjectNode me = object().put("id", chat(phone))
                .put("lid", lid(phone))
                .put("jid", phone.digits() + ":7@s.whatsapp.net")
                .put("pushName", "Marina Sweets");
        if (isNew) {
            me.set("reachoutTimelock", session.timelock);
            me.set("messageCapping", session.capping);
        }
        return me;
    }

    /// Returns the engine as the call for one session shows it.
    static ObjectNode engine(FakeSession session, String engine) {
        ObjectNode node = object().put("engine", engine);
        boolean isUp = session.isWorking();
        if (engine.equals("GOWS") && session.isRunning()) {
            node.putObject("grpc")
                    .put("client", isUp ? "READY" : "IDLE")
                    .put("stream", session.is(FakeSession.Deafness.STREAM_LOST) ? "TRANSIENT_FAILURE" : "READY");
            node.putObject("gows").put("found", true).put("connected", isUp);
        }
        if (engine.equals("WEBJS") && session.isRunning()) {
            boolean isLost = session.is(FakeSession.Deafness.STREAM_LOST);
            node.put("WWebVersion", "2.3000.1").put("state", isUp && !isLost ? "CONNECTED" : "OPENING");
        }
        return node;
    }

    /// A message as the webhook shows it.
    ///
    /// @param chat as the engine addresses it
    /// @param content in the words of WhatsApp
    record Message(
            String chat,
            Optional<String> participant,
            Phone writer,
            String name,
            boolean isOurs,
            String wire,
            Instant at,
            String body,
            Map<String, ?> content,
            Hidden hidden) {}

    /// Whether WhatsApp hides a contact’s number.
    enum Hidden {
        NO,
        WITH_NUMBER,
        COMPLETELY
    }

    static ObjectNode payload(String engine, Message message, Optional<Phone> me) {
        String id = message.isOurs() + "_" + message.chat() + "_" + message.wire()
                + message.participant().map(who -> "_" + who).orElse("");
        ObjectNode payload = object().put("id", id)
                .put("timestamp", message.at().getEpochSecond())
                .put("from", message.chat())
                .put("fromMe", message.isOurs())
                .put("source", message.isOurs() ? "api" : "app")
                .put(
                        "to",
                        engine.equals("GOWS") ? null : me.map(FakeShapes::chat).orElse(null))
                .put("participant", message.participant().orElse(null))
                .put("body", message.body())
                .put("hasMedia", false)
                .put("ack", message.isOurs() ? 1 : 2)
                .put("ackName", message.isOurs() ? "SERVER" : "DEVICE");
        payload.putNull("media");
        payload.putNull("location");
        payload.putArray("vCards");
        payload.putNull("replyTo");
        payload.set("_data", data(engine, message));
        return payload;
    }

    private static JsonNode data(String engine, Message message) {
        return switch (engine) {
            case "GOWS" -> gows(message);
            case "NOWEB" -> noweb(message);
            default -> webjs(message);
        };
    }

    private static ObjectNode gows(Message message) {
        ObjectNode data = object();
        ObjectNode info = data.putObject("Info")
                .put("Chat", message.chat().replace("@c.us", "@s.whatsapp.net"))
                .put("IsFromMe", message.isOurs())
                .put("IsGroup", message.participant().isPresent())
                .put("ID", message.wire())
                .put("PushName", message.name())
                .put("Timestamp", message.at().toString());
        String device = message.writer().digits() + ":3@s.whatsapp.net";
        switch (message.hidden()) {
            case NO ->
                info.put("Sender", device)
                        .put("SenderAlt", lid(message.writer()))
                        .put("AddressingMode", "pn");
            case WITH_NUMBER ->
                info.put("Sender", lid(message.writer()))
                        .put("SenderAlt", device)
                        .put("AddressingMode", "lid");
            case COMPLETELY ->
                info.put("Sender", lid(message.writer())).put("SenderAlt", "").put("AddressingMode", "lid");
        }
        data.set("Message", object(message.content()));
        return data;
    }

    private static ObjectNode noweb(Message message) {
        ObjectNode data = object();
        ObjectNode key = data.putObject("key")
                .put("remoteJid", message.chat().replace("@c.us", "@s.whatsapp.net"))
                .put("fromMe", message.isOurs())
                .put("id", message.wire());
        message.participant().ifPresent(who -> key.put("participant", who.replace("@c.us", "@s.whatsapp.net")));
        if (message.hidden() == Hidden.WITH_NUMBER) {
            key.put(message.participant().isPresent() ? "participantAlt" : "remoteJidAlt", raw(message.writer()));
        }
        data.set("message", object(message.content()));
        return data.put("messageTimestamp", String.valueOf(message.at().getEpochSecond()))
                .put("pushName", message.name());
    }

    private static ObjectNode webjs(Message message) {
        ObjectNode data = object();
        data.putObject("id")
                .put("fromMe", message.isOurs())
                .put("remote", message.chat())
                .put("id", message.wire())
                .put("_serialized", message.isOurs() + "_" + message.chat() + "_" + message.wire());
        String type = message.content().keySet().stream().findFirst().orElse("conversation");
        return data.put(
                        "type",
                        switch (type) {
                            case "conversation", "extendedTextMessage" -> "chat";
                            case "locationMessage" -> "location";
                            case "contactMessage" -> "vcard";
                            case "listResponseMessage" -> "list_response";
                            default -> type.replace("Message", "").toLowerCase(Locale.ROOT);
                        })
                .put("notifyName", message.name());
    }

    /// The answer of a call that sends.
    static ObjectNode sent(String engine, String chat, String wire, Instant at) {
        String id = "true_" + chat + "_" + wire;
        ObjectNode answer = object();
        switch (engine) {
            case "GOWS" -> answer.put("id", id).putNull("_data");
            case "NOWEB" -> {
                answer.putObject("key")
                        .put("remoteJid", chat.replace("@c.us", "@s.whatsapp.net"))
                        .put("fromMe", true)
                        .put("id", wire);
                answer.putObject("message");
                answer.put("messageTimestamp", String.valueOf(at.getEpochSecond()))
                        .put("status", "PENDING");
            }
            default ->
                answer.putObject("id")
                        .put("fromMe", true)
                        .put("remote", chat)
                        .put("id", wire)
                        .put("_serialized", id);
        }
        return answer;
    }
}
