package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.analytics.ClickCounters;
import dev.banyan.analytics.EventNames;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Updates the click counters of short links. Links with a limit count their own clicks before they redirect.
@Singleton
final class ShortLinkClicks implements ClickCounters {

    @Override
    public EventNames.Kind kind() {
        return EventNames.Kind.SHORT_LINK;
    }

    @Override
    public void clicked(Tx tx, Owner owner, Map<String, Clicks> clicks) {
        new ShortLinkStore(tx).addClicks(owner, clicks);
    }
}
