package dev.banyan.analytics;

import dev.banyan.analytics.Counts.Key;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Works off what stands in the [VisitJournalStore]: at once when the crowd is gone, and while it lasts a shard with
/// each
/// write of the [Recorder], so that a short link's clicks of three or four minutes are one change of its row. Not for
/// several threads.
@Singleton
final class VisitBacklog {

    private static final Logger LOG = Logger.getLogger(VisitBacklog.class);

    private static final Duration WHEN_QUIET = Duration.ofMillis(200);

    private final Database database;
    private final ClickCounts clickCounts;

    /// A start may find what the last run left.
    private boolean mayHaveSome = true;

    private int nextShard;

    VisitBacklog(Database database, ClickCounts clickCounts) {
        this.database = database;
        this.clickCounts = clickCounts;
    }

    /// @param sums of single short links
    void add(Tx tx, Owner owner, Map<Key, Counts.Sum> sums) {
        new VisitJournalStore(tx).append(owner, sums);
        mayHaveSome = true;
    }

    /// After each write.
    void work(boolean isCrowd) {
        long begin = System.nanoTime();
        for (int done = 0; mayHaveSome && (isCrowd ? done < 1 : isTime(begin)); done++) {
            workOffOne();
        }
    }

    private static boolean isTime(long begin) {
        return System.nanoTime() - begin < WHEN_QUIET.toNanos();
    }

    /// All of it.
    void workOff() {
        while (mayHaveSome) {
            workOffOne();
        }
    }

    private void workOffOne() {
        try {
            Optional<Integer> shard = database.read(tx -> new VisitJournalStore(tx).next(nextShard));
            if (shard.isPresent()) {
                database.write(tx -> workOff(tx, shard.get()));
                nextShard = shard.get() + 1;
            } else {
                mayHaveSome = nextShard > 0; // there may be some before
                nextShard = 0;
            }
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Clicks of a crowd wait to be counted");
            mayHaveSome = false; // until more come, or the next start
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
