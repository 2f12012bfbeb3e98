package dev.banyan.whatsapp;

import dev.banyan.platform.db.Database;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Takes what is queued to the drivers. That a message is being handed over is committed before its driver is called:
/// whoever dies in between leaves a message that says so, and a start calls it uncertain. What one contact gets stays
/// in order: the next goes when the fate of the one before is known, or when a person has to decide about it.
@Singleton
public final class Dispatcher {

    static final int AT_ONCE = 100;
    /// A driver that has not answered by then will not.
    static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

    private static final int POOLS_AT_ONCE = 1_000;
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /// What is known of a pool that is being worked on.
    private enum Work {
        RUNNING,
        AGAIN
    }

    private final Database database;
    private final SenderStates states;
    private final Deliveries deliveries;
    private final Claims claims;
    private final Clock clock;
    private final ExecutorService threads;
    private final Timers timers;
    private final Map<SenderKey, Work> working = new ConcurrentHashMap<>();
    private final Set<SenderKey> timed = ConcurrentHashMap.newKeySet();

    Dispatcher(
            Database database,
            SenderStates states,
            Deliveries deliveries,
            Claims claims,
            Timers timers,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.states = states;
        this.deliveries = deliveries;
        this.claims = claims;
        this.timers = timers;
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
        uncertain(
                now.minus(ANSWERS_WITHIN),
                "WhatsApp did not say whether this was sent. It may have reached the contact.");
        database.read(tx -> new OutgoingStore(tx).duePools(now, POOLS_AT_ONCE)).forEach(this::wake);
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
    void wake(SenderKey pool) {
        if (working.merge(pool, Work.RUNNING, (_, _) -> Work.AGAIN) == Work.RUNNING) {
            threads.execute(() -> workOff(pool));
        }
    }

    /// A contact's next message goes when the one before has gone.
    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        if (message.sender().isPresent() && message.state() != DeliveryState.SENDING) {
            switch (message.state()) {
                case SENT, FAILED, UNCERTAIN -> wake(new SenderKey(message.tenant(), message.pool()));
                case QUEUED, SENDING, DELIVERED, READ -> {}
            }
        }
    }

    /// A number that came back takes what waited for it.
    void senderConnected(@Observes SenderConnected connected) {
        threads.execute(() -> hurry(connected.sender()));
    }

    /// What waits for a number that is gone goes over another, or has failed; and other limits let other messages go.
    void senderChanged(@Observes SenderChanged changed) {
        threads.execute(() -> hurry(new SenderKey(changed.tenant(), changed.sender())));
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

    private void workOff(SenderKey pool) {
        try {
            do {
                working.put(pool, Work.RUNNING);
                while (!handOver(pool)) {}
            } while (!working.remove(pool, Work.RUNNING));
        } catch (RuntimeException failure) {
            working.remove(pool);
            LOG.errorf(failure, "Messages of pool %s wait for the next look", pool.id());
        }
    }

    /// @return whether nothing is left to be done now
    private boolean handOver(SenderKey pool) {
        var handed = new ArrayList<OutgoingMessage>();
        boolean done = database.write(tx -> {
            handed.clear(); // a transaction may run again
            Claims.Claimed claimed = claims.next(tx, pool);
            handed.addAll(claimed.messages());
            claimed.again().ifPresent(time -> tx.afterCommit(() -> wakeAt(pool, time)));
            return claimed.done();
        });
        Map<SenderId, Sender> senders = senders(pool, handed);
        for (OutgoingMessage message : handed) {
            send(message, Optional.ofNullable(senders.get(message.sender().orElseThrow())));
        }
        return done;
    }

    private Map<SenderId, Sender> senders(SenderKey pool, List<OutgoingMessage> messages) {
        Set<SenderId> ids =
                messages.stream().flatMap(message -> message.sender().stream()).collect(Collectors.toSet());
        return ids.isEmpty()
                ? Map.of()
                : database.read(tx -> new SenderStore(tx).findAll(pool.tenant(), ids)).stream()
                        .collect(Collectors.toMap(Sender::id, sender -> sender));
    }

    /// Something may be due then. Later than the job looks by itself it needs no timer.
    private void wakeAt(SenderKey pool, Instant time) {
        Duration wait = Duration.between(clock.instant(), time);
        if (wait.compareTo(Claims.NEXT_LOOK) <= 0 && timed.add(pool)) {
            timers.in(wait.isNegative() ? Duration.ZERO : wait, () -> {
                timed.remove(pool);
                wake(pool);
            });
        }
    }

    private void send(OutgoingMessage message, Optional<Sender> sender) {
        SenderKey key = new SenderKey(message.tenant(), message.sender().orElseThrow());
        try {
            if (sender.isPresent()) {
                states.driver(sender.get()).send(key, message);
            } else {
                deliveries.notSent(new DriverEvent.NotSent(
                        key, message.id(), "The number was removed before this was sent.", false));
            }
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Handing over message %s failed", message.id());
            database.write(tx -> {
                deliveries.uncertain(
                        tx,
                        List.of(message),
                        "The connection failed while this was being sent. It may have reached the contact.");
                return true;
            });
        }
    }
}
