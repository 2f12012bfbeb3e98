package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Owner;

/// @param slug in lower case; unique on the whole server
/// @param clicks number of redirects of visitors
/// @param fallback the target after its end; empty to show a page instead
/// @param passwordHash empty without a password
/// @param clickLimit number of clicks after which it ends
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

    /// Returns one that has only its address.
    static ShortLink blank(ShortLinkId id, Owner owner, String slug, Instant createdAt) {
        return new ShortLink(
                id,
                owner,
                slug,
                "",
                "",
                List.of(),
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Routing.NONE,
                createdAt);
    }

    ShortLink withPassword(String hash) {
        return with(id, owner, clicks, lastClickedAt, hash, routing);
    }

    ShortLink withClicks(long number, Optional<Instant> last) {
        return with(id, owner, number, last, passwordHash, routing);
    }

    /// Returns the short link of another account.
    ShortLink moved(ShortLinkId as, Owner to, Routing there) {
        return with(as, to, clicks, lastClickedAt, passwordHash, there);
    }

    private ShortLink with(ShortLinkId as, Owner to, long number, Optional<Instant> last, String hash, Routing way) {
        return new ShortLink(
                as,
                to,
                slug,
                target,
                title,
                tags,
                active,
                number,
                last,
                startsAt,
                endsAt,
                fallback,
                hash,
                clickLimit,
                way,
                createdAt);
    }

    boolean hasPassword() {
        return !passwordHash.isEmpty();
    }

    /// Returns whether all visitors always go to the same target, so that no decision is required.
    boolean isPlain() {
        return active
                && startsAt.isEmpty()
                && endsAt.isEmpty()
                && !hasPassword()
                && clickLimit.isEmpty()
                && routing.rules().isEmpty()
                && routing.variants().isEmpty()
                && !routing.chat().on()
                && !routing.forwardsQuery();
    }

    boolean hasEnded(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    boolean isSpent() {
        return clickLimit.filter(limit -> clicks >= limit).isPresent();
    }
}
