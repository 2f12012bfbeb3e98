package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Messages on their way out: the one operation over which everything is sent. A message is a row before anybody tries
/// to send it, so none is lost, and its key keeps one that is ordered twice from being sent twice.
@Singleton
public final class Outgoing {

    /// What is to be sent.
    ///
    /// @param pool the master over whose pool it goes
    /// @param key the orderer's own name for it, at most 128 characters; a tenant's key twice is one message
    public record Order(SenderId pool, Phone to, String text, Optional<Media> media, String key) {}

    /// What came of ordering.
    public sealed interface Ordered {

        /// It waits, or has gone already.
        ///
        /// @param again whether it was ordered before
        record Done(OutgoingMessage message, boolean again) implements Ordered {}

        /// There is no such pool.
        record NoPool(SenderId pool) implements Ordered {}
    }

    private final Database database;
    private final Uuids uuids;
    private final Clock clock;

    Outgoing(Database database, Uuids uuids, Clock clock) {
        this.database = database;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// Writes a message down in the orderer's own transaction; it is on its way after the commit.
    public Ordered order(Tx tx, AccountId tenant, Order order) {
        var store = new OutgoingStore(tx);
        Optional<OutgoingMessage> known = store.findByKey(tenant, order.key());
        if (known.isPresent()) {
            return new Ordered.Done(known.get(), true);
        }
        Optional<Sender> pool = new SenderStore(tx).find(tenant, order.pool());
        if (pool.isEmpty()) {
            return new Ordered.NoPool(order.pool());
        }
        Instant now = clock.instant();
        var message = new OutgoingMessage(
                uuids.next(),
                tenant,
                order.pool(),
                Optional.empty(),
                order.to(),
                order.text(),
                order.media(),
                order.key(),
                DeliveryState.QUEUED,
                Optional.empty(),
                now,
                now);
        store.insert(tenant, message);
        return new Ordered.Done(message, false);
    }

    /// How far messages have come, in one query; what is not the tenant's is left out.
    public Map<UUID, OutgoingMessage> find(AccountId tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : database.read(tx -> new OutgoingStore(tx).findAll(tenant, ids));
    }
}
