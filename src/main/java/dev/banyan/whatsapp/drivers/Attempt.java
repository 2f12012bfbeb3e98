package dev.banyan.whatsapp.drivers;

import module java.base;

/// An attempt to send a message whose fate is unknown.
///
/// @param began when it was handed to the gateway, by our clock
/// @param others ids of other messages that this number has sent lately
public record Attempt(Instant began, Set<String> others) {

    /// How far the clocks of the two servers may differ. What was sent that shortly before is told apart by its id.
    private static final Duration SKEW = Duration.ofSeconds(2);

    public Attempt {
        others = Set.copyOf(others);
    }

    /// Returns the earliest second that the gateway may have noted for it: an older message is another one.
    public Instant earliest() {
        return Instant.ofEpochSecond(began.minus(SKEW).getEpochSecond());
    }

    /// Returns whether a message that the gateway has may be the one of this attempt.
    public boolean mayBe(String provider) {
        return !provider.isEmpty() && !others.contains(provider);
    }
}
