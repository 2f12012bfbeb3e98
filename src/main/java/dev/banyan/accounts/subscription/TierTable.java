package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.page.Words;

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
        rows.add(limit("Link groups", tier -> tier.maxLinkGroups));
        rows.add(limit("Short links", tier -> tier.maxShortLinks));
        rows.add(limit("Days of analytics", tier -> tier.analyticsDays));
        rows.add(limit("API keys", tier -> tier.maxApiKeys));
        rows.add(limit("API requests per minute", tier -> new Limit(tier.apiRequestsPerMinute)));
        rows.add(limit("API requests per day", tier -> tier.apiRequestsPerDay));
        for (Feature feature : Feature.values()) {
            rows.add(new Row(
                    feature.label,
                    Arrays.stream(Tier.values())
                            .map(tier -> tier.has(feature) ? new Cell("yes", "check") : new Cell("no", "x"))
                            .toList()));
        }
        return new TierTable(Arrays.stream(Tier.values()).map(Tier::label).toList(), rows);
    }

    /// Returns the limits of one tier that the page has no figure for.
    static List<PlanPage.Limit> limits(Tier tier) {
        return List.of(
                new PlanPage.Limit("Link groups", tier.maxLinkGroups.text()),
                new PlanPage.Limit("Short links", tier.maxShortLinks.text()),
                new PlanPage.Limit("Days of analytics", tier.analyticsDays.text()),
                new PlanPage.Limit("API keys", tier.maxApiKeys.text()),
                new PlanPage.Limit("API requests per minute", Words.grouped(tier.apiRequestsPerMinute)),
                new PlanPage.Limit("API requests per day", tier.apiRequestsPerDay.text()));
    }

    private static Row limit(String label, Function<Tier, Limit> limit) {
        return new Row(
                label,
                Arrays.stream(Tier.values())
                        .map(tier -> new Cell(limit.apply(tier).text(), ""))
                        .toList());
    }

    /// Returns what a tier gives, in the few lines of its card.
    static List<String> gives(Tier tier) {
        var lines = new ArrayList<String>();
        lines.add(
                tier.limit(PlanQuota.PAGES).isUnlimited()
                        ? "Unlimited pages and links"
                        : Words.count(tier.limit(PlanQuota.PAGES).number(), "page", "pages") + ", "
                                + Words.count(tier.limit(PlanQuota.LINKS).number(), "link", "links"));
        if (!tier.maxShortLinks.isZero()) {
            lines.add(
                    tier.maxShortLinks.isUnlimited()
                            ? "Unlimited short links"
                            : Words.count(tier.maxShortLinks.number(), "short link", "short links"));
        }
        lines.add(
                tier.analyticsDays.isUnlimited()
                        ? "Unlimited analytics history"
                        : Words.count(tier.analyticsDays.number(), "day", "days") + " of analytics");
        lines.addAll(gained(tier));
        return lines;
    }

    /// Returns the features that the tier below lacks, in reverse order of the contract, because the later ones are
    /// bigger.
    private static List<String> gained(Tier tier) {
        List<String> gained = Arrays.stream(Feature.values())
                .filter(feature ->
                        tier.has(feature) && (tier.ordinal() == 0 || !Tier.values()[tier.ordinal() - 1].has(feature)))
                .map(feature -> feature.label)
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
