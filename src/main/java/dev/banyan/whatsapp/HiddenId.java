package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;

/// A person who hides the phone number from a number linked by QR code: WhatsApp’s hidden id (LID), as that number has
/// learned it. Its key is `200000000000101@lid:shop-1`.
///
/// @param digits of the id; they are no phone number
/// @param number the one that has learned it
public record HiddenId(String digits, SenderId number) implements ContactAddress {

    private static final Pattern KEY = Pattern.compile("([0-9]{1,25})@lid:(.{1,60})");

    static Optional<HiddenId> ofKey(String key) {
        Matcher found = KEY.matcher(key);
        return found.matches()
                ? SenderId.parse(found.group(2)).map(number -> new HiddenId(found.group(1), number))
                : Optional.empty();
    }

    /// Returns how gateways write it: `200000000000101@lid`.
    public String chat() {
        return digits + "@lid";
    }

    @Override
    public String key() {
        return chat() + ":" + number.value();
    }

    @Override
    public boolean isReachedBy(SenderId sender, Optional<ConnectionId> at) {
        return sender.equals(number);
    }

    @Override
    @JsonValue
    public String toString() {
        return key();
    }
}
