package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.analytics.LinkTrends;
import dev.banyan.analytics.LinkTrends.Trend;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// The links of a page with their click trends.
@Singleton
final class LinkLists {

    /// @param trends by link, if the tier has trends; links without clicks are absent
    record Listed(OnPage on, Optional<Map<String, Trend>> trends) {

        Optional<Trend> trend(LinkId link) {
            return trends.map(all -> all.getOrDefault(link.toString(), Trend.NEUTRAL));
        }
    }

    private final Links links;
    private final LinkTrends trends;
    private final Database database;

    LinkLists(Links links, LinkTrends trends, Database database) {
        this.links = links;
        this.trends = trends;
        this.database = database;
    }

    /// @param page empty for the default page
    Optional<Listed> list(AccountContext context, Optional<PageId> page) {
        return database.read(tx -> links.list(tx, context, page)
                .map(on -> new Listed(
                        on,
                        on.tier().has(Feature.ADVANCED_ANALYTICS)
                                ? Optional.of(trends.ofPage(
                                        tx, context.owner(), on.page().id().toString()))
                                : Optional.empty())));
    }
}
