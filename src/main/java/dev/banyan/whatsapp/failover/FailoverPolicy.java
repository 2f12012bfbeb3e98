package dev.banyan.whatsapp.failover;

import module java.base;

/// Who may stand in for a pool that has failed, and who decides (design 7, "Failover").
public enum FailoverPolicy {
    /// Any other pool of the account, at once.
    AUTO,
    /// Only a pool that works for the same brand, at once. The default: a customer of one brand is never answered by
    /// the number of another one.
    SAME_BRAND_ONLY,
    /// Nothing moves before a person agrees.
    NEVER_SILENT;

    /// Returns the name used in tables, JSON and the console: `same-brand-only`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FailoverPolicy> parse(String key) {
        return Arrays.stream(values())
                .filter(policy -> policy.key().equals(key))
                .findFirst();
    }
}
