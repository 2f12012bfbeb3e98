package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// The activity and the events of senders.
@Singleton
public record SenderHistory(Database database) {

    /// Returns the events in all pools of an account, newest first.
    ///
    /// @param before the last event of the previous page
    public List<SenderEvent> events(AccountId tenant, Optional<UUID> before, int limit) {
        return database.read(tenant, tx -> new SenderEventStore(tx).list(tenant, before, limit));
    }

    /// Returns the events in one pool, newest first.
    public List<SenderEvent> eventsOfPool(AccountId tenant, SenderId master, Optional<UUID> before, int limit) {
        return database.read(tenant, tx -> new SenderEventStore(tx).ofPool(tenant, master, before, limit));
    }

    /// Returns the events of one sender, newest first.
    public List<SenderEvent> eventsOfSender(AccountId tenant, SenderId sender, Optional<UUID> before, int limit) {
        return database.read(tenant, tx -> new SenderEventStore(tx).ofSender(tenant, sender, before, limit));
    }

    /// Returns whether there are events of a sender or a pool, even if it was removed.
    public boolean isKnown(AccountId tenant, SenderId id) {
        return !eventsOfSender(tenant, id, Optional.empty(), 1).isEmpty()
                || !eventsOfPool(tenant, id, Optional.empty(), 1).isEmpty();
    }

    /// Returns the hours in which a pool was active, oldest first.
    public List<SenderHours> poolHours(AccountId tenant, SenderId master, Instant from) {
        return database.read(tenant, tx -> new SenderHoursStore(tx).ofPools(tenant, List.of(master), from))
                .getOrDefault(master, List.of());
    }

    /// Returns the hours in which a sender was active, oldest first.
    public List<SenderHours> hours(AccountId tenant, SenderId sender, Instant from, Instant until) {
        return database.read(tenant, tx -> new SenderHoursStore(tx).of(tenant, sender, from, until));
    }
}
