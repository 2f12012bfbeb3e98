package dev.banyan.whatsapp.failover;

import dev.banyan.whatsapp.SenderKey;

/// A pool has failed for as long as its settings say, or works again. Fired in memory, never inside a transaction, and
/// possibly twice: a server that starts judges all pools anew.
///
/// @param why what was seen, in one sentence
public record PoolHealthDetermined(SenderKey pool, boolean failed, String why) {}
