package dev.banyan.accounts.plans;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a tenant stands with what it bought (LinkToMe contract 4.1).
public enum SubscriptionStatus {
    ACTIVE,
    TRIAL,
    CANCELLED,
    EXPIRED,
    SUSPENDED;

    /// As it stands on the wire and in tables: `cancelled`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it: `Cancelled`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    public static Optional<SubscriptionStatus> of(String key) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(key))
                .findFirst();
    }
}
