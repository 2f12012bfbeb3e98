package dev.banyan.pages;

import dev.banyan.analytics.ClickCounters;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.Map;

/// The clicks that stand beside a link.
@Singleton
final class LinkClicks implements ClickCounters {

    @Override
    public void clicked(Tx tx, Owner owner, Map<String, Long> clicks) {
        new LinkStore(tx).addClicks(owner, clicks);
    }
}
