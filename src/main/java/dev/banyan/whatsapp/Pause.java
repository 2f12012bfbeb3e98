package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// How a sender or a pool is paused by an operator.
public enum Pause implements Keyed {
    /// Sends nothing. Messages wait, and new ones are accepted.
    HOLD,
    /// Sends what it has. A sender gets no new contacts; a pool accepts no new messages.
    DRAIN;

    public static Optional<Pause> parse(String key) {
        return Keyed.parse(Pause.class, key.toLowerCase(Locale.ROOT));
    }
}
