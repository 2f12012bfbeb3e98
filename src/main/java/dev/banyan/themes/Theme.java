package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Keyed;

/// The named themes, and the one made of an appearance's own fields (LinkToMe contract 2.6). Lagoon is ours: the look
/// of a page without any setting, by a name, so that it can be chosen and returned to.
public enum Theme implements Keyed {
    CUSTOM(false),
    LAGOON(false),
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

    /// Returns whether it requires the feature `customThemes`.
    boolean isPremium() {
        return premium;
    }

    /// Returns the name for people: `Honeycomb`.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
