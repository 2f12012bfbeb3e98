package dev.banyan.whatsapp;

import module java.base;

/// How a sender or a pool is paused by an operator.
public enum Pause {
    /// Sends nothing. Messages wait, and new ones are accepted.
    HOLD,
    /// Sends what it has. A sender gets no new contacts; a pool accepts no new messages.
    DRAIN;

    /// Returns the name used in tables, JSON and the console.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Pause> parse(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "hold" -> Optional.of(HOLD);
            case "drain" -> Optional.of(DRAIN);
            default -> Optional.empty();
        };
    }
}
