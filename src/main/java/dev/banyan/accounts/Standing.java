package dev.banyan.accounts;

import dev.banyan.accounts.GraceStore.Place;
import dev.banyan.accounts.PlanPrices.Price;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a tenant stands: what it bought, what of that is in force, what it uses, and what there is no room for.
///
/// @param price of what it bought
/// @param excess sub-accounts for which there is no room: read-only until the grace ends, or suspended
record Standing(
        Account root,
        Subscription subscription,
        EffectivePlan plan,
        boolean hasAccess,
        Price price,
        long usedSubAccounts,
        Quotas.Use pages,
        Quotas.Use links,
        Optional<Grace> grace,
        List<Place> excess) {

    /// Until when a cancelled plan holds.
    Optional<Instant> accessUntil() {
        return subscription.status() == SubscriptionStatus.CANCELLED ? subscription.nextBillingAt() : Optional.empty();
    }

    /// Those that can be read and not changed.
    List<Place> readOnly() {
        return excess.stream().filter(place -> !place.isByPlan()).toList();
    }
}
