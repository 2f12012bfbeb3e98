package dev.banyan.pages;

import module java.base;

/// The layout of the links in a group (LinkToMe contract 2.5).
public enum GroupLayout {
    STACK,
    GRID,
    CAROUSEL;

    /// Returns the name used in the API and in tables: `stack`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<GroupLayout> parse(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
