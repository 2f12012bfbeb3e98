package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.Phone;

/// WAHA’s ids of messages and chats, and the ids that we give to messages ourselves.
final class WahaIds {

    /// A WhatsApp user with an agent and a device, as engines write it: `971500000101.0:7@s.whatsapp.net`.
    private static final Pattern USER = Pattern.compile("([^@:.]+)[^@]*@(.+)");
    private static final Map<String, String> PLACES =
            Map.of("s.whatsapp.net", "c.us", "hosted", "c.us", "hosted.lid", "lid");
    private static final int LONGEST = 128;
    private static final int OWN_DIGITS = 16;
    private static final int PARTS_BEFORE_WIRE = 2;

    private WahaIds() {}

    /// Returns WhatsApp’s id of a message from `true_971500000101@c.us_3EB0…`, or from that id itself.
    static String wire(String id) {
        String[] parts = id.split("_", -1);
        String wire = parts.length > PARTS_BEFORE_WIRE ? parts[PARTS_BEFORE_WIRE] : parts[parts.length - 1];
        return wire.length() <= LONGEST ? wire : wire.substring(0, LONGEST);
    }

    /// Returns the chat that an id of a message names; empty if it names none.
    static Optional<String> chatIn(String id) {
        String[] parts = id.split("_", -1);
        return parts.length > PARTS_BEFORE_WIRE && parts[1].contains("@") ? Optional.of(parts[1]) : Optional.empty();
    }

    /// Returns WhatsApp’s id of a message in any of the shapes that the engines answer with; empty if there is none.
    static Optional<String> wireOf(JsonNode message) {
        return idOf(message).map(WahaIds::wire).filter(wire -> !wire.isEmpty());
    }

    private static Optional<String> idOf(JsonNode message) {
        JsonNode raw = message.path("_data");
        return WahaJson.text(
                message.path("id"),
                message.path("id").path("_serialized"),
                message.path("id").path("id"),
                message.path("key").path("id"),
                raw.path("id"),
                raw.path("id").path("_serialized"),
                raw.path("id").path("id"),
                raw.path("key").path("id"),
                raw.path("Info").path("ID"));
    }

    /// Returns the id by which WAHA finds a message: replies, reactions and read receipts need it.
    static String full(boolean isOurs, String chat, String wire) {
        return wire.contains("_") ? wire : isOurs + "_" + chat + "_" + wire;
    }

    /// Returns the id that we give to a message: the same for every attempt, so that a repeat is the same
    /// message for WhatsApp.
    static String own(UUID message) {
        return "3EB0"
                + Digests.sha256Hex(message.toString()).substring(0, OWN_DIGITS).toUpperCase(Locale.ROOT);
    }

    static String chat(Phone phone) {
        return phone.digits() + "@c.us";
    }

    /// Returns an address as WAHA writes it: without a device, and users as `@c.us`.
    static String chat(String raw) {
        if (!raw.contains("@")) {
            return raw + "@c.us";
        }
        if (isGroup(raw)) {
            return raw;
        }
        Matcher user = USER.matcher(raw);
        return user.matches() ? user.group(1) + "@" + PLACES.getOrDefault(user.group(2), user.group(2)) : raw;
    }

    /// Returns the phone number in an address; empty for hidden addresses, groups and all others.
    static Optional<Phone> phone(String raw) {
        String chat = chat(raw);
        return Optional.of(chat)
                .filter(address -> address.endsWith("@c.us"))
                .map(address -> address.substring(0, address.indexOf('@')))
                .flatMap(Phone::given);
    }

    /// Returns what stands for the number of a contact who hides it: `200000000000101@lid`.
    static Optional<String> hidden(String raw) {
        return Optional.of(chat(raw)).filter(chat -> chat.endsWith("@lid"));
    }

    static boolean isGroup(String chat) {
        return chat.endsWith("@g.us");
    }

    /// Returns whether this is no conversation: stories, broadcast lists, channels, WhatsApp itself, bots.
    static boolean isElse(String chat) {
        return phone(chat).isEmpty() && hidden(chat).isEmpty() && !isGroup(chat);
    }
}
