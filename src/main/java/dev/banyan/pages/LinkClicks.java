package dev.banyan.pages;

import module java.base;
import dev.banyan.analytics.ClickCounters;
import dev.banyan.analytics.EventNames;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Updates the click counters of links.
@Singleton
final class LinkClicks implements ClickCounters {

    @Override
    public EventNames.Kind kind() {
        return EventNames.Kind.LINK;
    }

    @Override
    public void clicked(Tx tx, Owner owner, Map<String, Clicks> clicks) {
        var counts = new HashMap<String, Long>();
        clicks.forEach((link, more) -> counts.put(link, more.count()));
        new LinkStore(tx).addClicks(owner, counts);
    }
}
