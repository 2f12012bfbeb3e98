package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.analytics.LinkTrends;
import dev.banyan.analytics.LinkTrends.Trend;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The links of a page with their click trends.
@Singleton
record LinkLists(Links links, LinkTrends trends, Database database, Clock clock) {

    /// @param trends by link, if the tier has trends; links without clicks are absent
    record Listed(OnPage on, Optional<Map<String, Trend>> trends) {

        Optional<Trend> trend(LinkId link) {
            return trends.map(all -> all.getOrDefault(link.toString(), Trend.NEUTRAL));
        }
    }

    private record Asked(Owner owner, Optional<PageId> page, Instant second) {}

    /// @param page empty for the default page
    Optional<Listed> list(AccountContext context, Optional<PageId> page) {
        var question = new Asked(context.owner(), page, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return database.read(tx -> tx.once(
                question,
                asked -> links.list(tx, asked.owner(), asked.page())
                        .map(on -> new Listed(on, trends(tx, asked.owner(), on)))));
    }

    private Optional<Map<String, Trend>> trends(Tx tx, Owner owner, OnPage on) {
        return on.tier().has(Feature.ADVANCED_ANALYTICS)
                ? Optional.of(trends.ofPage(tx, owner, on.page().id().toString()))
                : Optional.empty();
    }
}
