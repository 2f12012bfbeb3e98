package dev.banyan.whatsapp.failover;

import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;

/// A failover has moved what waits from one pool to another one, or has proposed it: the verdict says which. Fired in
/// memory after the commit.
///
/// @param from the pool that has failed; at the end of a failover, the pool that gets its own back
/// @param to the pool that stands in, or that stood in
public record PoolMoved(AccountId tenant, SenderId from, SenderId to, FailoverDecision decision) {}
