package dev.banyan.whatsapp.failover;

import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;

/// A number has failed for as long as the settings of its pool say, or has recovered for as long as they say. Fired in
/// memory, never inside a transaction.
///
/// @param pool the master that it belongs to, even if a failover has lent it to another one
/// @param why what was seen, in one sentence
public record SenderHealthDetermined(SenderKey sender, SenderId pool, boolean failed, String why) {}
