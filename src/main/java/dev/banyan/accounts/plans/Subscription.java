package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.Plan;

/// What a tenant bought, and the state of its subscription. What is in force depends on the time (contract 4.1): active
/// and trial give what was bought; cancelled gives it until the paid time is over; every other state gives Free at
/// once.
///
/// @param plan what was bought, whether or not it is in force
/// @param nextBillingAt when the paid time ends or is renewed
public record Subscription(
        Plan plan,
        SubscriptionStatus status,
        BillingCycle cycle,
        Optional<Instant> startedAt,
        Optional<Instant> nextBillingAt,
        Optional<Instant> cancelledAt) {

    /// Returns an active subscription without an end, for a tenant that has no row.
    static Subscription endless(Plan plan) {
        return new Subscription(
                plan,
                SubscriptionStatus.ACTIVE,
                BillingCycle.MONTHLY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean hasAccess(Instant now) {
        return switch (status) {
            case ACTIVE, TRIAL -> true;
            case CANCELLED -> nextBillingAt.filter(now::isBefore).isPresent();
            case EXPIRED, SUSPENDED -> false;
        };
    }

    /// Returns true if it is cancelled and the paid time is over.
    public boolean isOver(Instant now) {
        return status == SubscriptionStatus.CANCELLED && !hasAccess(now);
    }

    /// Returns the same in another state. It starts when it begins to give access, and keeps the day on which it was
    /// cancelled.
    public Subscription with(SubscriptionStatus next, Optional<Instant> nextBilling, Instant now) {
        boolean goesOn = hasAccess(now);
        Optional<Instant> cancelled = switch (next) {
            case ACTIVE, TRIAL -> Optional.empty();
            case CANCELLED -> status == next && cancelledAt.isPresent() ? cancelledAt : Optional.of(now);
            case EXPIRED, SUSPENDED -> cancelledAt;
        };
        return new Subscription(
                plan,
                next,
                cycle,
                goesOn && startedAt.isPresent() ? startedAt : Optional.of(now),
                nextBilling,
                cancelled);
    }

    /// Returns the subscription after a new purchase or a change of plan: active from now on. Paid time stays paid if
    /// the billing cycle is the same.
    public Subscription renewed(Plan next, BillingCycle nextCycle, Instant now) {
        boolean paid = hasAccess(now) && cycle == nextCycle;
        boolean free = next.equals(Plan.FREE);
        return new Subscription(
                next,
                SubscriptionStatus.ACTIVE,
                nextCycle,
                hasAccess(now) && startedAt.isPresent() ? startedAt : Optional.of(now),
                free
                        ? Optional.empty()
                        : Optional.of(nextBillingAt
                                .filter(end -> paid && end.isAfter(now))
                                .orElseGet(() -> nextCycle.endOf(now))),
                Optional.empty());
    }

    /// Returns the same with another billing cycle.
    public Subscription paid(BillingCycle next) {
        return new Subscription(plan, status, next, startedAt, nextBillingAt, cancelledAt);
    }

    /// Returns the plan that is in force.
    public Plan effective(Instant now) {
        return hasAccess(now) ? plan : Plan.FREE;
    }
}
