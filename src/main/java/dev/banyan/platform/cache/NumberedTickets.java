package dev.banyan.platform.cache;

import module java.base;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;

/// Tickets that are found by their numbers, too: entries that are only bytes have no room for more.
public final class NumberedTickets<O> extends Tickets<O> {

    /// By the numbers of the tickets that are still valid.
    private final ConcurrentHashMap<Integer, O> owners = new ConcurrentHashMap<>();

    public NumberedTickets(Database database, OtherNodes others, Clock clock) {
        super(database, others, clock);
    }

    @Override
    void drawn(O owner, Ticket ticket) {
        owners.put(ticket.number(), owner);
    }

    @Override
    void torn(Ticket ticket) {
        owners.remove(ticket.number());
    }

    /// Returns whose ticket this is; empty if it is not valid any more.
    Optional<O> owner(int number) {
        return Optional.ofNullable(owners.get(number));
    }
}
