package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.Phone;

/// How a gateway addresses a contact.
///
/// @param value as the gateway writes it, such as `971500000101@c.us` or `200000000000101@lid`
/// @param phone empty if it is hidden and the gateway has not told it along with the message
/// @param hidden what stands for the number where it is hidden, as the gateway writes it, if it was told
public record ChatAddress(String value, Optional<Phone> phone, Optional<String> hidden) {

    /// Where a gateway doesn't say who it was.
    public static final ChatAddress UNKNOWN = new ChatAddress("", Optional.empty(), Optional.empty());
}
