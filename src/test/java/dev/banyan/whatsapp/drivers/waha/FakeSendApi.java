package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeApi.Call;
import dev.banyan.whatsapp.drivers.waha.FakeApi.EngineFailed;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Answer;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Deafness;
import dev.banyan.whatsapp.drivers.waha.FakeShapes.Hidden;
import dev.banyan.whatsapp.drivers.waha.FakeShapes.Message;

/// What a fake server sends.
final class FakeSendApi {

    private static final Set<String> FILES = Set.of("sendImage", "sendFile", "sendVoice", "sendVideo", "sendSticker");
    private static final Set<String> ALL = Set.of(
            "sendText",
            "sendImage",
            "sendFile",
            "sendVoice",
            "sendVideo",
            "sendSticker",
            "sendLocation",
            "sendContactVcard",
            "sendList",
            "reaction");
    private static final Duration DELIVERED_AFTER = Duration.ofSeconds(1);
    private static final Duration READ_AFTER = Duration.ofSeconds(3);

    private final FakeWaha waha;

    FakeSendApi(FakeWaha waha) {
        this.waha = waha;
    }

    static boolean isSending(Call call) {
        return call.path().size() == 2 && ALL.contains(call.at(1));
    }

    Optional<Answer> answer(Call call) {
        String method = call.at(1).equals("reaction") ? "PUT" : "POST";
        if (!isSending(call) || !call.method().equals(method) || isTooOld(call)) {
            return Optional.empty();
        }
        FakeSession session = FakeApi.working(waha, call.body().path("session").asText("default"));
        ObjectNode answer = call.at(1).equals("reaction") ? react(session, call) : send(session, call);
        return Optional.of(method.equals("PUT") ? Answer.ok(answer) : Answer.created(answer));
    }

    /// Stickers came with 2026.8.
    private boolean isTooOld(Call call) {
        return call.at(1).equals("sendSticker")
                && !WahaEngine.of(Optional.of(waha.engine), Optional.of(waha.version))
                        .capabilities()
                        .contains(dev.banyan.whatsapp.Driver.Capability.STICKER);
    }

    private ObjectNode react(FakeSession session, Call call) {
        String[] id = call.body().path("messageId").asText().split("_", -1);
        if (id.length < 3) {
            throw FakeJson.badRequest("messageId must be like {fromMe}_{chatId}_{id}");
        }
        String wire = waha.newWire();
        session.sent.add(new FakeSent(wire, id[1], "/api/reaction", call.body(), false));
        return FakeShapes.sent(waha.engine, id[1], wire, waha.time.now());
    }

    private ObjectNode send(FakeSession session, Call call) {
        JsonNode body = call.body();
        String chat = body.path("chatId").asText();
        if (chat.isEmpty()) {
            throw FakeJson.badRequest("chatId must be a string");
        }
        checkContent(call);
        checkContact(session, chat);
        String wire = wire(body);
        boolean isRepeat = session.sent.stream().anyMatch(sent -> sent.wire().equals(wire));
        session.sent.add(new FakeSent(wire, chat, "/api/" + call.at(1), body, isRepeat));
        if (!isRepeat) {
            leaves(session, call, chat, wire);
        }
        return FakeShapes.sent(waha.engine, chat, wire, waha.time.now());
    }

    private void checkContent(Call call) {
        JsonNode body = call.body();
        if (call.at(1).equals("sendText") && !body.path("text").isTextual()) {
            throw FakeJson.badRequest("text must be a string");
        }
        if (call.at(1).equals("sendList") && waha.isBrowser()) {
            throw FakeJson.unprocessable("The method is not implemented by the engine. Use another one.");
        }
        if (FILES.contains(call.at(1))) {
            checkFile(call.at(1), body.path("file"));
        }
        if (body.hasNonNull("reply_to") && body.path("reply_to").asText().split("_", -1).length < 3) {
            throw FakeJson.badRequest("reply_to must be like {fromMe}_{chatId}_{id}");
        }
    }

    private void checkFile(String call, JsonNode file) {
        if (!WahaEngine.of(Optional.of(waha.engine), Optional.of(waha.version)).isComplete()
                && waha.tier.equals("CORE")) {
            throw FakeJson.unprocessable("The feature is available only in Plus version for this engine.");
        }
        try {
            Base64.getDecoder().decode(file.path("data").asText());
        } catch (IllegalArgumentException _) {
            throw FakeJson.badRequest("file.data must be base64");
        }
        if (call.equals("sendSticker") && !file.path("mimetype").asText().equals("image/webp")) {
            throw FakeJson.badRequest("file must be image/webp");
        }
    }

    private void checkContact(FakeSession session, String chat) {
        boolean isStranger = waha.notOnWhatsApp.stream()
                .anyMatch(phone -> FakeShapes.chat(phone).equals(chat));
        if (isStranger) {
            throw new EngineFailed("No LID for user");
        }
        boolean isNew = !session.chats.contains(chat);
        if (isNew && waha.isGows() && session.timelock.path("isActive").asBoolean()) {
            throw new EngineFailed("13 INTERNAL: failed to send message: server returned error 463");
        }
        if (isNew
                && waha.isGows()
                && session.capping.path("cappingStatus").asText().equals("CAPPED")) {
            throw new EngineFailed("13 INTERNAL: failed to send message: server returned error 475");
        }
    }

    private String wire(JsonNode body) {
        boolean takesIds = WahaEngine.of(Optional.of(waha.engine), Optional.of(waha.version))
                .takesOurIds();
        return takesIds && body.hasNonNull("id") ? body.path("id").asText() : waha.newWire();
    }

    private void leaves(FakeSession session, Call call, String chat, String wire) {
        ObjectNode payload = FakeShapes.payload(
                waha.engine,
                new Message(
                        chat,
                        Optional.empty(),
                        session.me.orElse(new Phone("+971500000100")),
                        "Marina Sweets",
                        true,
                        wire,
                        waha.time.now(),
                        call.body()
                                .path("text")
                                .asText(call.body().path("caption").asText("")),
                        Map.of("conversation", ""),
                        Hidden.NO),
                session.me);
        payload.put("hasMedia", FILES.contains(call.at(1)));
        if (waha.tellsOursAsThePhones) {
            payload.put("source", "app");
        }
        session.messages.add(payload);
        if (session.is(Deafness.SENDS_VANISH)) {
            return;
        }
        waha.events.emit(session, "message.any", payload.deepCopy());
        acks(session, chat, wire);
    }

    private void acks(FakeSession session, String chat, String wire) {
        boolean isRefused = session.timelock.path("isActive").asBoolean() && !session.chats.contains(chat);
        if (isRefused) {
            waha.events.acknowledge(session, wire, -1, Optional.of(refusal(session)));
            return;
        }
        // GOWS waits for the server inside the call, so it never says that the server has the message.
        if (!waha.isGows()) {
            waha.events.acknowledge(session, wire, 1, Optional.empty());
        }
        if (waha.contactsAcknowledge) {
            waha.events.acknowledgeIn(DELIVERED_AFTER, session.name, wire, 2);
            waha.events.acknowledgeIn(READ_AFTER, session.name, wire, 3);
        }
    }

    private static ObjectNode refusal(FakeSession session) {
        long until = session.timelock.path("timeEnforcementEnds").asLong();
        return object().put("code", "463")
                .put("blocked", true)
                .put("reason", "account_restricted")
                .put("until", java.time.Instant.ofEpochSecond(until).toString())
                .put("enforcementType", "RESTRICT_ALL_COMPANIONS");
    }
}
