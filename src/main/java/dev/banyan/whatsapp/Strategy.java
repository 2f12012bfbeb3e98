package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// How a pool chooses the number for a contact that has none yet (design 7).
public enum Strategy implements Keyed {
    ROUND_ROBIN("each number in turn"),
    /// In proportion to the weights of the senders.
    WEIGHTED("in proportion to weight"),
    /// The number with the lowest load.
    LEAST_LOADED("the number with the fewest messages in progress"),
    /// The smallest priority that can send; equal priorities take turns.
    PRIORITY("the number with the highest priority that can send"),
    /// The less loaded of two random numbers.
    RANDOM_TWO("the less busy of two random numbers"),
    /// A number of the contact's country, in turn; if there is none, any number.
    REGION("numbers in the contact’s country first");

    /// A short description for people.
    public final String meaning;

    Strategy(String meaning) {
        this.meaning = meaning;
    }

    /// Returns its name for people.
    public String label() {
        return key().substring(0, 1).toUpperCase(Locale.ROOT) + key().substring(1);
    }

    public static Optional<Strategy> parse(String key) {
        return Keyed.parse(Strategy.class, key);
    }
}
