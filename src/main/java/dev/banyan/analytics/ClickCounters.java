package dev.banyan.analytics;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.Map;

/// Counters that another package shows beside its own things, such as the clicks of a link. They are told many clicks
/// together, in the transaction that counts them.
public interface ClickCounters {

    /// @param clicks how many more, by link
    void clicked(Tx tx, Owner owner, Map<String, Long> clicks);
}
