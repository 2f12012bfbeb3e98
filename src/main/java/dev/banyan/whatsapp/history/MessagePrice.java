package dev.banyan.whatsapp.history;

/// What WhatsApp charges a message as.
///
/// @param category such as `marketing` or `service`
/// @param isBillable false if it was free
public record MessagePrice(String category, boolean isBillable) {}
