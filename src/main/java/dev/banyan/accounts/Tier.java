package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Limit;

/// What an account may do and how much of it: the whole table of the LinkToMe contract (3.1); -1 is
/// [Limit#UNLIMITED].
public enum Tier implements Keyed {
    //      pages, links, link groups, short links, days of analytics, API keys, requests a minute, requests a day
    FREE(1, 10, 2, 0, 30, 0, 0, 0),
    PRO(3, 50, 10, 5, 90, 3, 60, 10_000),
    PREMIUM(10, 100, 25, 20, 365, 10, 120, 50_000),
    ENTERPRISE(-1, -1, -1, -1, -1, -1, 300, -1);

    private static final Set<Feature> FROM_PREMIUM =
            EnumSet.of(Feature.VIDEO_BACKGROUNDS, Feature.CUSTOM_DOMAIN, Feature.PRIORITY_SUPPORT);
    private static final Set<Feature> FROM_ENTERPRISE = EnumSet.of(Feature.WHITE_LABEL);

    private final Limit maxPages;
    private final Limit maxLinks;
    public final Limit maxLinkGroups;
    public final Limit maxShortLinks;
    /// How long analytics are kept and shown, in days.
    public final Limit analyticsDays;
    public final Limit maxApiKeys;
    public final long apiRequestsPerMinute;
    public final Limit apiRequestsPerDay;

    Tier(
            long maxPages,
            long maxLinks,
            long maxLinkGroups,
            long maxShortLinks,
            long analyticsDays,
            long maxApiKeys,
            long apiRequestsPerMinute,
            long apiRequestsPerDay) {
        this.maxPages = new Limit(maxPages);
        this.maxLinks = new Limit(maxLinks);
        this.maxLinkGroups = new Limit(maxLinkGroups);
        this.maxShortLinks = new Limit(maxShortLinks);
        this.analyticsDays = new Limit(analyticsDays);
        this.maxApiKeys = new Limit(maxApiKeys);
        this.apiRequestsPerMinute = apiRequestsPerMinute;
        this.apiRequestsPerDay = new Limit(apiRequestsPerDay);
    }

    /// @return how much of `quota` an account of this tier may have
    public Limit limit(PlanQuota quota) {
        return switch (quota) {
            case PAGES -> maxPages;
            case LINKS -> maxLinks;
            case LINK_GROUPS -> maxLinkGroups;
            case SHORT_LINKS -> maxShortLinks;
            case SUB_ACCOUNTS -> Limit.ZERO; // comes from packs, never from the tier
        };
    }

    public boolean has(Feature feature) {
        return compareTo(first(feature)) >= 0;
    }

    /// Returns the lowest tier that has a feature.
    public static Tier first(Feature feature) {
        return FROM_ENTERPRISE.contains(feature) ? ENTERPRISE : FROM_PREMIUM.contains(feature) ? PREMIUM : PRO;
    }

    public Set<Feature> features() {
        return Arrays.stream(Feature.values())
                .filter(this::has)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class)));
    }

    /// Returns the display name, such as `Pro`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    public static Optional<Tier> of(String key) {
        return Keyed.parse(Tier.class, key);
    }

    /// Returns the lower of two tiers: a sub-account gets the lower of its parent's tier and the permission's ceiling.
    public Tier atMost(Tier ceiling) {
        return compareTo(ceiling) <= 0 ? this : ceiling;
    }
}
