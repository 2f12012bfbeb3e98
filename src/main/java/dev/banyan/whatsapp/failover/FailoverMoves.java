package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;

/// Moves servants, contacts and messages between a pool and the one that stands in for it, in the transaction
/// of the decision.
final class FailoverMoves {

    private final Change change;
    private final AccountId tenant;

    FailoverMoves(Change change) {
        this.change = change;
        this.tenant = change.tenant();
    }

    /// Moves servants and contacts. The messages follow bit by bit ([dev.banyan.whatsapp.messages.QueueTransfer]),
    /// because a queue can be longer than one transaction should take; they are counted here.
    Moved lend(SenderId from, SenderId to) {
        int messages = new OutboxStore(change.tx()).waiting(tenant, from, Integer.MAX_VALUE);
        int contacts = new PoolContactStore(change.tx()).move(tenant, from, to, Optional.empty(), true);
        int servants = new LentSenderStore(change.tx()).lendAll(tenant, from, to, change.now());
        change.store().addServants(tenant, from, -servants, change.now());
        change.store().addServants(tenant, to, servants, change.now());
        new PoolStateStore(change.tx()).replaceStandIn(tenant, from, to);
        return new Moved(servants, contacts, messages);
    }

    Moved bringHome(SenderId home) {
        int messages = new OutgoingStore(change.tx()).bringHome(tenant, home, change.now());
        int contacts = new PoolContactStore(change.tx()).bringHome(tenant, home);
        var servantsAway = new LentSenderStore(change.tx());
        Map<SenderId, Integer> lent = servantsAway.lent(tenant, home);
        servantsAway.bringHome(tenant, home, change.now());
        int servants = lent.values().stream().mapToInt(Integer::intValue).sum();
        lent.forEach((master, count) -> change.store().addServants(tenant, master, -count, change.now()));
        change.store().addServants(tenant, home, servants, change.now());
        return new Moved(servants, contacts, messages);
    }
}
