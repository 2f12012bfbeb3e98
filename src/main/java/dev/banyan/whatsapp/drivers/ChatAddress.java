package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.Phone;

/// How a gateway addresses a contact.
///
/// @param value as the gateway writes it, such as `971500000101@c.us` or `200000000000101@lid`
/// @param phone empty if it is hidden and the gateway has not told it along with the message
public record ChatAddress(String value, Optional<Phone> phone) {}
