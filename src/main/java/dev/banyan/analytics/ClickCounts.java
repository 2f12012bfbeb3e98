package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.ClickCounters.Clicks;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Passes clicks to the packages that count them with their own entities.
@Singleton
final class ClickCounts {

    private final List<ClickCounters> all;

    ClickCounts(@All List<ClickCounters> all) {
        this.all = all;
    }

    void tell(Tx tx, Owner owner, EventNames.Kind kind, Map<String, Clicks> clicks) {
        if (!clicks.isEmpty()) {
            all.stream()
                    .filter(counters -> counters.kind() == kind)
                    .forEach(counters -> counters.clicked(tx, owner, clicks));
        }
    }
}
