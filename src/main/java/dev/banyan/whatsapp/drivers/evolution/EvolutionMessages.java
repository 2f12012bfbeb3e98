package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.MessageContent.Reaction;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.MessageShape;
import dev.banyan.whatsapp.drivers.MessageShape.Content;
import dev.banyan.whatsapp.drivers.RemoteMedia;

/// Reads messages as webhooks and `findMessages` tell them. Binary fields have had several forms and are not read.
final class EvolutionMessages {

    /// What comes before a file that came with its message.
    static final String INLINE = "data:;base64,";

    private static final String REACTION = "reactionMessage";
    private static final String EDIT = "MESSAGE_EDIT";
    private static final int EDIT_NUMBER = 14;

    private EvolutionMessages() {}

    /// Returns what a contact has done, or what left from the number; empty for what is no message.
    ///
    /// @param fallback when it was written, where the message doesn't say
    static Optional<HookEvent> read(String remote, JsonNode record, Instant fallback) {
        JsonNode key = record.path("key");
        String chat = key.path("remoteJid").asText("");
        String id = key.path("id").asText("");
        if (EvolutionAddresses.isElse(chat) || id.isEmpty()) {
            return Optional.empty();
        }
        JsonNode message = MessageShape.inner(record.path("message"));
        if (key.path("fromMe").asBoolean(false)) {
            return (message.has(REACTION)
                            ? Optional.of(MessageShape.reaction(message.path(REACTION)))
                            : MessageShape.content(message))
                    .filter(_ -> !EvolutionAddresses.isGroup(chat) && !message.has(MessageShape.SEALED_EDIT))
                    .<HookEvent>map(content -> new HookEvent.Echo(message(
                            remote,
                            id,
                            record,
                            EvolutionAddresses.recipient(key),
                            content,
                            MessageShape.time(record.path("messageTimestamp")).orElse(fallback))));
        }
        ChatAddress contact = EvolutionAddresses.contact(key);
        Instant at = MessageShape.time(record.path("messageTimestamp")).orElse(fallback);
        if (message.has("protocolMessage")) {
            return protocol(remote, message.path("protocolMessage"), contact, EvolutionAddresses.isGroup(chat), at);
        }
        if (message.has(REACTION)) {
            return reaction(remote, message.path(REACTION), contact, at);
        }
        return MessageShape.content(message)
                .<HookEvent>map(content -> message(remote, id, record, contact, content, at));
    }

    private static HookEvent.Message message(
            String remote, String id, JsonNode record, ChatAddress contact, Content content, Instant at) {
        String chat = record.path("key").path("remoteJid").asText("");
        var body = new MessageContent(
                content.detail(),
                quoted(record, content.part().path("contextInfo"), contact).or(() -> MessageShape.about(content)),
                MessageShape.ad(MessageShape.inner(record.path("message"))).or(() -> MessageShape.ad(record)));
        return new HookEvent.Message(
                remote,
                id,
                contact,
                name(record, contact),
                content.text(),
                body,
                media(id, record.path("message"), content),
                Optional.of(chat).filter(EvolutionAddresses::isGroup),
                at);
    }

    /// The address inside a message leads to an encrypted file, so it is never used. Some instances send the file
    /// along.
    private static Optional<RemoteMedia> media(String id, JsonNode message, Content content) {
        JsonNode file = content.part();
        String bytes = message.path("base64").asText("");
        return content.detail() instanceof MessageContent.File
                ? Optional.of(new RemoteMedia(
                        id,
                        bytes.isEmpty() ? "" : INLINE + bytes,
                        file.path("fileName").asText(file.path("title").asText("")),
                        file.path("mimetype").asText("")))
                : Optional.empty();
    }

    /// The gateway puts digits where it knows no name; those of a hidden contact must never look like a phone number.
    /// What left from the phone has its own name.
    private static String name(JsonNode record, ChatAddress contact) {
        String name = record.path("pushName").asText("");
        boolean isOurs = record.path("key").path("fromMe").asBoolean(false);
        return isOurs || contact.value().startsWith(name + "@") ? "" : name;
    }

    /// A quoted message is ours if the contact hasn't written it.
    private static Optional<Quoted> quoted(JsonNode record, JsonNode inner, ChatAddress contact) {
        JsonNode context = record.path("contextInfo").has("stanzaId") ? record.path("contextInfo") : inner;
        String id = context.path("stanzaId").asText("");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String author = EvolutionAddresses.plain(context.path("participant").asText(""));
        boolean isTheirs = author.equals(contact.value())
                || EvolutionAddresses.phone(author)
                        .filter(phone -> contact.phone().equals(Optional.of(phone)))
                        .isPresent();
        return Optional.of(new Quoted(id, !isTheirs));
    }

    private static Optional<HookEvent> reaction(String remote, JsonNode reaction, ChatAddress contact, Instant at) {
        String id = reaction.path("key").path("id").asText("");
        return Optional.of(id)
                .filter(known -> !known.isEmpty())
                .map(known -> new HookEvent.Reacted(
                        remote, known, contact, reaction.path("text").asText(""), at));
    }

    /// An edit or a deletion, as a message about another message. The type is a word or a number.
    static Optional<HookEvent> protocol(
            String remote, JsonNode protocol, ChatAddress contact, boolean isInGroup, Instant at) {
        String id = protocol.path("key").path("id").asText("");
        JsonNode type = protocol.path("type");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        boolean isEdit = protocol.has("editedMessage")
                || type.asText("").equals(EDIT)
                || type.isNumber() && type.asInt() == EDIT_NUMBER;
        if (isEdit) {
            return MessageShape.content(MessageShape.inner(protocol.path("editedMessage")))
                    .map(content -> new HookEvent.Edited(remote, id, contact, content.text(), isInGroup, at));
        }
        boolean isRevocation = type.asText("").equals("REVOKE") || type.isNumber() && type.asInt() == 0;
        return isRevocation ? Optional.of(new HookEvent.Deleted(remote, id, contact, isInGroup, at)) : Optional.empty();
    }

    /// Returns when a stored message was written.
    static Instant at(JsonNode record) {
        return MessageShape.time(record.path("messageTimestamp")).orElse(Instant.EPOCH);
    }

    /// Returns whether a stored message of ours is this one, as far as one can tell.
    static boolean isLike(JsonNode stored, OutgoingMessage message, MessageContent.Kind kind) {
        JsonNode inner = MessageShape.inner(stored);
        return switch (kind) {
            case TEXT -> text(inner).equals(message.text());
            case IMAGE -> isFile(inner, "imageMessage", message.text());
            case VIDEO -> isFile(inner, "videoMessage", message.text());
            case DOCUMENT ->
                isFile(inner, "documentMessage", message.text())
                        && message.media()
                                .filter(file -> inner.path("documentMessage")
                                        .path("fileName")
                                        .asText(file.name())
                                        .equals(file.name()))
                                .isPresent();
            case AUDIO -> inner.has("audioMessage");
            case STICKER -> inner.has("stickerMessage");
            case LOCATION ->
                message.content().detail() instanceof Location place
                        && inner.path("locationMessage").path("degreesLatitude").asDouble() == place.latitude()
                        && inner.path("locationMessage")
                                        .path("degreesLongitude")
                                        .asDouble()
                                == place.longitude();
            case CONTACT -> message.content().detail() instanceof Contacts(var cards) && hasCards(inner, cards);
            case REACTION ->
                message.content().detail() instanceof Reaction(String emoji)
                        && inner.path(REACTION).path("text").asText("").equals(emoji)
                        && message.content()
                                .quoted()
                                .map(Quoted::provider)
                                .filter(inner.path(REACTION)
                                        .path("key")
                                        .path("id")
                                        .asText("")::equals)
                                .isPresent();
            case TEMPLATE, BUTTONS, LIST -> false;
        };
    }

    private static String text(JsonNode inner) {
        return inner.path("conversation")
                .asText(inner.path("extendedTextMessage").path("text").asText(""));
    }

    private static boolean isFile(JsonNode inner, String type, String caption) {
        return inner.has(type) && inner.path(type).path("caption").asText("").equals(caption);
    }

    private static boolean hasCards(JsonNode inner, List<Contacts.Card> cards) {
        String all = Stream.of("contactMessage", "contactsArrayMessage")
                .map(type -> inner.path(type).toString())
                .reduce("", String::concat);
        return cards.stream().allMatch(card -> all.contains(card.name()));
    }
}
