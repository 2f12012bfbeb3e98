package dev.banyan.accounts;

import dev.banyan.platform.config.PlanSettings;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a plan costs a month, part by part: the tier, the agency permission, the packs (agency seed, "Example Pricing
/// Scenarios").
public record Bill(List<Line> lines, Currency currency) {

    /// A year costs as much as ten months.
    private static final int MONTHS_PAID_A_YEAR = 10;

    /// @param label as people read it, such as `Agency-Pro` or `25-pack`
    /// @param quantity 1, or how many of a pack
    /// @param price of all of them a month; empty where there is no fixed one
    public record Line(String label, int quantity, Optional<BigDecimal> price) {

        public String text() {
            return quantity == 1 ? label : quantity + " × " + label;
        }
    }

    public Bill {
        lines = List.copyOf(lines);
    }

    public static Bill of(PlanSettings settings, Plan plan) {
        var lines = new ArrayList<Line>();
        lines.add(new Line(plan.tier().label() + " tier", 1, price(settings, plan.tier())));
        plan.agencyPermission().ifPresent(agency -> lines.add(new Line(agency.label(), 1, price(settings, agency))));
        plan.packs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(pack -> lines.add(new Line(
                        pack.getKey().size() + "-pack",
                        pack.getValue(),
                        price(settings, pack.getKey()).map(one -> one.multiply(BigDecimal.valueOf(pack.getValue()))))));
        return new Bill(lines, settings.currency());
    }

    static Optional<BigDecimal> price(PlanSettings settings, Tier tier) {
        return settings.price(tier.key());
    }

    static Optional<BigDecimal> price(PlanSettings settings, AgencyPermission permission) {
        return settings.price(permission.key());
    }

    static Optional<BigDecimal> price(PlanSettings settings, Pack pack) {
        return settings.price("pack-" + pack.size());
    }

    /// The sum of a month or a year; empty where a part has no fixed price.
    public Optional<BigDecimal> total(BillingCycle cycle) {
        return lines.stream()
                .map(Line::price)
                .reduce(Optional.of(BigDecimal.ZERO), (sum, price) -> sum.flatMap(one -> price.map(one::add)))
                .map(month -> switch (cycle) {
                    case MONTHLY -> month;
                    case ANNUAL -> month.multiply(BigDecimal.valueOf(MONTHS_PAID_A_YEAR));
                });
    }

    /// "$85", "$15.50", "AED 40".
    static String text(BigDecimal amount, Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(currency);
        boolean isWhole = amount.stripTrailingZeros().scale() <= 0;
        format.setMinimumFractionDigits(isWhole ? 0 : Math.min(2, Math.max(0, currency.getDefaultFractionDigits())));
        format.setMaximumFractionDigits(isWhole ? 0 : 2);
        return format.format(amount);
    }

    /// The same, or that one has to ask.
    String text(Optional<BigDecimal> amount) {
        return amount.map(known -> text(known, currency)).orElse("Ask us");
    }

    /// "$85 a month"; "Price on request" where there is no sum.
    String totalText(BillingCycle cycle) {
        return total(cycle)
                .map(sum -> text(sum, currency) + (cycle == BillingCycle.ANNUAL ? " a year" : " a month"))
                .orElse("price on request");
    }
}
