package dev.banyan.accounts.plans;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices.Price;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a tenant stands: what it bought, what of that is in force, what it uses, and what there is no room for.
///
/// @param price of what it bought
/// @param excess sub-accounts for which there is no room: read-only until the grace ends, or suspended
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

    /// Until when a cancelled plan holds.
    public Optional<Instant> accessUntil() {
        return subscription.status() == SubscriptionStatus.CANCELLED ? subscription.nextBillingAt() : Optional.empty();
    }

    /// Those that can be read and not changed.
    public List<Place> readOnly() {
        return excess.stream().filter(place -> !place.isByPlan()).toList();
    }
}
