package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices.Price;

/// What would change with a plan, before anything changes.
///
/// @param before the plan currently in force
/// @param readOnly sub-accounts that become or stay read-only, in the order in which a plan covers them
/// @param suspendedAt when they would be suspended; empty if there are none
/// @param suspended sub-accounts that stay suspended for lack of room
/// @param comesBack sub-accounts that are now read-only or suspended for lack of room, and would be active
/// @param domains hosts that the plan would no longer include
/// @param domainsUntil how long they would be served; empty if there are none
/// @param flagged accounts with more pages or links than they would have room for: kept, and flagged
public record PlanPreview(
        Plan plan,
        EffectivePlan before,
        EffectivePlan after,
        Price priceBefore,
        Price priceAfter,
        List<Place> readOnly,
        Optional<Instant> suspendedAt,
        List<Place> suspended,
        List<Place> comesBack,
        List<Flagged> flagged,
        List<String> domains,
        Optional<Instant> domainsUntil) {

    /// How many pages and links of an account would be over the limit.
    record Flagged(String username, String displayName, long pages, long links) {}

    Set<Feature> lost() {
        return minus(before.tier().features(), after.tier().features());
    }

    Set<Feature> gained() {
        return minus(after.tier().features(), before.tier().features());
    }

    private static Set<Feature> minus(Set<Feature> some, Set<Feature> others) {
        var left = EnumSet.noneOf(Feature.class);
        left.addAll(some);
        left.removeAll(others);
        return left;
    }
}
