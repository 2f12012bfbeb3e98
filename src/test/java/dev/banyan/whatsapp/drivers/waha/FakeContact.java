package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeShapes.Hidden;
import dev.banyan.whatsapp.drivers.waha.FakeShapes.Message;

/// A person on WhatsApp who writes to a fake session.
public final class FakeContact {

    private final FakeWaha waha;
    private final String session;
    private final Phone phone;
    private final String name;
    private Hidden hidden = Hidden.NO;
    private Optional<String> group = Optional.empty();
    private Optional<Instant> at = Optional.empty();
    private Optional<String> wire = Optional.empty();
    private boolean isToldTwice;
    private boolean isFileKept = true;

    FakeContact(FakeWaha waha, String session, Phone phone, String name) {
        this.waha = waha;
        this.session = session;
        this.phone = phone;
        this.name = name;
    }

    /// WhatsApp shows a hidden address, and tells the number along with it.
    public FakeContact hidden() {
        hidden = Hidden.WITH_NUMBER;
        waha.lids.put(FakeShapes.lid(phone), phone);
        return this;
    }

    /// WhatsApp shows a hidden address only.
    public FakeContact hiddenCompletely() {
        hidden = Hidden.COMPLETELY;
        return this;
    }

    /// Each message is told twice: with the number, and with the hidden address.
    public FakeContact toldTwice() {
        isToldTwice = true;
        return this;
    }

    public FakeContact in(String groupId) {
        group = Optional.of(groupId);
        return this;
    }

    public FakeContact at(Instant time) {
        at = Optional.of(time);
        return this;
    }

    /// The next message has this id.
    public FakeContact as(String id) {
        wire = Optional.of(id);
        return this;
    }

    /// The server does not download files by itself.
    public FakeContact withoutDownload() {
        isFileKept = false;
        return this;
    }

    private String address() {
        return hidden == Hidden.NO ? FakeShapes.chat(phone) : FakeShapes.lid(phone);
    }

    /// @return WhatsApp’s id of the message
    public String writes(String text) {
        return message(text, Map.of("conversation", text), _ -> {});
    }

    public String replies(String text, String to, boolean toUs) {
        return message(text, Map.of("extendedTextMessage", Map.of("text", text)), payload -> {
            ObjectNode reply =
                    payload.putObject("replyTo").put("id", waha.isGows() ? to : toUs + "_" + address() + "_" + to);
            if (toUs) {
                waha.session(session).me.ifPresent(me -> reply.put("participant", FakeShapes.chat(me)));
            } else {
                reply.put("participant", address());
            }
        });
    }

    public String sendsFile(String kind, String type, String fileName, byte[] bytes, String caption) {
        Map<String, Object> raw = Map.of("mimetype", type, "fileName", fileName);
        return message(caption, Map.of(kind, raw), payload -> {
            payload.put("hasMedia", true);
            var kept = payload.putObject("kept")
                    .put("file", WahaIds.wire(payload.path("id").asText()) + ".bin")
                    .put("mimetype", type)
                    .put("filename", fileName)
                    .put("data", Base64.getEncoder().encodeToString(bytes));
            if (isFileKept) {
                payload.set("media", FakeChatsApi.media(waha, waha.session(session), kept));
            }
        });
    }

    public String sendsPlace(double latitude, double longitude, String title) {
        Map<String, Object> raw = Map.of("degreesLatitude", latitude);
        return message(
                waha.isBrowser() ? "/9j/4AAQSkZJRg==" : "",
                Map.of("locationMessage", raw),
                payload -> payload.putObject("location")
                        .put("description", title)
                        .put("latitude", String.valueOf(latitude))
                        .put("longitude", String.valueOf(longitude)));
    }

    public String sendsCard(String vcard) {
        return message(
                "",
                Map.of("contactMessage", Map.of("vcard", vcard)),
                payload -> payload.putArray("vCards").add(vcard));
    }

    /// Chooses from a list.
    public String picks(String row, String title) {
        Map<String, Object> raw =
                Map.of("singleSelectReply", Map.of(waha.isGows() ? "selectedRowID" : "selectedRowId", row));
        return message(title, Map.of("listResponseMessage", raw), _ -> {});
    }

    public void reacts(String to, boolean toUs, String emoji) {
        happens("message.reaction", payload(Map.of("reactionMessage", Map.of()), "", waha.newWire()), payload -> {
            payload.put("timestamp", now().toEpochMilli() / 1000.0);
            payload.putObject("reaction").put("text", emoji).put("messageId", toUs + "_" + address() + "_" + to);
        });
    }

    public void edits(String id, String text) {
        happens(
                "message.edited",
                payload(Map.of("protocolMessage", Map.of()), text, waha.newWire()),
                payload -> payload.put("editedMessageId", id));
    }

    public void deletes(String id) {
        ObjectNode after = payload(Map.of("protocolMessage", Map.of()), "", waha.newWire());
        ObjectNode payload = object().put("revokedMessageId", id).putNull("before");
        payload.set("after", after);
        happens("message.revoked", payload, _ -> {});
    }

    public void types(boolean isTyping) {
        ObjectNode payload = object().put("id", address());
        payload.putArray("presences")
                .addObject()
                .put("participant", address())
                .put("lastKnownPresence", isTyping ? "typing" : "paused")
                .putNull("lastSeen");
        waha.change(() -> waha.events.emit(waha.session(session), "presence.update", payload));
    }

    /// Someone reads a message of this contact on the phone of the number.
    public void isReadOnThePhone(String id) {
        ObjectNode payload = object().put("id", "false_" + address() + "_" + id)
                .put("from", address())
                .put("fromMe", false)
                .put("ack", 3)
                .put("ackName", "READ");
        waha.change(() -> waha.events.emit(waha.session(session), "message.ack", payload));
    }

    /// Calls, and no one takes it.
    public void callsInVain(String id) {
        ObjectNode payload = object().put("id", id)
                .put("from", address())
                .put("timestamp", now().getEpochSecond())
                .put("isVideo", false)
                .put("isGroup", false);
        payload.putObject("_data");
        waha.change(() -> waha.events.emit(waha.session(session), "call.rejected", payload));
    }

    /// Gets a message that someone writes on the phone of the number.
    ///
    /// @return WhatsApp’s id of the message
    public String getsFromThePhone(String text) {
        String id = wire.orElseGet(waha::newWire);
        wire = Optional.empty();
        waha.change(() -> {
            FakeSession there = waha.session(session);
            var message = new Message(
                    address(),
                    Optional.empty(),
                    there.me.orElse(phone),
                    "Marina Sweets",
                    true,
                    id,
                    now(),
                    text,
                    Map.of("conversation", text),
                    Hidden.NO);
            arrives(FakeShapes.payload(waha.engine, message, there.me).put("source", "app"));
        });
        return id;
    }

    private Instant now() {
        return at.orElseGet(waha.time::now);
    }

    private String message(String text, Map<String, ?> raw, Consumer<ObjectNode> more) {
        String id = wire.orElseGet(waha::newWire);
        wire = Optional.empty();
        waha.change(() -> {
            ObjectNode payload = payload(raw, text, id);
            more.accept(payload);
            arrives(payload);
            if (isToldTwice) {
                Hidden was = hidden;
                hidden = was == Hidden.NO ? Hidden.WITH_NUMBER : Hidden.NO;
                ObjectNode other = payload(raw, text, id);
                more.accept(other);
                hidden = was;
                tell(waha.session(session), "message.any", other);
            }
        });
        return id;
    }

    private ObjectNode payload(Map<String, ?> raw, String text, String id) {
        var message = new Message(
                group.orElseGet(this::address),
                group.map(_ -> address()),
                phone,
                name,
                false,
                id,
                now(),
                text,
                raw,
                hidden);
        return FakeShapes.payload(waha.engine, message, waha.session(session).me);
    }

    private void arrives(ObjectNode payload) {
        FakeSession there = waha.session(session);
        Runnable action = () -> {
            there.messages.add(payload);
            there.chats.add(payload.path("from").asText());
            tell(there, "message.any", payload);
        };
        if (there.isWorking()) {
            action.run();
        } else if (there.linked.isPresent()) {
            there.waiting.add(waha.tellsWhatItMissed ? action : () -> there.messages.add(payload));
        }
    }

    private void happens(String event, ObjectNode payload, Consumer<ObjectNode> more) {
        more.accept(payload);
        waha.change(() -> tell(waha.session(session), event, payload));
    }

    private void tell(FakeSession there, String event, JsonNode payload) {
        ObjectNode told = payload.deepCopy();
        told.remove("kept");
        waha.events.emit(there, event, told);
    }

    /// Messages that people write with list and channel addresses, and notices of WhatsApp.
    public void isMentionedIn(String from, String type) {
        ObjectNode payload = payload(Map.of("conversation", "x"), "x", waha.newWire());
        payload.put("from", from).put("id", "false_" + from + "_" + waha.newWire());
        if (!type.isEmpty()) {
            ((ObjectNode) payload.path("_data")).put("type", type);
        }
        happens("message.any", payload, _ -> {});
    }

    /// Returns the addresses under which an engine may show this contact.
    public List<String> addresses() {
        return List.of(FakeShapes.chat(phone), FakeShapes.lid(phone));
    }
}
