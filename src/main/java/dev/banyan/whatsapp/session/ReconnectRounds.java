package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Connects senders a few at a time, to avoid a burst of thousands on WhatsApp and the database.
@Singleton
public final class ReconnectRounds {

    static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS_PER_SECOND = 10;

    private static final Logger LOG = Logger.getLogger(ReconnectRounds.class);

    /// Senders that wait to be connected: those of one pool, or of all.
    ///
    /// @param after the last one that was connected
    private record Round(Optional<SenderKey> pool, Optional<SenderKey> after) {}

    private final Database database;
    private final LiveSenders liveSenders;
    private final Timers timers;
    private final Clock clock;
    private final int atOnce;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Queue<Round> rounds = new ArrayDeque<>();
    private boolean connecting;

    public ReconnectRounds(Database database, LiveSenders liveSenders, Timers timers, Clock clock, Settings settings) {
        this.database = database;
        this.liveSenders = liveSenders;
        this.timers = timers;
        this.clock = clock;
        this.atOnce = Math.max(1, settings.connectsPerSecond() / STEPS_PER_SECOND);
    }

    /// Connects the senders of a pool, or all, in the background.
    synchronized void add(Optional<SenderKey> pool) {
        rounds.add(new Round(pool, Optional.empty()));
        if (!connecting) {
            connecting = true;
            timers.now(this::next);
        }
    }

    private void next() {
        Optional<Round> round = first();
        if (round.isEmpty()) {
            return;
        }
        Instant next = clock.instant().plus(pause()); // what connecting takes is part of the step
        try {
            connect(round.get());
            timers.in(Duration.between(clock.instant(), next), this::next);
        } catch (RuntimeException failure) {
            LOG.warnf("Senders could not be reconnected and will be tried again: %s", failure.getMessage());
            again(round.get());
            timers.in(STEP.multipliedBy(STEPS_PER_SECOND), this::next);
        }
    }

    private synchronized Optional<Round> first() {
        Optional<Round> first = another();
        connecting = first.isPresent();
        return first;
    }

    private synchronized void again(Round round) {
        rounds.add(round);
    }

    /// Connects a few senders, of several pools if they have few each.
    private void connect(Round begun) {
        int room = atOnce;
        Optional<Round> round = Optional.of(begun);
        while (round.isPresent()) {
            Optional<SenderKey> pool = round.get().pool();
            int limit = room;
            Optional<SenderKey> after = round.get().after();
            List<Sender> senders = liveSenders.connectSoon(
                    () -> database.read(tx -> new LinkingStore(tx).restorable(pool, after, limit)));
            room -= senders.size();
            if (room == 0) {
                again(new Round(pool, Optional.of(senders.getLast().key())));
                return;
            }
            round = another();
        }
    }

    private synchronized Optional<Round> another() {
        return Optional.ofNullable(rounds.poll());
    }

    /// Returns a random pause around one step, so that the nodes of a cluster don't run in sync.
    private Duration pause() {
        return Duration.ofMillis(random.nextLong(STEP.toMillis() / 2, STEP.toMillis() * 3 / 2 + 1));
    }
}
