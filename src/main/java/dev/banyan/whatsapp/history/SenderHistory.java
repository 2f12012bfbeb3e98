package dev.banyan.whatsapp.history;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderHours;
import dev.banyan.whatsapp.SenderHoursStore;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What senders have done and what has happened to them.
@Singleton
public final class SenderHistory {

    private final Database database;

    SenderHistory(Database database) {
        this.database = database;
    }

    /// What happened in all pools of an account, the newest first.
    ///
    /// @param before the last one of the page before
    public List<SenderEvent> events(AccountId tenant, Optional<UUID> before, int limit) {
        return database.read(tx -> new SenderEventStore(tx).list(tenant, before, limit));
    }

    /// What happened in one pool, the newest first.
    public List<SenderEvent> eventsOfPool(AccountId tenant, SenderId master, Optional<UUID> before, int limit) {
        return database.read(tx -> new SenderEventStore(tx).ofPool(tenant, master, before, limit));
    }

    /// What happened to one sender, the newest first.
    public List<SenderEvent> eventsOfSender(AccountId tenant, SenderId sender, Optional<UUID> before, int limit) {
        return database.read(tx -> new SenderEventStore(tx).ofSender(tenant, sender, before, limit));
    }

    /// The hours in which a sender did something, the oldest first.
    public List<SenderHours> hours(AccountId tenant, SenderId sender, Instant from, Instant until) {
        return database.read(tx -> new SenderHoursStore(tx).of(tenant, sender, from, until));
    }
}
