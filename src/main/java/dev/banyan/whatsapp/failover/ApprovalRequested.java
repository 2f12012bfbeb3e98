package dev.banyan.whatsapp.failover;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Sender;

/// A failover is proposed and waits for a person. Fired inside the transaction, so that those who have to know are told
/// if and only if it is stored.
///
/// @param pool the master of the pool that has failed
/// @param standIn the master of the pool that would stand in
public record ApprovalRequested(Tx tx, AccountId tenant, Sender pool, Sender standIn, FailoverDecision decision) {}
