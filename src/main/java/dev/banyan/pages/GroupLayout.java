package dev.banyan.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How the links of a group stand (LinkToMe contract 2.5).
public enum GroupLayout {
    STACK,
    GRID,
    CAROUSEL;

    /// As it stands on the wire and in tables: `stack`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<GroupLayout> parse(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
