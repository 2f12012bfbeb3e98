package dev.banyan.accounts.plans;

import dev.banyan.accounts.Plan;
import java.time.Instant;
import java.util.Optional;

/// What a tenant bought, and how it stands with it. What is in force follows from the time (contract 4.1): active and
/// trial as bought; cancelled as bought until the paid time is over; everything else is Free, at once.
///
/// @param plan what was bought, whether or not it is in force
/// @param nextBillingAt when the paid time ends or is paid anew
public record Subscription(
        Plan plan,
        SubscriptionStatus status,
        BillingCycle cycle,
        Optional<Instant> startedAt,
        Optional<Instant> nextBillingAt,
        Optional<Instant> cancelledAt) {

    /// Of a tenant that has no row: what it has is active, without an end.
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

    /// Cancelled, and the paid time is over.
    public boolean isOver(Instant now) {
        return status == SubscriptionStatus.CANCELLED && !hasAccess(now);
    }

    /// The same in another state. It starts when it begins to give access, and keeps the day on which it was cancelled.
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

    /// Bought anew, or another plan: active from now on. Time that is paid stays paid where it is counted the same.
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

    /// The same, paid in another rhythm.
    public Subscription paid(BillingCycle next) {
        return new Subscription(plan, status, next, startedAt, nextBillingAt, cancelledAt);
    }

    /// The plan that is in force.
    public Plan effective(Instant now) {
        return hasAccess(now) ? plan : Plan.FREE;
    }
}
