package dev.banyan.accounts.subscription;

import dev.banyan.accounts.Feature;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.web.page.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/// All limits and features of the tiers, side by side (LinkToMe contract 3.1).
public record TierTable(List<String> tiers, List<Row> rows) {

    record Row(String label, List<Cell> cells) {}

    /// A limit in words, or whether the tier has the feature.
    record Cell(String text, String icon) {}

    public static final TierTable ALL = all();

    private static TierTable all() {
        var rows = new ArrayList<Row>();
        rows.add(limit("Pages", tier -> tier.limit(PlanQuota.PAGES)));
        rows.add(limit("Links across all pages", tier -> tier.limit(PlanQuota.LINKS)));
        rows.add(limit("Link groups", Tier::maxLinkGroups));
        rows.add(limit("Short links", Tier::maxShortLinks));
        rows.add(limit("Days of analytics", Tier::analyticsDays));
        rows.add(limit("API keys", Tier::maxApiKeys));
        rows.add(limit("API requests per minute", Tier::apiRequestsPerMinute));
        rows.add(limit("API requests per day", Tier::apiRequestsPerDay));
        for (Feature feature : Feature.values()) {
            rows.add(new Row(
                    feature.label(),
                    Arrays.stream(Tier.values())
                            .map(tier -> tier.has(feature) ? new Cell("yes", "check") : new Cell("no", "x"))
                            .toList()));
        }
        return new TierTable(Arrays.stream(Tier.values()).map(Tier::label).toList(), rows);
    }

    /// Returns the limits of one tier that the page has no figure for.
    static List<PlanPage.Limit> limits(Tier tier) {
        return List.of(
                new PlanPage.Limit("Link groups", text(tier.maxLinkGroups())),
                new PlanPage.Limit("Short links", text(tier.maxShortLinks())),
                new PlanPage.Limit("Days of analytics", text(tier.analyticsDays())),
                new PlanPage.Limit("API keys", text(tier.maxApiKeys())),
                new PlanPage.Limit("API requests per minute", text(tier.apiRequestsPerMinute())),
                new PlanPage.Limit("API requests per day", text(tier.apiRequestsPerDay())));
    }

    private static Row limit(String label, ToLongFunction<Tier> limit) {
        return new Row(
                label,
                Arrays.stream(Tier.values())
                        .map(tier -> new Cell(text(limit.applyAsLong(tier)), ""))
                        .toList());
    }

    private static String text(long limit) {
        return limit == Tier.UNLIMITED ? "unlimited" : Words.grouped(limit);
    }

    /// Returns what a tier gives, in the few lines of its card.
    static List<String> gives(Tier tier) {
        var lines = new ArrayList<String>();
        lines.add(
                tier.limit(PlanQuota.PAGES) == Tier.UNLIMITED
                        ? "Unlimited pages and links"
                        : Words.count(tier.limit(PlanQuota.PAGES), "page", "pages") + ", "
                                + Words.count(tier.limit(PlanQuota.LINKS), "link", "links"));
        if (tier.maxShortLinks() != 0) {
            lines.add(
                    tier.maxShortLinks() == Tier.UNLIMITED
                            ? "Unlimited short links"
                            : Words.count(tier.maxShortLinks(), "short link", "short links"));
        }
        lines.add(
                tier.analyticsDays() == Tier.UNLIMITED
                        ? "Unlimited analytics history"
                        : Words.count(tier.analyticsDays(), "day", "days") + " of analytics");
        lines.addAll(gained(tier));
        return lines;
    }

    /// Returns the features that the tier below lacks, in reverse order of the contract, because the later ones are
    /// bigger.
    private static List<String> gained(Tier tier) {
        List<String> gained = Arrays.stream(Feature.values())
                .filter(feature ->
                        tier.has(feature) && (tier.ordinal() == 0 || !Tier.values()[tier.ordinal() - 1].has(feature)))
                .map(Feature::label)
                .toList()
                .reversed();
        int shown = gained.size() > MOST_FEATURES ? MOST_FEATURES - 1 : gained.size();
        var lines = new ArrayList<>(gained.subList(0, shown));
        if (shown < gained.size()) {
            lines.add("and " + (gained.size() - shown) + " more features");
        }
        return lines;
    }

    private static final int MOST_FEATURES = 3;
}
