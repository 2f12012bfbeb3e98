package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What an account may do and how much of it (LinkToMe contract 3.1; -1 is unlimited). The columns grow with the
/// features that they bound.
public enum Tier {
    //      pages, links
    FREE(1, 10),
    PRO(3, 50),
    PREMIUM(10, 100),
    ENTERPRISE(-1, -1);

    public static final long UNLIMITED = -1;

    private final long maxPages;
    private final long maxLinks;

    Tier(long maxPages, long maxLinks) {
        this.maxPages = maxPages;
        this.maxLinks = maxLinks;
    }

    /// @return how much of `quota` an account of this tier may have, or [#UNLIMITED]
    public long limit(Quota quota) {
        return switch (quota) {
            case PAGES -> maxPages;
            case LINKS -> maxLinks;
            case SUB_ACCOUNTS -> 0; // comes from packs, never from the tier
        };
    }

    /// As it stands on the wire and in tables: `pro`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it: `Pro`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    public static Optional<Tier> of(String key) {
        return Arrays.stream(values()).filter(tier -> tier.key().equals(key)).findFirst();
    }

    /// The smaller of two tiers: a sub-account works at the lower of its parent's tier and the permission's ceiling.
    public Tier atMost(Tier ceiling) {
        return compareTo(ceiling) <= 0 ? this : ceiling;
    }
}
