package dev.banyan.shortlinks;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.shortlinks.ShortLinkStore.Clicks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Gathers the clicks of a second, and writes them as one change per short link: a visitor never waits for a counter.
/// A clean stop writes what is left; a crash loses what was not written yet.
@Singleton
public final class ClickCounts {

    private static final Logger LOG = Logger.getLogger(ClickCounts.class);
    private static final int IN_ONE_WRITE = 2_000;
    /// Where the database takes nothing for a while, memory is not given for counters without end.
    private static final int MOST_WAITING = 500_000;

    private final Database database;
    private final Clock clock;
    private final Counter lost;
    private final ConcurrentHashMap<ShortLinkId, Clicks> waiting = new ConcurrentHashMap<>();

    ClickCounts(Database database, Clock clock, MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.lost = Counter.builder("banyan.shortlinks.clicks.lost")
                .description("Clicks on short links that could not be counted")
                .register(meters);
    }

    /// Returns at once.
    void add(Owner owner, ShortLinkId link) {
        gather(new Clicks(owner, link, 1, clock.instant()));
    }

    private void gather(Clicks clicks) {
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(clicks.link())) {
            lost.increment(clicks.count());
            return;
        }
        waiting.merge(
                clicks.link(),
                clicks,
                (one, other) -> new Clicks(
                        one.owner(), one.link(), one.count() + other.count(), later(one.last(), other.last())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// For a job, and for tests. One at a time: a second caller would find what is left.
    public synchronized void write() {
        List<Clicks> taken = new ArrayList<>(IN_ONE_WRITE);
        for (ShortLinkId link : waiting.keySet()) {
            Clicks clicks = waiting.remove(link);
            if (clicks != null) {
                taken.add(clicks);
            }
            if (taken.size() == IN_ONE_WRITE) {
                if (!write(taken)) {
                    return; // the rest waits with it
                }
                taken.clear();
            }
        }
        write(taken);
    }

    private boolean write(List<Clicks> taken) {
        if (taken.isEmpty()) {
            return true;
        }
        try {
            // In one order always: on PostgreSQL two nodes would else wait for each other.
            List<Clicks> inOrder = taken.stream()
                    .sorted((one, other) ->
                            one.link().value().compareTo(other.link().value()))
                    .toList();
            database.write(tx -> {
                new ShortLinkStore(tx).addClicks(inOrder);
                return inOrder.size();
            });
            return true;
        } catch (RuntimeException failure) {
            LOG.warnf("Clicks on short links wait to be counted: %s", failure.getMessage());
            taken.forEach(this::gather);
            return false;
        }
    }

    /// The port is closed by now, and the database is still open.
    void stop(@Observes ShutdownEvent event) {
        write();
    }
}
