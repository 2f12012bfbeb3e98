package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;

/// The audit log for tests that create operations manually.
public final class TestAudit {

    private TestAudit() {}

    public static Audit on(Database database, Clock clock) {
        return new Audit(database, clock, new Uuids(clock), List.of());
    }
}
