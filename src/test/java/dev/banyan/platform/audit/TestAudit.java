package dev.banyan.platform.audit;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import java.time.Clock;

/// The audit for tests that make operations by hand.
public final class TestAudit {

    private TestAudit() {}

    public static Audit on(Database database, Clock clock) {
        return new Audit(database, clock, new Uuids(clock));
    }
}
