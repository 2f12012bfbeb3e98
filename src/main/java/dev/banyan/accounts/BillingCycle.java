package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How often a plan is paid.
public enum BillingCycle {
    MONTHLY,
    ANNUAL;

    /// As it stands on the wire and in tables: `monthly`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BillingCycle> of(String key) {
        return Arrays.stream(values()).filter(cycle -> cycle.key().equals(key)).findFirst();
    }
}
