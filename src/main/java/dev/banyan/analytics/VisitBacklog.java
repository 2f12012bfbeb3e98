package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.Counts.Key;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Moves counters from the [VisitJournalStore] to their rows: at once after a peak, and during it one shard with each
/// write of the [Recorder], so that three or four minutes of clicks on a short link are one update of its row. Failures
/// are retried a little later. Not thread-safe.
@Singleton
final class VisitBacklog {
    private static final Duration WHEN_QUIET = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /// With several servers, the rows of a stopped one are processed by the others.
    private static final Duration LOOKS_FOR_OTHERS = Duration.ofMinutes(1);

    private final Database database;
    private final ClickCounts clickCounts;
    private final Clock clock;

    /// There may be rows from before the start.
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

    /// Called after each write.
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

    /// Processes all rows, as far as nothing fails.
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
                nextShard = shard.get() + 1; // also if this one fails, so that it doesn't block the others
                database.write(tx -> workOff(tx, shard.get()));
            } else {
                mayHaveSome = nextShard > 0; // there may be some in earlier shards
                nextShard = 0;
            }
        } catch (RuntimeException failure) {
            Log.errorf(failure, "Moving counters out of the journal failed; it will be retried");
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
