package dev.banyan.themes;

import java.util.Locale;

/// The named looks, and the one that is made of an appearance's own fields (LinkToMe contract 2.6).
public enum Theme implements Keyed {
    CUSTOM(false),
    AIR(false),
    BLOCKS(false),
    LAKE(false),
    MINERAL(false),
    AGATE(true),
    ASTRID(true),
    AURA(true),
    BLOOM(true),
    BREEZE(true),
    HONEYCOMB(true);

    private final boolean premium;

    Theme(boolean premium) {
        this.premium = premium;
    }

    /// Whether it takes the feature `customThemes`.
    boolean isPremium() {
        return premium;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it: `Honeycomb`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
