package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.ClickCounters.Clicks;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.Webhooks;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Passes clicks to the packages that count them with their own entities, and visits to webhooks.
@Singleton
record ClickCounts(@All List<ClickCounters> all, Webhooks webhooks) {

    void tell(Tx tx, Owner owner, EventNames.Kind kind, Map<String, Clicks> clicks) {
        if (!clicks.isEmpty()) {
            all.stream()
                    .filter(counters -> counters.kind() == kind)
                    .forEach(counters -> counters.clicked(tx, owner, clicks));
        }
    }

    /// Returns whether a webhook may want the visits of an account. Costs no query.
    boolean mayBeHeard(Owner owner) {
        return webhooks.mayHearVisits(owner);
    }

    void tell(Tx tx, Owner owner, VisitEvents visits) {
        visits.tell(tx, owner, webhooks);
    }
}
