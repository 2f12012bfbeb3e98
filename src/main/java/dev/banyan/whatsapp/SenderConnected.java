package dev.banyan.whatsapp;

/// A sender is connected on this node, for the first time or again. Fired in memory, never inside a transaction.
public record SenderConnected(SenderKey sender) {}
