package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Keyed;

/// Who may stand in for a pool that has failed, and who decides (design 7, "Failover").
public enum FailoverPolicy implements Keyed {
    /// Any other pool of the account, at once.
    AUTO,
    /// Only a pool that works for the same brand, at once. The default: a customer of one brand is never answered by
    /// the number of another one.
    SAME_BRAND_ONLY,
    /// Nothing moves before a person agrees.
    NEVER_SILENT;

    public static Optional<FailoverPolicy> parse(String key) {
        return Keyed.parse(FailoverPolicy.class, key);
    }
}
