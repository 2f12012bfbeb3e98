package dev.banyan.accounts.plans;

import module java.base;

/// How often a plan is paid.
public enum BillingCycle {
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

    /// Returns the value in the API and in tables, such as `monthly`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BillingCycle> of(String key) {
        return Arrays.stream(values()).filter(cycle -> cycle.key().equals(key)).findFirst();
    }
}
