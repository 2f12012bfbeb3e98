package dev.banyan.accounts;

import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Draws what can be chosen: tiers, agency permissions, packs, and what each costs.
@Singleton
final class SubscriptionPages {

    private final PlanSettings settings;

    SubscriptionPages(Settings settings) {
        this.settings = settings.plans();
    }

    boolean isOpen() {
        return settings.billing() == PlanSettings.Billing.OPEN;
    }

    List<SubscriptionPage.TierCard> tiers(Plan now) {
        return Arrays.stream(Tier.values())
                .map(tier -> new SubscriptionPage.TierCard(
                        tier.key(),
                        tier.label(),
                        text(Bill.price(settings, tier)),
                        Bill.price(settings, tier).isPresent(),
                        tier == now.tier(),
                        TierTable.gives(tier)))
                .toList();
    }

    /// @param chosen what the sub-accounts would work at depends on the tier that is chosen beside
    List<SubscriptionPage.Option> permissions(Plan now, Optional<Tier> chosen, Plans plans) {
        Tier tier = chosen.orElse(now.tier());
        return Stream.concat(
                        Stream.of(new SubscriptionPage.Option(
                                PlanForm.NO_PERMISSION,
                                "None",
                                "No sub-accounts",
                                text(Optional.of(BigDecimal.ZERO)),
                                now.agencyPermission().isEmpty())),
                        Arrays.stream(AgencyPermission.values())
                                .map(permission -> new SubscriptionPage.Option(
                                        permission.key(),
                                        permission.label(),
                                        brandsWorkAt(permission, tier, plans),
                                        text(Bill.price(settings, permission)),
                                        now.agencyPermission().equals(Optional.of(permission)))))
                .toList();
    }

    private static String brandsWorkAt(AgencyPermission permission, Tier tier, Plans plans) {
        Tier at = plans.of(new Plan(tier, Optional.of(permission), Map.of()))
                .subAccountTier();
        return at.compareTo(permission.ceiling()) < 0
                ? "Brands work at " + at.label() + " until your own tier is "
                        + permission.ceiling().label() + ": the lower one counts"
                : "Brands work at " + at.label();
    }

    List<SubscriptionPage.PackField> packs(PlanForm form) {
        return List.of(
                pack(Pack.THREE, form.packs3()), pack(Pack.TEN, form.packs10()), pack(Pack.TWENTY_FIVE, form.packs25()));
    }

    private SubscriptionPage.PackField pack(Pack pack, String typed) {
        return new SubscriptionPage.PackField(
                "packs" + pack.size(),
                pack.size() + "-pack",
                Bill.price(settings, pack)
                        .map(price -> Bill.text(price, settings.currency()) + " a month each")
                        .orElse("Ask us"),
                typed);
    }

    static List<SubscriptionPage.Option> cycles(BillingCycle now) {
        return List.of(
                new SubscriptionPage.Option(
                        BillingCycle.MONTHLY.key(), "Monthly", "Paid each month", "", now == BillingCycle.MONTHLY),
                new SubscriptionPage.Option(
                        BillingCycle.ANNUAL.key(), "Annual", "Twelve months for the price of ten", "", now == BillingCycle.ANNUAL));
    }

    private String text(Optional<BigDecimal> price) {
        return price.map(known -> Bill.text(known, settings.currency())).orElse("Ask us");
    }
}
