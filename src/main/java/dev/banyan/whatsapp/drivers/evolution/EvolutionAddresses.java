package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.ChatAddress;

/// How the gateway writes phones, hidden contacts and groups.
final class EvolutionAddresses {

    private static final String PHONE = "@s.whatsapp.net";
    private static final Pattern DEVICE = Pattern.compile("[:_]\\d+(?=@)");

    private EvolutionAddresses() {}

    static String of(Phone phone) {
        return phone.digits() + PHONE;
    }

    /// Returns the address without the number of the device: `971500000101:7@s.whatsapp.net` is the same contact, and
    /// so
    /// is `971500000101@hosted`.
    static String plain(String address) {
        return DEVICE.matcher(address)
                .replaceFirst("")
                .replace("@hosted.lid", "@lid")
                .replace("@hosted", PHONE);
    }

    /// Returns the phone number in an address; the digits of a hidden one (`@lid`) are none.
    static Optional<Phone> phone(String address) {
        String plain = plain(address);
        int at = plain.indexOf('@');
        String digits = at < 0 ? plain : plain.substring(0, at);
        boolean isPhone = at < 0 || plain.endsWith(PHONE) || plain.endsWith("@c.us");
        return isPhone ? Phone.given(digits) : Optional.empty();
    }

    static boolean isHidden(String address) {
        return address.endsWith("@lid");
    }

    static boolean isGroup(String address) {
        return address.endsWith("@g.us");
    }

    /// Returns whether it is neither a contact nor a group: stories, broadcast lists, channels, WhatsApp itself, bots.
    static boolean isElse(String address) {
        return phone(address).isEmpty() && !isHidden(plain(address)) && !isGroup(address);
    }

    /// Returns the contact that a message of ours went to. `senderPn` is our own number then.
    static ChatAddress recipient(JsonNode key) {
        return address(key, "remoteJid", Stream.of("remoteJidAlt"));
    }

    /// Returns the contact of a message: the writer in a group, else the chat. Versions name the phone of a hidden
    /// contact differently: `senderPn` up to 2.3.5, then `remoteJidAlt`, and 2.3.7 swaps the two where it can.
    static ChatAddress contact(JsonNode key) {
        boolean isGroup = isGroup(key.path("remoteJid").asText(""));
        return isGroup
                ? address(key, "participant", Stream.of("participantAlt", "participantPn"))
                : address(key, "remoteJid", Stream.of("remoteJidAlt", "senderPn"));
    }

    /// Returns who has called.
    static ChatAddress caller(JsonNode call) {
        return address(call, "from", Stream.of("chatId", "callerPn"));
    }

    private static ChatAddress address(JsonNode key, String first, Stream<String> others) {
        String address = plain(key.path(first).asText(""));
        List<String> all = Stream.concat(
                        Stream.of(address),
                        others.map(name -> plain(key.path(name).asText(""))))
                .toList();
        return new ChatAddress(
                address,
                all.stream().flatMap(any -> phone(any).stream()).findFirst(),
                all.stream().filter(EvolutionAddresses::isHidden).findFirst());
    }
}
