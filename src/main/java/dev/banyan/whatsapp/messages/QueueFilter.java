package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderId;

/// Which messages of an account a decision is about; empty fields match everything.
///
/// @param pool waiting for, or sent over, the pool of this master, which may have been removed
/// @param states any of these; empty for all that the decision applies to
/// @param batch ordered together in this batch
/// @param from ordered at this time or later
/// @param until ordered before this time
/// @param keyPrefix how their keys begin
/// @param isOrdered whether `pool` is the one that they were ordered for, whichever stands in for it
public record QueueFilter(
        Optional<SenderId> pool,
        Set<DeliveryState> states,
        Optional<ContactAddress> to,
        Optional<UUID> batch,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> keyPrefix,
        boolean isOrdered) {

    public QueueFilter {
        states = Set.copyOf(states);
    }

    public static QueueFilter ofPool(SenderId pool, Set<DeliveryState> states) {
        return of(Optional.of(pool), states, Optional.empty(), Optional.empty());
    }

    public static QueueFilter ofBatch(UUID batch) {
        return of(Optional.empty(), Set.of(), Optional.empty(), Optional.of(batch));
    }

    public static QueueFilter ofContact(ContactAddress contact) {
        return of(Optional.empty(), Set.of(), Optional.of(contact), Optional.empty());
    }

    private static QueueFilter of(
            Optional<SenderId> pool, Set<DeliveryState> states, Optional<ContactAddress> to, Optional<UUID> batch) {
        return new QueueFilter(pool, states, to, batch, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// Returns whether it matches every message, which is never meant.
    public boolean isAll() {
        return pool.isEmpty()
                && states.isEmpty()
                && to.isEmpty()
                && batch.isEmpty()
                && from.isEmpty()
                && until.isEmpty();
    }

    public QueueFilter withKeyPrefix(String prefix) {
        return new QueueFilter(pool, states, to, batch, from, until, Optional.of(prefix), isOrdered);
    }

    /// Returns the same of messages that were ordered for the pool.
    public QueueFilter asOrdered() {
        return new QueueFilter(pool, states, to, batch, from, until, keyPrefix, true);
    }
}
