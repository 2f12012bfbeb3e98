package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;

/// Deletes decisions after thirteen months, as the counters of messages.
@Singleton
record FailoverRetention(Database database, Clock clock) implements Expiring {

    static final Duration KEPT = Duration.ofDays(396);

    private static final int AT_ONCE = 1_000;

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        return database.write(tx -> new FailoverDecisionStore(tx).deleteBefore(before, AT_ONCE));
    }
}
