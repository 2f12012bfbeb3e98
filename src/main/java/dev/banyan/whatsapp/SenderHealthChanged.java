package dev.banyan.whatsapp;

/// A sender that says it is connected has stopped to prove it, or proves it again. Fired in memory, never inside a
/// transaction.
public record SenderHealthChanged(SenderKey sender, SenderId pool, boolean healthy) {}
