package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Stage;
import dev.banyan.whatsapp.drivers.MessageShape;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.evolution.EvolutionStates.Row;

/// Reads webhooks.
final class EvolutionWebhooks {

    static final String ERROR =
            "WhatsApp refused this message, and Evolution API doesn’t say why. Most often, WhatsApp doesn’t let the number"
                    + " start new chats for a while.";

    private static final String LOGGED_OUT = "Evolution API has logged this number out. Its state is being checked.";

    private EvolutionWebhooks() {}

    static List<HookEvent> read(byte[] body, EvolutionVersion version) {
        JsonNode json = EvolutionSignatures.json(body);
        JsonNode data = json.path("data");
        String remote = json.path("instance").asText(data.path("instance").asText(""));
        if (remote.isEmpty()) {
            return List.of();
        }
        List<HookEvent> events =
                switch (json.path("event").asText("").toLowerCase(Locale.ROOT).replace('_', '.')) {
                    case "qrcode.updated" -> List.of(code(remote, data));
                    case "connection.update" -> List.of(connection(remote, data, version));
                    case "status.instance" -> List.of(ended(remote, data, version));
                    case "logout.instance", "remove.instance", "instance.delete" ->
                        List.of(new HookEvent.StatusChanged(remote, NumberStatus.of(State.STARTING, LOGGED_OUT)));
                    case "messages.upsert" -> each(data, record -> message(remote, record, json));
                    case "messages.edited" -> each(data, record -> edited(remote, record, json));
                    case "messages.delete" -> each(data, record -> deleted(remote, record, json));
                    case "messages.update" -> each(data, record -> update(remote, record, json));
                    case "call" -> each(data, record -> missedCall(remote, record, json));
                    case "presence.update" -> each(data, record -> typing(remote, record));
                    default -> List.of();
                };
        return events.isEmpty() ? List.of(new HookEvent.Alive(remote)) : events;
    }

    /// Each webhook has the token of its instance.
    static byte[] withoutToken(byte[] body) {
        return EvolutionSignatures.json(body) instanceof ObjectNode json && json.remove("apikey") != null
                ? json.toString().getBytes(StandardCharsets.UTF_8)
                : body;
    }

    private interface Reader {
        Optional<HookEvent> read(JsonNode record);
    }

    /// Most versions tell of one at a time, some of several.
    private static List<HookEvent> each(JsonNode data, Reader reader) {
        var records = data.isArray() ? data : List.of(data);
        var events = new ArrayList<HookEvent>();
        records.forEach(record -> reader.read(record).ifPresent(events::add));
        return List.copyOf(events);
    }

    private static HookEvent code(String remote, JsonNode data) {
        if (data.path("statusCode").asInt(0) == 500) {
            return new HookEvent.StatusChanged(remote, NumberStatus.of(State.GIVEN_UP));
        }
        String code = data.path("qrcode").path("code").asText("");
        return new HookEvent.CodeChanged(remote, Optional.of(code).filter(text -> !text.isEmpty()));
    }

    private static HookEvent connection(String remote, JsonNode data, EvolutionVersion version) {
        NumberStatus status = switch (data.path("state").asText("")) {
            case "open" ->
                EvolutionStates.working(new Row(
                        "open",
                        EvolutionAddresses.phone(data.path("wuid").asText("")),
                        data.path("profileName").asText(""),
                        0));
            case "refused" -> NumberStatus.of(State.GIVEN_UP);
            case "close" -> EvolutionStates.told(data.path("statusReason").asInt(0), version);
            default -> NumberStatus.of(State.STARTING);
        };
        return new HookEvent.StatusChanged(remote, status);
    }

    private static HookEvent ended(String remote, JsonNode data, EvolutionVersion version) {
        return new HookEvent.StatusChanged(
                remote,
                EvolutionStates.told(data.path("disconnectionReasonCode").asInt(0), version));
    }

    private static Optional<HookEvent> message(String remote, JsonNode record, JsonNode envelope) {
        return EvolutionMessages.read(remote, record, sentAt(envelope));
    }

    /// An edit or a deletion, often with the key that the writer's phone uses: there, the contact is "me", and the chat
    /// is our own number. Only the id of the message can be relied on then, as for changes on our own phone, which
    /// say nothing in groups.
    private static Optional<HookEvent> edited(String remote, JsonNode data, JsonNode envelope) {
        JsonNode key = data.path("key");
        ChatAddress named = EvolutionAddresses.contact(key);
        Optional<Phone> own = EvolutionAddresses.phone(envelope.path("sender").asText(""));
        boolean isMe = key.path("fromMe").asBoolean(false);
        boolean isOwnChat = own.isPresent() && named.phone().equals(own);
        if (isMe && isInGroup(key) && own.isPresent() && named.phone().isPresent() && !isOwnChat) {
            return Optional.empty();
        }
        ChatAddress contact = isMe || isOwnChat ? ChatAddress.UNKNOWN : named;
        Instant at = MessageShape.time(data.path("timestampMs")).orElseGet(() -> sentAt(envelope));
        return EvolutionMessages.protocol(remote, data, contact, isInGroup(key), at);
    }

    /// What was deleted on our own phone is told as well, with the key one level deeper.
    private static Optional<HookEvent> deleted(String remote, JsonNode data, JsonNode envelope) {
        JsonNode key = data.path("key").isObject() ? data.path("key") : data;
        String id = key.path("id").asText("");
        return changer(key, key.path("fromMe").asBoolean(false))
                .filter(_ -> !id.isEmpty())
                .map(chat -> new HookEvent.Deleted(remote, id, chat, isInGroup(key), sentAt(envelope)));
    }

    /// Returns who has changed a message: the phone of the number is no contact, and says nothing in groups.
    private static Optional<ChatAddress> changer(JsonNode key, boolean isMe) {
        return isMe && isInGroup(key)
                ? Optional.empty()
                : Optional.of(isMe ? ChatAddress.UNKNOWN : EvolutionAddresses.contact(key));
    }

    private static boolean isInGroup(JsonNode key) {
        return EvolutionAddresses.isGroup(key.path("remoteJid").asText(""));
    }

    /// A receipt, or an edit, which newer versions tell here with the contact as well.
    private static Optional<HookEvent> update(String remote, JsonNode data, JsonNode envelope) {
        JsonNode edit = data.path("message");
        if (!edit.has("editedMessage")) {
            return receipt(remote, data, envelope);
        }
        String id = data.path("keyId").asText("");
        return MessageShape.content(MessageShape.inner(edit))
                .filter(_ -> !id.isEmpty())
                .flatMap(content -> changer(data, data.path("fromMe").asBoolean(true))
                        .map(chat -> new HookEvent.Edited(
                                remote, id, chat, content.text(), isInGroup(data), sentAt(envelope))));
    }

    private static Optional<HookEvent> receipt(String remote, JsonNode data, JsonNode envelope) {
        String id = data.path("keyId").asText(data.path("key").path("id").asText(""));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!data.path("fromMe").asBoolean(true)) {
            return data.path("status").asText("").equals("DELETED")
                    ? Optional.of(new HookEvent.Deleted(
                            remote, id, EvolutionAddresses.contact(data), isInGroup(data), sentAt(envelope)))
                    : seen(remote, id, data);
        }
        return switch (data.path("status").asText("")) {
            case "SERVER_ACK" -> receipt(remote, id, Stage.SENT);
            case "DELIVERY_ACK" -> receipt(remote, id, Stage.DELIVERED);
            case "READ", "PLAYED" -> receipt(remote, id, Stage.READ);
            case "ERROR" ->
                Optional.of(new HookEvent.Undeliverable(
                        remote, id, Optional.empty(), new SendResult.NotSent(Why.RESTRICTED, ERROR, Optional.empty())));
            default -> Optional.empty();
        };
    }

    /// A receipt of a contact's message: it was read on the phone.
    private static Optional<HookEvent> seen(String remote, String id, JsonNode data) {
        String chat = data.path("remoteJid").asText("");
        boolean isRead = Set.of("READ", "PLAYED").contains(data.path("status").asText(""))
                && !EvolutionAddresses.isGroup(chat)
                && !EvolutionAddresses.isElse(chat);
        return isRead
                ? Optional.of(new HookEvent.Seen(remote, id, EvolutionAddresses.contact(data)))
                : Optional.empty();
    }

    /// A call that rang until it ended, or was declined.
    private static Optional<HookEvent> missedCall(String remote, JsonNode call, JsonNode envelope) {
        String from = call.path("from").asText("");
        String id = call.path("id").asText("");
        boolean isMissed =
                Set.of("timeout", "reject").contains(call.path("status").asText(""))
                        && !id.isEmpty()
                        && !call.path("isGroup").asBoolean(false)
                        && !EvolutionAddresses.isGroup(from)
                        && !EvolutionAddresses.isElse(from);
        return isMissed
                ? Optional.of(HookEvent.missedCall(
                        remote,
                        id,
                        EvolutionAddresses.caller(call),
                        "",
                        call.path("isVideo").asBoolean(false),
                        sentAt(envelope)))
                : Optional.empty();
    }

    private static Optional<HookEvent> receipt(String remote, String id, Stage stage) {
        return Optional.of(new HookEvent.Receipt(remote, id, Optional.empty(), stage));
    }

    private static Optional<HookEvent> typing(String remote, JsonNode data) {
        String chat = EvolutionAddresses.plain(data.path("id").asText(""));
        if (EvolutionAddresses.isElse(chat) || EvolutionAddresses.isGroup(chat)) {
            return Optional.empty();
        }
        return StreamSupport.stream(data.path("presences").spliterator(), false)
                .map(presence -> presence.path("lastKnownPresence").asText(""))
                .findFirst()
                .flatMap(known -> switch (known) {
                    case "composing", "recording" -> Optional.of(true);
                    case "paused", "unavailable" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .map(isTyping -> new HookEvent.Typing(
                        remote,
                        new ChatAddress(
                                chat,
                                EvolutionAddresses.phone(chat),
                                Optional.of(chat).filter(EvolutionAddresses::isHidden)),
                        isTyping));
    }

    /// When the gateway says that it happened: its own local time, written as if it were UTC. Only used where the
    /// message doesn't say.
    private static Instant sentAt(JsonNode envelope) {
        try {
            return Instant.parse(envelope.path("date_time").asText(""));
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }
}
