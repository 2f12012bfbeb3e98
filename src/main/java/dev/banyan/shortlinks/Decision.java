package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.StickyVisitor;

/// The result of following a short link.
sealed interface Decision {

    /// @param target the complete address, including UTM fields
    /// @param variant letter of the chosen target; empty if there is only one
    record Go(String target, String variant) implements Decision {}

    /// The link opens a chat, with a number that is still to be chosen.
    record Chat() implements Decision {}

    /// The chat that a visitor is led to.
    ///
    /// @param visitor as the visitor's cookie remembers them now
    record Opens(String target, StickyVisitor visitor) implements Decision {}

    /// No number of its pool is available now.
    record NoNumber() implements Decision {}

    /// The link has ended, and its owner has set a fallback. Nothing is counted.
    record Elsewhere(String target) implements Decision {}

    /// It leads to short links that lead to each other.
    record Loop() implements Decision {}

    /// The slug doesn't exist, or its account is gone.
    record NotFound() implements Decision {}

    /// Its account is suspended.
    record Unavailable() implements Decision {}

    /// The link is beyond its owner's plan.
    record NotInPlan() implements Decision {}

    /// Switched off by its owner.
    record Off() implements Decision {}

    record NotYet(Instant startsAt, ZoneId zone) implements Decision {}

    record Ended() implements Decision {}

    /// The click limit is reached.
    record Spent() implements Decision {}

    record NeedsPassword() implements Decision {}

    /// The link has a click limit, and the request is from a bot or only asks.
    record ForPeople() implements Decision {}
}
