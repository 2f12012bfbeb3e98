package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.MessageShape;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;

/// Reads what WAHA tells about messages. What is neither from a contact nor was written to one on the phone is empty:
/// stories, channels, notices.
///
/// @param me the session’s own account; may be missing
/// @param told when the event happened, for messages without a time
record WahaMessages(String remote, JsonNode me, Instant told) {

    /// The browser’s engines pass on WhatsApp’s notices as messages, changes of others, and what isn’t decrypted yet.
    private static final Set<String> NOTICES = Set.of(
            "e2e_notification",
            "notification",
            "notification_template",
            "broadcast_notification",
            "gp2",
            "group_notification",
            "newsletter_notification",
            "protocol",
            "pinned_message",
            "poll_update",
            "reaction",
            "revoked",
            "ciphertext");

    private static final int ERROR = -1;
    private static final int SERVER = 1;
    private static final int DEVICE = 2;
    private static final int READ = 3;
    private static final int PLAYED = 4;

    /// Returns what a contact wrote, or what was written to one on the phone.
    Optional<HookEvent> written(JsonNode payload) {
        return message(payload).<HookEvent>map(it -> it).or(() -> echo(payload));
    }

    Optional<HookEvent.Message> message(JsonNode payload) {
        String from = payload.path("from").asText();
        return theirs(payload, payload.path("id"))
                .flatMap(wire -> message(
                        payload,
                        wire,
                        from,
                        writer(payload),
                        name(payload),
                        Optional.of(from).filter(WahaIds::isGroup)));
    }

    /// Returns what was written on the phone.
    Optional<HookEvent.Echo> echo(JsonNode payload) {
        return recipient(payload)
                .filter(_ ->
                        payload.path("_data").findPath(MessageShape.SEALED_EDIT).isMissingNode())
                .flatMap(to -> wire(payload.path("id"))
                        .flatMap(wire -> message(payload, wire, to.value(), to, "", Optional.empty())))
                .map(HookEvent.Echo::new);
    }

    /// Returns the contact that something went to from the phone. Programs that send through WAHA are no people, and
    /// one of them is ours.
    private static Optional<ChatAddress> recipient(JsonNode payload) {
        JsonNode data = payload.path("_data");
        return WahaJson.text(payload.path("id"), payload.path("id").path("_serialized"))
                .flatMap(WahaIds::chatIn)
                .or(() -> WahaJson.text(payload.path("to"), payload.path("from")))
                .map(WahaIds::chat)
                .filter(chat -> isOurs(payload)
                        && !payload.path("source").asText().equals("api")
                        && !WahaIds.isGroup(chat)
                        && !WahaIds.isElse(chat))
                .map(chat -> address(
                        chat,
                        data.path("Info").path("RecipientAlt"),
                        data.path("key").path("remoteJidAlt")));
    }

    private Optional<HookEvent.Message> message(
            JsonNode payload, String wire, String chat, ChatAddress with, String name, Optional<String> group) {
        var content = new WahaContent(payload, me);
        return NOTICES.contains(payload.path("_data").path("type").asText()) || !content.isShown()
                ? Optional.empty()
                : Optional.of(new HookEvent.Message(
                        remote,
                        wire,
                        with,
                        name,
                        content.text(),
                        content.content(),
                        media(payload, content, chat, wire),
                        group,
                        at(payload)));
    }

    Optional<HookEvent> edited(JsonNode payload) {
        JsonNode id = payload.hasNonNull("editedMessageId") ? payload.path("editedMessageId") : payload.path("id");
        return changed(payload, id)
                .map(wire -> new HookEvent.Edited(
                        remote,
                        wire,
                        writer(payload),
                        new WahaContent(payload, me).words(),
                        isInGroup(payload),
                        at(payload)));
    }

    Optional<HookEvent> deleted(JsonNode payload) {
        JsonNode about =
                WahaJson.object(payload.path("after"), payload.path("before")).orElse(payload);
        JsonNode id = Stream.of(
                        payload.path("revokedMessageId"),
                        payload.path("before").path("id"),
                        payload.path("after").path("id"))
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .findFirst()
                .orElse(payload.path("revokedMessageId"));
        return changed(about, id)
                .map(wire -> new HookEvent.Deleted(remote, wire, writer(about), isInGroup(about), at(about)));
    }

    private static boolean isInGroup(JsonNode payload) {
        return WahaIds.isGroup(payload.path("from").asText());
    }

    Optional<HookEvent> reacted(JsonNode payload) {
        JsonNode reaction = payload.path("reaction");
        String emoji = WahaJson.text(reaction.path("text")).orElse("");
        return theirs(payload, reaction.path("messageId"))
                .<HookEvent>map(wire -> new HookEvent.Reacted(remote, wire, writer(payload), emoji, at(payload)))
                .or(() -> recipient(payload)
                        .flatMap(to -> wire(payload.path("id"))
                                .flatMap(wire -> wire(reaction.path("messageId"))
                                        .map(about -> new MessageContent(
                                                new MessageContent.Reaction(emoji),
                                                Optional.of(new MessageContent.Quoted(about, false)),
                                                Optional.empty()))
                                        .map(content -> plain(wire, to, emoji, content, Optional.empty(), payload)))
                                .map(HookEvent.Echo::new)));
    }

    /// Returns what a contact has chosen in a poll.
    Optional<HookEvent> voted(JsonNode payload) {
        JsonNode vote = payload.path("vote");
        JsonNode poll = payload.path("poll");
        Optional<MessageContent.Quoted> about =
                wire(poll.path("id")).map(id -> new MessageContent.Quoted(id, isOurs(poll)));
        return theirs(vote, vote.path("id"))
                .map(wire -> plain(
                        wire,
                        writer(vote),
                        MessageShape.vote(vote),
                        new MessageContent(new MessageContent.Plain(), about, Optional.empty()),
                        WahaJson.text(vote.path("from")).filter(WahaIds::isGroup),
                        vote));
    }

    private HookEvent.Message plain(
            String wire,
            ChatAddress with,
            String text,
            MessageContent content,
            Optional<String> group,
            JsonNode payload) {
        return new HookEvent.Message(
                remote, wire, with, name(payload), text, content, Optional.empty(), group, at(payload));
    }

    Optional<HookEvent> receipt(JsonNode payload) {
        if (WahaIds.isGroup(payload.path("from").asText())) {
            return Optional.empty();
        }
        return payload.path("fromMe").asBoolean()
                ? wire(payload.path("id")).flatMap(wire -> receipt(wire, payload))
                : seen(payload);
    }

    /// A receipt of a contact's message: it was read on the phone.
    private Optional<HookEvent> seen(JsonNode payload) {
        String from = payload.path("from").asText();
        return wire(payload.path("id"))
                .filter(_ -> payload.path("ack").asInt() >= READ && !WahaIds.isElse(from))
                .map(wire -> new HookEvent.Seen(remote, wire, address(from, payload)));
    }

    /// Returns a call that no one took. One that was declined on another device is known there, and WAHA doesn’t tell
    /// who was called in a group.
    Optional<HookEvent> missedCall(JsonNode payload) {
        String from = payload.path("from").asText();
        JsonNode data = payload.path("_data");
        boolean isDeclined = data.path("Reason").asText().equals("rejected_elsewhere")
                || data.path("Data").path("Tag").asText().equals("reject");
        return WahaJson.text(payload.path("id"))
                .filter(_ -> !WahaIds.isElse(from)
                        && !WahaIds.isGroup(from)
                        && !payload.path("isGroup").asBoolean()
                        && !isDeclined)
                .map(id -> HookEvent.missedCall(
                        remote,
                        id,
                        address(from, data.path("CallCreatorAlt"), data.path("chatIdAlt")),
                        "",
                        payload.path("isVideo").asBoolean(),
                        at(payload)));
    }

    private Optional<HookEvent> receipt(String wire, JsonNode payload) {
        return switch (payload.path("ack").asInt()) {
            case ERROR ->
                Optional.of(new HookEvent.Undeliverable(remote, wire, Optional.empty(), why(payload.path("error"))));
            case SERVER -> stage(wire, HookEvent.Stage.SENT);
            case DEVICE -> stage(wire, HookEvent.Stage.DELIVERED);
            case READ, PLAYED -> stage(wire, HookEvent.Stage.READ);
            default -> Optional.empty();
        };
    }

    private Optional<HookEvent> stage(String wire, HookEvent.Stage stage) {
        return Optional.of(new HookEvent.Receipt(remote, wire, Optional.empty(), stage));
    }

    private static NotSent why(JsonNode error) {
        Optional<Instant> until = MessageShape.time(error.path("until"));
        return switch (WahaJson.text(error.path("code")).orElse("")) {
            case "463" -> new NotSent(Why.RESTRICTED, WahaStates.LOCKED, until);
            case "475" -> new NotSent(Why.RESTRICTED, WahaStates.CAPPED, until);
            case "" -> new NotSent(Why.MESSAGE, "WhatsApp didn’t accept this message and gave no reason.", until);
            case String code ->
                new NotSent(
                        Why.MESSAGE,
                        "WhatsApp didn’t accept this message (error " + code + ").",
                        until,
                        Optional.of(code));
        };
    }

    /// Returns the id of a message of a contact; empty if it is ours or no conversation.
    private static Optional<String> theirs(JsonNode payload, JsonNode id) {
        String from = payload.path("from").asText();
        boolean isConversation = !WahaIds.isElse(from) && !isOurs(payload);
        return isConversation ? wire(id) : Optional.empty();
    }

    /// Returns the id of a message that was changed, also on the phone of the number. Some engines tell of a deletion
    /// nothing but that id.
    private static Optional<String> changed(JsonNode payload, JsonNode id) {
        Stream<String> chats = Stream.concat(
                Stream.of(payload.path("from"), payload.path("to")).flatMap(node -> WahaJson.text(node).stream()),
                Stream.of(payload.path("id"), id)
                        .flatMap(node -> WahaJson.text(node, node.path("_serialized")).stream())
                        .flatMap(text -> WahaIds.chatIn(text).stream()));
        boolean isOurs = isOurs(payload);
        return chats.anyMatch(chat -> WahaIds.isElse(chat) || isOurs && WahaIds.isGroup(chat))
                ? Optional.empty()
                : wire(id);
    }

    private static boolean isOurs(JsonNode payload) {
        return payload.path("fromMe").asBoolean(payload.path("id").asText().startsWith("true_"));
    }

    private static Optional<String> wire(JsonNode id) {
        return WahaJson.text(id, id.path("_serialized"), id.path("id"))
                .map(WahaIds::wire)
                .filter(wire -> !wire.isEmpty());
    }

    Instant at(JsonNode payload) {
        return MessageShape.time(payload.path("timestamp")).orElse(told);
    }

    private static String name(JsonNode payload) {
        JsonNode raw = payload.path("_data");
        return WahaJson.text(raw.path("Info").path("PushName"), raw.path("pushName"), raw.path("notifyName"))
                .filter(_ -> !isOurs(payload))
                .orElse("");
    }

    /// Returns who has written: in a group, the participant.
    private static ChatAddress writer(JsonNode payload) {
        JsonNode raw = payload.path("_data");
        String from = payload.path("from").asText();
        String writer = WahaIds.isGroup(from)
                ? WahaJson.text(
                                payload.path("participant"),
                                payload.path("author"),
                                raw.path("Info").path("Sender"),
                                raw.path("key").path("participant"))
                        .orElse("")
                : from;
        return writer.isEmpty() || isOurs(payload) ? ChatAddress.UNKNOWN : address(writer, payload);
    }

    /// Returns an address with the phone number that came along with it.
    static ChatAddress address(String raw, JsonNode payload) {
        JsonNode data = payload.path("_data");
        JsonNode key = data.path("key");
        return address(
                raw,
                data.path("Info").path("SenderAlt"),
                key.path("remoteJidAlt"),
                key.path("participantAlt"),
                key.path("senderPn"),
                key.path("participantPn"),
                data.path("senderPn"));
    }

    private static ChatAddress address(String raw, JsonNode... others) {
        String chat = WahaIds.chat(raw);
        List<String> all = Stream.concat(
                        Stream.of(chat),
                        Stream.of(others)
                                .flatMap(node -> WahaJson.text(node).stream())
                                .filter(text -> text.contains("@")))
                .toList();
        return new ChatAddress(
                chat,
                all.stream().flatMap(text -> WahaIds.phone(text).stream()).findFirst(),
                all.stream().flatMap(text -> WahaIds.hidden(text).stream()).findFirst());
    }

    private static Optional<RemoteMedia> media(JsonNode payload, WahaContent content, String raw, String wire) {
        JsonNode media = payload.path("media");
        if (!payload.path("hasMedia").asBoolean() && !media.isObject()) {
            return Optional.empty();
        }
        String chat = WahaIds.chat(raw);
        String id = WahaJson.text(payload.path("id"), payload.path("id").path("_serialized"))
                .filter(text -> text.contains("_"))
                .orElseGet(() -> WahaIds.full(isOurs(payload), chat, wire));
        // A failed download is asked for again.
        boolean isThere = !media.hasNonNull("error");
        String url = WahaJson.text(media.path("url"), payload.path("mediaUrl")).orElse("");
        return Optional.of(WahaFiles.remembered(chat, id, isThere ? url : "", content.fileName(), content.fileType()));
    }
}
