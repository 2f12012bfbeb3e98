package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;

/// Deletes decisions after thirteen months, as the counters of messages.
@Singleton
final class FailoverRetention implements Expiring {

    static final Duration KEPT = Duration.ofDays(396);

    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final Clock clock;

    FailoverRetention(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        return database.write(tx -> new FailoverDecisionStore(tx).deleteBefore(before, AT_ONCE));
    }
}
