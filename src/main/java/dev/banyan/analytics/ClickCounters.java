package dev.banyan.analytics;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.time.Instant;
import java.util.Map;

/// Counters that another package shows beside its own things, such as the clicks of a link. They are told many clicks
/// together, in the transaction that counts them.
public interface ClickCounters {

    /// @param count how many more, of people
    /// @param last when the last of them was
    record Clicks(long count, Instant last) {}

    /// Whose clicks they are.
    EventNames.Kind kind();

    /// @param clicks by id
    void clicked(Tx tx, Owner owner, Map<String, Clicks> clicks);
}
