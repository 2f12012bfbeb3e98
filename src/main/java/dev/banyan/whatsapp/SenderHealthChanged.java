package dev.banyan.whatsapp;

/// A sender that is reported as connected has stopped responding, or responds again. Fired in memory, never
/// inside a transaction.
public record SenderHealthChanged(SenderKey sender, SenderId pool, boolean healthy) {}
