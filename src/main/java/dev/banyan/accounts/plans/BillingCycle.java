package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.platform.Keyed;

/// How often a plan is paid.
public enum BillingCycle implements Keyed {
    MONTHLY,
    ANNUAL;

    /// Returns how many months are paid at once: a year costs ten.
    int paidMonths() {
        return this == ANNUAL ? 10 : 1;
    }

    /// Returns when a period that starts at `start` is due for payment again.
    Instant endOf(Instant start) {
        return start.atZone(ZoneOffset.UTC).plusMonths(this == ANNUAL ? 12 : 1).toInstant();
    }

    public static Optional<BillingCycle> of(String key) {
        return Keyed.parse(BillingCycle.class, key);
    }
}
