package dev.banyan.shortlinks;

import java.time.Instant;

/// What comes of following a short link.
sealed interface Decision {

    /// @param target the whole address, UTM fields included
    /// @param variant which of its targets: a letter; empty where it has one
    record Go(String target, String variant) implements Decision {}

    /// It is over, and its owner said where to go instead. Nothing is counted.
    record Elsewhere(String target) implements Decision {}

    /// No such slug, or its account is gone.
    record Unknown() implements Decision {}

    /// Its account is suspended.
    record Unavailable() implements Decision {}

    /// The plan of its owner has no room for it.
    record NotInPlan() implements Decision {}

    /// Its owner switched it off.
    record Off() implements Decision {}

    record NotYet(Instant startsAt) implements Decision {}

    record Ended() implements Decision {}

    /// As many visitors as were wanted have followed it.
    record Spent() implements Decision {}

    record NeedsPassword() implements Decision {}

    /// It counts its visitors, and this one is a program, or only asks.
    record ForPeople() implements Decision {}
}
