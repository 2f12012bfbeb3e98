package dev.banyan.accounts.plans;

import module java.base;

/// The state of a subscription (LinkToMe contract 4.1).
public enum SubscriptionStatus {
    ACTIVE,
    TRIAL,
    CANCELLED,
    EXPIRED,
    SUSPENDED;

    /// Returns the value in the API and in tables, such as `cancelled`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the display name, such as `Cancelled`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    public static Optional<SubscriptionStatus> of(String key) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(key))
                .findFirst();
    }
}
