package dev.banyan.whatsapp.session;

import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/// Reconnects, after a start, every sender that was linked, without a new code: a few at a time, to avoid a burst of
/// thousands on WhatsApp and the database.
@Singleton
public final class Resumption {

    static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS_PER_SECOND = 10;

    private static final Logger LOG = Logger.getLogger(Resumption.class);

    private final Database database;
    private final LiveSenders sessions;
    private final Timers timers;
    private final Clock clock;
    private final ExecutorService threads;
    private final Nodes nodes;
    private final int atOnce;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public Resumption(
            Database database,
            LiveSenders sessions,
            Timers timers,
            Clock clock,
            @VirtualThreads ExecutorService threads,
            Nodes nodes,
            Settings settings) {
        this.database = database;
        this.sessions = sessions;
        this.timers = timers;
        this.clock = clock;
        this.threads = threads;
        this.nodes = nodes;
        this.atOnce = Math.max(1, settings.connectsPerSecond() / STEPS_PER_SECOND);
    }

    /// Resets unfinished linkings and reconnects linked senders in the background. A row with the state "linked" proves
    /// nothing until its driver has answered.
    public void begin() {
        if (nodes.live().size() <= 1) { // others may be in the middle of one
            database.write(tx -> new SenderStore(tx).giveUpLinkings(clock.instant()));
        }
        threads.execute(() -> again(Optional.empty()));
    }

    private void next(Optional<SenderKey> after) {
        List<Sender> senders = database.read(tx -> new SenderStore(tx).restorable(after, atOnce));
        senders.forEach(sessions::connectSoon);
        if (senders.size() == atOnce) {
            timers.in(pause(), () -> again(Optional.of(senders.getLast().key())));
        }
    }

    private void again(Optional<SenderKey> after) {
        try {
            next(after);
        } catch (RuntimeException failure) {
            LOG.warnf("Senders could not be reconnected and will be tried again: %s", failure.getMessage());
            timers.in(STEP.multipliedBy(STEPS_PER_SECOND), () -> again(after));
        }
    }

    /// Returns a random pause around one step, so that the nodes of a cluster don't run in sync.
    private Duration pause() {
        return Duration.ofMillis(random.nextLong(STEP.toMillis() / 2, STEP.toMillis() * 3 / 2 + 1));
    }
}
