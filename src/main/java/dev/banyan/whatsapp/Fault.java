package dev.banyan.whatsapp;

/// What may be made to happen to a simulated sender that is linked.
public enum Fault {
    /// The connection is lost, and comes back after half a minute.
    DROP,
    /// WhatsApp lets it answer old chats only.
    RESTRICT,
    /// WhatsApp shuts the number out.
    BAN,
    /// The phone removes the device.
    UNLINK
}
