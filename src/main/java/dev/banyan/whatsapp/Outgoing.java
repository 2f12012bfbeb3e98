package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
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
/// to send it, so none is lost, and its key keeps one that is ordered twice from being sent twice. [Dispatcher] sends,
/// [Deliveries] writes down what became of it.
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

        record Rejected(Invalid invalid) implements Ordered {}
    }

    /// What came of a decision about a message whose fate nobody knows.
    public sealed interface Decided {

        record Done(OutgoingMessage message) implements Decided {}

        /// Its fate is known, or somebody has decided already.
        record NotUncertain(OutgoingMessage message) implements Decided {}

        record Unknown() implements Decided {}
    }

    private final Database database;
    private final Dispatcher dispatcher;
    private final Deliveries deliveries;
    private final Audit audit;
    private final Uuids uuids;
    private final Clock clock;

    Outgoing(Database database, Dispatcher dispatcher, Deliveries deliveries, Audit audit, Uuids uuids, Clock clock) {
        this.database = database;
        this.dispatcher = dispatcher;
        this.deliveries = deliveries;
        this.audit = audit;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// Writes a message down in the orderer's own transaction; it is on its way after the commit.
    public Ordered order(Tx tx, AccountId tenant, Order order) {
        Optional<Invalid> invalid = MessageBody.broken(order.text(), order.media());
        if (invalid.isPresent()) {
            return new Ordered.Rejected(invalid.get());
        }
        var store = new OutgoingStore(tx);
        Optional<OutgoingMessage> known = store.findByKey(tenant, order.key());
        if (known.isPresent()) {
            return new Ordered.Done(known.get(), true);
        }
        Optional<Sender> pool = new SenderStore(tx).find(tenant, order.pool()).filter(Sender::isMaster);
        if (pool.isEmpty()) {
            return new Ordered.NoPool(order.pool());
        }
        OutgoingMessage message = fresh(tenant, order);
        if (!store.insert(tenant, message)) {
            // Somebody else has ordered the same at the same time, and was first.
            return new Ordered.Done(store.findByKey(tenant, order.key()).orElseThrow(), true);
        }
        tx.afterCommit(() -> dispatcher.wake(new SenderKey(tenant, order.pool())));
        return new Ordered.Done(message, false);
    }

    private OutgoingMessage fresh(AccountId tenant, Order order) {
        Instant now = clock.instant();
        return new OutgoingMessage(
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
    }

    /// Sends a message once more whose fate is unknown: the contact may get it twice, and somebody accepts that.
    public Decided resend(Tx tx, AccountId tenant, Actor actor, UUID id) {
        Decided decided = decide(tx, tenant, actor, id, "MessageResent", DeliveryState.QUEUED, Optional.empty());
        if (decided instanceof Decided.Done(OutgoingMessage message)) {
            tx.afterCommit(() -> dispatcher.wake(new SenderKey(tenant, message.pool())));
        }
        return decided;
    }

    /// Leaves a message whose fate is unknown as one that was not sent.
    public Decided giveUp(Tx tx, AccountId tenant, Actor actor, UUID id) {
        return decide(
                tx,
                tenant,
                actor,
                id,
                "MessageGivenUp",
                DeliveryState.FAILED,
                Optional.of("Given up. It may have reached the contact."));
    }

    private Decided decide(
            Tx tx, AccountId tenant, Actor actor, UUID id, String action, DeliveryState next, Optional<String> error) {
        Optional<OutgoingMessage> found = new OutgoingStore(tx).find(tenant, id);
        if (found.isEmpty()) {
            return new Decided.Unknown();
        }
        OutgoingMessage message = found.get();
        if (message.state() != DeliveryState.UNCERTAIN) {
            return new Decided.NotUncertain(message);
        }
        return deliveries
                .become(tx, message, next, error)
                .<Decided>map(after -> {
                    audit.note(tx, actor, new Owner(tenant, tenant), action, id.toString(), Map.of());
                    return new Decided.Done(after);
                })
                .orElseGet(() -> new Decided.NotUncertain(message));
    }

    /// Fails all that still waits for a pool: its conversations are over, or nobody may speak for it any more.
    ///
    /// @param why a whole sentence for people
    /// @return how many there were
    public int stop(Tx tx, AccountId tenant, SenderId pool, String why) {
        var store = new OutgoingStore(tx);
        int stopped = 0;
        for (var waiting = store.queued(tenant, pool, Dispatcher.AT_ONCE);
                !waiting.isEmpty();
                waiting = store.queued(tenant, pool, Dispatcher.AT_ONCE)) {
            waiting.forEach(message -> deliveries.become(tx, message, DeliveryState.FAILED, Optional.of(why)));
            stopped += waiting.size();
        }
        return stopped;
    }

    /// One message, if it is the tenant's.
    public Optional<OutgoingMessage> find(AccountId tenant, UUID id) {
        return database.read(tx -> new OutgoingStore(tx).find(tenant, id));
    }

    /// How far messages have come, in one query; what is not the tenant's is left out.
    public Map<UUID, OutgoingMessage> find(AccountId tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : database.read(tx -> new OutgoingStore(tx).findAll(tenant, ids));
    }
}
