package dev.banyan.whatsapp;

/// A sender is connected on this node, for the first time or again. Fired in memory, never inside a transaction; for
/// thousands of senders within a second when a server starts or another one dies, so observers work on many at once.
public record SenderConnected(Sender sender) {}
