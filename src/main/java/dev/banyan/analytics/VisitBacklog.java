package dev.banyan.analytics;

import dev.banyan.analytics.Counts.Key;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Works off what stands in the [VisitJournalStore]: at once when the crowd is gone, and while it lasts a shard with
/// each write of the [Recorder], so that a short link's clicks of three or four minutes are one change of its row. What
/// fails is tried again a little later. Not for several threads.
@Singleton
final class VisitBacklog {

    private static final Logger LOG = Logger.getLogger(VisitBacklog.class);

    private static final Duration WHEN_QUIET = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /// Where several servers write, one that is gone leaves its rows to the others.
    private static final Duration LOOKS_FOR_OTHERS = Duration.ofMinutes(1);

    private final Database database;
    private final ClickCounts clickCounts;
    private final Clock clock;

    /// A start may find what the last run left.
    private boolean mayHaveSome = true;

    private int nextShard;
    private Instant notBefore = Instant.MIN;
    private Instant nextLook = Instant.MIN;

    VisitBacklog(Database database, ClickCounts clickCounts, Clock clock) {
        this.database = database;
        this.clickCounts = clickCounts;
        this.clock = clock;
    }

    /// @param sums of single short links
    void add(Tx tx, Owner owner, Map<Key, Counts.Sum> sums) {
        new VisitJournalStore(tx).append(owner, sums);
        mayHaveSome = true;
    }

    /// After each write.
    void work(boolean isCrowd) {
        long begin = System.nanoTime();
        lookForOthers();
        for (int done = 0; isDue() && (isCrowd ? done < 1 : isTime(begin)); done++) {
            workOffOne();
        }
    }

    private static boolean isTime(long begin) {
        return System.nanoTime() - begin < WHEN_QUIET.toNanos();
    }

    /// All of it, as far as nothing fails.
    void workOff() {
        while (isDue()) {
            workOffOne();
        }
    }

    private boolean isDue() {
        return mayHaveSome && !clock.instant().isBefore(notBefore);
    }

    private void lookForOthers() {
        Instant now = clock.instant();
        if (database.isShared() && !now.isBefore(nextLook)) {
            nextLook = now.plus(LOOKS_FOR_OTHERS);
            mayHaveSome = true;
        }
    }

    private void workOffOne() {
        try {
            Optional<Integer> shard = database.read(tx -> new VisitJournalStore(tx).next(nextShard));
            if (shard.isPresent()) {
                nextShard = shard.get() + 1; // also if this one fails: it shall not hold up the others
                database.write(tx -> workOff(tx, shard.get()));
            } else {
                mayHaveSome = nextShard > 0; // there may be some before
                nextShard = 0;
            }
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Clicks of a crowd wait to be counted");
            notBefore = clock.instant().plus(AFTER_FAILURE);
        }
    }

    private int workOff(Tx tx, int shard) {
        Map<Owner, Map<Key, Counts.Sum>> sums = new VisitJournalStore(tx).take(shard);
        sums.forEach((owner, of) -> {
            new VisitStore(tx).addShortLinks(owner, of);
            clickCounts.tell(tx, owner, EventNames.Kind.SHORT_LINK, Counts.shortLinkClicks(of));
        });
        return sums.size();
    }
}
