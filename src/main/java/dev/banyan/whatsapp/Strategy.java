package dev.banyan.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a pool picks the number for a contact that has none yet (design 7).
public enum Strategy {
    /// One after the other.
    ROUND_ROBIN("one after the other"),
    /// In proportion to the senders' weights.
    WEIGHTED("in proportion to weights"),
    /// Whoever has the least to do.
    LEAST_LOADED("whoever has the least to do"),
    /// The smallest priority number that can send; among equals one after the other.
    PRIORITY("the first by priority that can send"),
    /// Of two picked at random the one with less to do.
    RANDOM_TWO("of two at random the one with less to do"),
    /// One of the contact's own country, one after the other; where there is none, of all.
    REGION("numbers of the contact’s country first");

    private final String meaning;

    Strategy(String meaning) {
        this.meaning = meaning;
    }

    /// In a few words, for people.
    public String meaning() {
        return meaning;
    }

    /// As it stands in tables and on the wire: `round-robin`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Strategy> parse(String key) {
        return Arrays.stream(values()).filter(known -> known.key().equals(key)).findFirst();
    }
}
