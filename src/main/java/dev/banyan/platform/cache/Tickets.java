package dev.banyan.platform.cache;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import org.jspecify.annotations.Nullable;

/// Decides whether what caches keep may still be given out. Everything kept belongs to an owner, such as an account,
/// and is void as soon as its owner's ticket is torn.
///
/// There are two ways to keep no old data. If the owner is known before the database is read, draw its
/// [#ticket(Object)] first. If not, take the number of [#changes()] first, and keep only if it is still the same.
public class Tickets<O> {

    /// Identifies one state of an owner.
    public static final class Ticket {

        private final int number;
        private volatile boolean torn;

        private Ticket(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        public boolean isTorn() {
            return torn;
        }
    }

    private static final int OWNERS = 200_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    /// While the database is unavailable, nothing can change; but another node may have changed it just before.
    private static final Duration WHILE_AWAY = Duration.ofHours(1);

    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger drawn = new AtomicInteger();
    private final Cache<O, Ticket> byOwner = Caffeine.newBuilder()
            .maximumSize(OWNERS)
            // A ticket that has left the map could not be torn by the next change.
            .evictionListener((@Nullable O _, @Nullable Ticket ticket, RemovalCause _) -> {
                if (ticket != null) {
                    tear(ticket);
                }
            })
            .build();

    private final Database database;
    private final boolean shared;
    private final OtherNodes others;
    private final Clock clock;

    public Tickets(Database database, OtherNodes others, Clock clock) {
        this.database = database;
        this.others = others;
        this.shared = database.isShared();
        this.clock = clock;
    }

    /// Returns the owner's current ticket.
    public final Ticket ticket(O owner) {
        return byOwner.get(owner, _ -> {
            var ticket = new Ticket(drawn.incrementAndGet());
            drawn(owner, ticket);
            return ticket;
        });
    }

    /// Voids everything that is kept of an owner. To be called after the commit.
    public final void tear(O owner) {
        changed();
        // Atomic: a reader that draws the ticket at the same time has either this one, or the next.
        byOwner.asMap().computeIfPresent(owner, (_, ticket) -> {
            tear(ticket);
            return null;
        });
    }

    private void tear(Ticket ticket) {
        ticket.torn = true;
        torn(ticket);
    }

    void drawn(O owner, Ticket ticket) {}

    void torn(Ticket ticket) {}

    /// Returns the number of the last change.
    public final long changes() {
        return changes.get();
    }

    final void changed() {
        changes.incrementAndGet();
    }

    /// Returns the time to be kept with an entry.
    public final long now() {
        return clock.millis();
    }

    /// Returns whether an entry may be given out. Changes on other nodes tear our tickets too, as long as we hear of
    /// them; if not, an entry is valid only as long as people would wait for a change. While the database is
    /// unavailable, it stays valid, but is not stored again (docs/decisions/0039).
    final boolean isValid(Ticket ticket, long keptAt) {
        return !ticket.torn && isYoung(keptAt);
    }

    final boolean isYoung(long keptAt) {
        if (!shared || others.isCompleteSince(keptAt)) {
            return true;
        }
        long age = clock.millis() - keptAt;
        return age < WHERE_OTHERS_WRITE.toMillis() || age < WHILE_AWAY.toMillis() && database.isAway();
    }
}
