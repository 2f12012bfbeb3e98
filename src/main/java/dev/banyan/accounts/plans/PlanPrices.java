package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;

/// Prices of plans: the total of the tier, the agency permission and each pack, at the prices in this server's
/// settings.
@Singleton
public final class PlanPrices {

    /// One part of a plan, for one billing period.
    ///
    /// @param label such as `Pro`, `Agency-Pro` or `10-pack`
    /// @param amount for all `quantity` of it; empty if the settings name no price
    public record Line(String label, int quantity, Optional<BigDecimal> amount) {}

    /// @param amount for a month, or a year; empty if a part has no price: “ask us”
    public record Price(List<Line> lines, Optional<BigDecimal> amount, Currency currency, BillingCycle cycle) {}

    private final PlanSettings settings;

    public PlanPrices(Settings settings) {
        this.settings = settings.plans();
    }

    public Price of(Plan plan, BillingCycle cycle) {
        var lines = new ArrayList<Line>();
        lines.add(line(plan.tier().label(), plan.tier().key(), 1, cycle));
        plan.agencyPermission().ifPresent(permission -> lines.add(line(permission.label, permission.key(), 1, cycle)));
        Arrays.stream(Pack.values())
                .filter(pack -> plan.packs().containsKey(pack))
                .forEach(pack -> lines.add(line(
                        pack.size + "-pack", "pack-" + pack.size, plan.packs().getOrDefault(pack, 0), cycle)));
        Optional<BigDecimal> sum = lines.stream()
                .map(Line::amount)
                .reduce((one, other) -> one.flatMap(first -> other.map(first::add)))
                .orElseThrow();
        return new Price(List.copyOf(lines), sum, settings.currency(), cycle);
    }

    private Line line(String label, String key, int quantity, BillingCycle cycle) {
        long times = (long) quantity * cycle.paidMonths();
        return new Line(label, quantity, settings.price(key).map(month -> month.multiply(BigDecimal.valueOf(times))));
    }
}
