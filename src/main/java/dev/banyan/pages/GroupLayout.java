package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Keyed;

/// The layout of the links in a group (LinkToMe contract 2.5).
public enum GroupLayout implements Keyed {
    STACK,
    GRID,
    CAROUSEL;

    static Optional<GroupLayout> parse(String key) {
        return Keyed.parse(GroupLayout.class, key);
    }
}
