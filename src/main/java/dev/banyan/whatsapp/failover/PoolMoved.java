package dev.banyan.whatsapp.failover;

import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;

/// A failover has moved what waits from one pool to another one, or has proposed it. Fired in memory after the commit.
public record PoolMoved(AccountId tenant, SenderId from, SenderId to, FailoverDecision decision) {}
