package dev.banyan.whatsapp.session;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.sending.Deliveries;
import dev.banyan.whatsapp.sending.Wake;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// Sees to it that what is queued goes out: it wakes the pools for which something waits, whatever it was that woke it.
/// That a message is being handed over is committed before its driver is called: whoever dies in between leaves a
/// message that says so, and a start calls it uncertain. What one contact gets stays in order: the next goes when the
/// fate of the one before is known, or when a person has to decide about it.
@Singleton
public final class Dispatcher implements Wake, Recurring {

    private static final int AT_ONCE = 100;

    private static final int POOLS_AT_ONCE = 10_000;
    private final Database database;
    private final LiveSenders sessions;
    private final Deliveries deliveries;
    private final Clock clock;
    private final ExecutorService threads;

    public Dispatcher(
            Database database,
            LiveSenders sessions,
            Deliveries deliveries,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.clock = clock;
        this.threads = threads;
    }

    /// At a start, before any sender comes back: what was being handed over when the server ended may have gone out, or
    /// not.
    public void restore() {
        uncertain(clock.instant(), "The server stopped while this was being sent. It may have reached the contact.");
    }

    /// A job calls it: sends what is due, and stops waiting for drivers that have not answered.
    public void sweep() {
        Instant now = clock.instant();
        // What was said and could not be written down yet must not go out twice.
        if (!deliveries.isBehind()) {
            uncertain(
                    now.minus(Liveness.ANSWERS_WITHIN),
                    "WhatsApp did not say whether this was sent. It may have reached the contact.");
        }
        database.read(tx -> new OutgoingStore(tx).duePools(now, POOLS_AT_ONCE)).forEach(this::wake);
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "dispatch-messages", "Sends messages that wait.", this::sweep);
    }

    private void uncertain(Instant before, String why) {
        boolean more = true;
        while (more) {
            more = database.write(tx -> {
                List<OutgoingMessage> unanswered = new OutgoingStore(tx).unanswered(before, AT_ONCE);
                deliveries.uncertain(tx, unanswered, why);
                return unanswered.size() == AT_ONCE;
            });
        }
    }

    /// Something waits for this pool. Returns at once.
    @Override
    public void wake(SenderKey pool) {
        sessions.tellPool(pool, PoolEntity.Own.WAKE);
    }

    /// A contact's next message goes when the one before has gone.
    public void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        if (message.sender().isPresent() && message.state() != DeliveryState.SENDING) {
            switch (message.state()) {
                case SENT, FAILED, UNCERTAIN -> wake(new SenderKey(message.tenant(), message.pool()));
                case QUEUED, SENDING, DELIVERED, READ -> {}
            }
        }
    }

    /// A number that came back takes what waited for it.
    public void senderConnected(@Observes SenderConnected connected) {
        threads.execute(() -> hurry(connected.sender()));
    }

    /// What waits for a number that is gone goes over another, or has failed; and other limits let other messages go.
    public void senderChanged(@Observes SenderChanged changed) {
        threads.execute(() -> hurry(new SenderKey(changed.tenant(), changed.sender())));
    }

    /// Its messages go over others now, or over it again.
    public void healthChanged(@Observes SenderHealthChanged changed) {
        SenderKey pool = new SenderKey(changed.sender().tenant(), changed.pool());
        sessions.tellPool(pool, new PoolEntity.HealthChanged(changed.sender().id(), changed.healthy()));
        if (changed.healthy()) {
            threads.execute(() -> hurry(changed.sender()));
        }
    }

    /// Looks again at all that waits for the pool of a sender.
    private void hurry(SenderKey sender) {
        SenderKey pool = database.read(tx -> new SenderStore(tx)
                .find(sender.tenant(), sender.id())
                .flatMap(Sender::masterId)
                .map(master -> new SenderKey(sender.tenant(), master))
                .orElse(sender));
        if (isWaitedFor(pool)) {
            database.write(tx -> new OutgoingStore(tx).hurry(pool.tenant(), pool.id(), clock.instant()));
            wake(pool);
        }
    }

    private boolean isWaitedFor(SenderKey pool) {
        return database.read(tx -> new OutgoingStore(tx).nextDue(pool.tenant(), pool.id()))
                .isPresent();
    }
}
