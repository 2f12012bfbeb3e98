package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices.Price;

/// A tenant's subscription: what it bought, what of that is in force, what it uses, and what there is no room for.
///
/// @param price of what it bought
/// @param excess sub-accounts without room: read-only until the grace period ends, or suspended
public record SubscriptionOverview(
        Account root,
        Subscription subscription,
        EffectivePlan plan,
        boolean hasAccess,
        Price price,
        long usedSubAccounts,
        Quotas.Use pages,
        Quotas.Use links,
        Optional<GracePeriod> grace,
        List<Place> excess) {

    /// Returns until when a cancelled plan gives access.
    public Optional<Instant> accessUntil() {
        return subscription.status() == SubscriptionStatus.CANCELLED ? subscription.nextBillingAt() : Optional.empty();
    }

    /// Returns the read-only sub-accounts.
    public List<Place> readOnly() {
        return excess.stream().filter(place -> !place.isByPlan()).toList();
    }
}
