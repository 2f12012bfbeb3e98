package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.platform.Keyed;

/// The state of a subscription (LinkToMe contract 4.1).
public enum SubscriptionStatus implements Keyed {
    ACTIVE,
    TRIAL,
    CANCELLED,
    EXPIRED,
    SUSPENDED;

    /// Returns the display name, such as `Cancelled`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    public static Optional<SubscriptionStatus> of(String key) {
        return Keyed.parse(SubscriptionStatus.class, key);
    }
}
