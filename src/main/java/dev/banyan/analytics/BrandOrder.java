package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Keyed;

/// The columns that the comparison of brands can be sorted by: numbers from the largest, names from A.
enum BrandOrder implements Keyed, Comparator<BrandComparisons.Brand> {
    NAME("Account", Comparator.comparing(brand -> brand.account().displayName(), String.CASE_INSENSITIVE_ORDER)),
    VIEWS("Views", largest(VisitCounts::views)),
    VISITORS("Visitors", largest(VisitCounts::visitors)),
    CLICKS("Clicks", largest(VisitCounts::clicks)),
    REDIRECTS("Redirects", largest(VisitCounts::redirects)),
    RATE("Clicks per 100 views", Comparator.comparingDouble(BrandOrder::rate).reversed()),
    CHANGE("Change in views", Comparator.comparingLong(BrandOrder::change).reversed());

    final String label;
    private final Comparator<BrandComparisons.Brand> order;

    BrandOrder(String label, Comparator<BrandComparisons.Brand> order) {
        this.label = label;
        this.order = order;
    }

    private static Comparator<BrandComparisons.Brand> largest(ToLongFunction<VisitCounts> count) {
        return Comparator.<BrandComparisons.Brand>comparingLong(brand -> count.applyAsLong(brand.tally()))
                .reversed();
    }

    private static double rate(BrandComparisons.Brand brand) {
        long views = brand.tally().views();
        return views == 0 ? -1 : (double) brand.tally().clicks() / views;
    }

    /// Returns the change in numbers, so that one view after none isn't the largest.
    private static long change(BrandComparisons.Brand brand) {
        return brand.compared()
                .map(both -> both.now().views() - both.before().views())
                .orElse(Long.MIN_VALUE);
    }

    boolean ascending() {
        return this == NAME;
    }

    @Override
    public int compare(BrandComparisons.Brand one, BrandComparisons.Brand other) {
        return order.compare(one, other);
    }
}
