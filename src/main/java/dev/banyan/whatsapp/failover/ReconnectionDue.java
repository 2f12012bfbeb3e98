package dev.banyan.whatsapp.failover;

import dev.banyan.whatsapp.SenderKey;

/// A number that has failed should be connected again. Fired in memory, never inside a transaction.
///
/// @param number counted from 1 since it failed
public record ReconnectionDue(SenderKey sender, int number) {}
