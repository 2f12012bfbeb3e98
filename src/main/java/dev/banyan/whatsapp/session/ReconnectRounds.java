package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Connects senders a few at a time, to avoid a burst of thousands on WhatsApp and the database.
@Singleton
public final class ReconnectRounds {

    static final Duration STEP = Duration.ofMillis(100);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    /// Senders that wait to be connected: those of some pools, or of all.
    ///
    /// @param after the last one that was connected
    private record Round(Optional<List<SenderKey>> pools, Optional<SenderKey> after) {}

    private final Database database;
    private final LiveSenders liveSenders;
    private final Timers timers;
    private final Clock clock;
    private final int perSecond;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Queue<Round> rounds = new ArrayDeque<>();
    private boolean connecting;
    private Instant stepped = Instant.EPOCH;

    public ReconnectRounds(Database database, LiveSenders liveSenders, Timers timers, Clock clock, Settings settings) {
        this.database = database;
        this.liveSenders = liveSenders;
        this.timers = timers;
        this.clock = clock;
        this.perSecond = settings.connectsPerSecond();
    }

    /// Connects the senders of these pools, or all, in the background.
    synchronized void add(Optional<List<SenderKey>> pools) {
        rounds.add(new Round(pools, Optional.empty()));
        if (!connecting) {
            connecting = true;
            stepped = clock.instant().minus(STEP);
            timers.now(this::next);
        }
    }

    private void next() {
        Optional<Round> round = first();
        if (round.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant next = now.plus(pause()); // what connecting takes is part of the step
        try {
            connect(round.get(), room(now));
            timers.in(Duration.between(clock.instant(), next), this::next);
        } catch (RuntimeException failure) {
            Log.warnf("Senders could not be reconnected and will be tried again: %s", failure.getMessage());
            timers.in(AGAIN_AFTER, this::next);
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

    /// Returns how many senders are due since the last step. One that took long, because the database is busy, leaves
    /// more to the next one, up to those of a second.
    private synchronized int room(Instant now) {
        long millis = Duration.between(stepped, now).toMillis();
        stepped = now;
        return Math.toIntExact(Math.max(
                1, Math.clamp(millis, STEP.toMillis(), AGAIN_AFTER.toMillis()) * perSecond / AGAIN_AFTER.toMillis()));
    }

    /// Connects a few senders, of several rounds if they have few each.
    private void connect(Round begun, int most) {
        int room = most;
        Optional<Round> round = Optional.of(begun);
        while (round.isPresent()) {
            List<Sender> senders = connectSome(round.get(), room);
            room -= senders.size();
            if (room == 0) {
                again(new Round(
                        round.get().pools(), Optional.of(senders.getLast().key())));
                return;
            }
            round = another();
        }
    }

    private List<Sender> connectSome(Round round, int most) {
        try {
            return liveSenders.connectSoon(
                    () -> database.read(tx -> new LinkingStore(tx).restorable(round.pools(), round.after(), most)));
        } catch (RuntimeException failure) {
            again(round);
            throw failure;
        }
    }

    private synchronized Optional<Round> another() {
        return Optional.ofNullable(rounds.poll());
    }

    /// Returns a random pause of at least one step, so that the nodes of a cluster don't run in sync.
    private Duration pause() {
        return Duration.ofMillis(random.nextLong(STEP.toMillis(), STEP.toMillis() * 3 / 2 + 1));
    }
}
