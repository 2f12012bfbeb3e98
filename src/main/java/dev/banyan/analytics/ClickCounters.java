package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Counters kept by another package with its own entities, such as the clicks of a link. Clicks are passed in batches,
/// in the transaction that counts them.
public interface ClickCounters {

    /// @param count number of new clicks by people
    /// @param last time of the last one
    record Clicks(long count, Instant last) {}

    EventNames.Kind kind();

    /// @param clicks by id
    void clicked(Tx tx, Owner owner, Map<String, Clicks> clicks);
}
