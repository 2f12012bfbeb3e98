package dev.banyan.accounts.subscription;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The subscription as the LinkToMe client reads it (contract 2.12), with the additions of the agency seed.
///
/// @param quantity accounts in all, including the own one; -1 means unlimited
/// @param subAccountLimit how many sub-accounts the plan in force allows; -1 means unlimited
/// @param amount absent if the server names no price
/// @param limits of the effective tier; -1 means unlimited
@JsonInclude(Include.NON_ABSENT)
record SubscriptionView(
        @Schema(implementation = Tier.class) String currentTier,
        @Schema(implementation = Tier.class) String effectiveTier,
        @Schema(implementation = SubscriptionStatus.class) String status,
        boolean isTrial,
        boolean hasAccess,
        @JsonProperty("SubscriptionQuantity") long quantity,
        @JsonProperty("SubAccountLimit") long subAccountLimit,
        Optional<Instant> subscriptionStartedAt,
        @Schema(implementation = BillingCycle.class) String billingCycle,
        Optional<Instant> nextBillingDate,
        Optional<BigDecimal> amount,
        String currency,
        Optional<Instant> cancelledAt,
        Optional<Instant> accessUntil,
        Optional<Instant> cancelAt,
        @Schema(implementation = AgencyPermission.class) Optional<String> agencyPermission,
        int subAccountPackSize,
        long usedSubAccounts,
        @Schema(implementation = Tier.class) String subAccountTier,
        List<PackView> packs,
        Map<String, Long> limits,
        Map<String, Boolean> features,
        boolean ownerMayChange,
        Optional<GraceView> grace) {

    record PackView(int size, int quantity) {}

    /// @param readOnly usernames of the sub-accounts that will be suspended at `endsAt`
    /// @param suspended usernames of those that are suspended for lack of room
    record GraceView(Instant startedAt, Instant endsAt, List<String> readOnly, List<String> suspended) {}

    private static final int NAMES = 1_000;

    static SubscriptionView of(SubscriptionOverview standing, boolean ownerMayChange) {
        Subscription bought = standing.subscription();
        EffectivePlan plan = standing.plan();
        return new SubscriptionView(
                bought.plan().tier().key(),
                plan.tier().key(),
                bought.status().key(),
                bought.status() == SubscriptionStatus.TRIAL,
                standing.hasAccess(),
                plan.subAccountLimit().plus(1).number(),
                plan.subAccountLimit().number(),
                bought.startedAt(),
                bought.cycle().key(),
                bought.nextBillingAt(),
                standing.price().amount(),
                standing.price().currency().getCurrencyCode(),
                bought.cancelledAt(),
                standing.accessUntil(),
                standing.accessUntil(),
                plan.agencyPermission().map(AgencyPermission::key),
                (int) plan.packSize().number(),
                standing.usedSubAccounts(),
                plan.subAccountTier().key(),
                Arrays.stream(Pack.values())
                        .filter(pack -> bought.plan().packs().containsKey(pack))
                        .map(pack ->
                                new PackView(pack.size, bought.plan().packs().getOrDefault(pack, 0)))
                        .toList(),
                limits(plan.tier()),
                features(plan.tier()),
                ownerMayChange,
                standing.grace().map(grace -> grace(grace, standing)));
    }

    private static GraceView grace(GracePeriod grace, SubscriptionOverview standing) {
        return new GraceView(
                grace.startedAt(),
                grace.endsAt(),
                usernames(standing.readOnly()),
                usernames(standing.excess().stream().filter(Place::isByPlan).toList()));
    }

    static List<String> usernames(List<Place> places) {
        return places.stream().limit(NAMES).map(Place::username).toList();
    }

    static Map<String, Long> limits(Tier tier) {
        var limits = new LinkedHashMap<String, Long>();
        limits.put("maxPages", tier.limit(PlanQuota.PAGES).number());
        limits.put("maxLinks", tier.limit(PlanQuota.LINKS).number());
        limits.put("maxLinkGroups", tier.maxLinkGroups.number());
        limits.put("maxShortLinks", tier.maxShortLinks.number());
        limits.put("analyticsRetentionDays", tier.analyticsDays.number());
        limits.put("apiKeysLimit", tier.maxApiKeys.number());
        limits.put("apiRequestsPerMinute", tier.apiRequestsPerMinute);
        limits.put("apiRequestsPerDay", tier.apiRequestsPerDay.number());
        return limits;
    }

    private static Map<String, Boolean> features(Tier tier) {
        var features = new LinkedHashMap<String, Boolean>();
        for (Feature feature : Feature.values()) {
            features.put(feature.key(), tier.has(feature));
        }
        return features;
    }
}
