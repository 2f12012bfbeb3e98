package dev.banyan.shortlinks;

import dev.banyan.platform.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One short link.
///
/// @param slug in lower case; unique on the whole server
/// @param clicks how often visitors were led on
/// @param fallback where visitors go when it is over; empty for a page that says so
/// @param passwordHash empty without a password
/// @param clickLimit after so many clicks it is over
record ShortLink(
        ShortLinkId id,
        Owner owner,
        String slug,
        String target,
        String title,
        List<String> tags,
        boolean active,
        long clicks,
        Optional<Instant> lastClickedAt,
        Optional<Instant> startsAt,
        Optional<Instant> endsAt,
        String fallback,
        String passwordHash,
        Optional<Long> clickLimit,
        Routing routing,
        Instant createdAt) {

    boolean hasPassword() {
        return !passwordHash.isEmpty();
    }

    /// Whether every visitor goes to the same place at any time, so that nothing has to be decided.
    boolean isPlain() {
        return active
                && startsAt.isEmpty()
                && endsAt.isEmpty()
                && !hasPassword()
                && clickLimit.isEmpty()
                && routing.rules().isEmpty()
                && routing.variants().isEmpty();
    }

    boolean hasEnded(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    boolean isSpent() {
        return clickLimit.filter(limit -> clicks >= limit).isPresent();
    }
}
