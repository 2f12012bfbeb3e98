package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;

/// When a message may be sent, as its sender chose.
///
/// @param sendAt not before this time; empty: at once
/// @param expiresAt not after this time: it fails then if it still waits; empty: after `BANYAN_MESSAGE_WAIT`
public record MessageSchedule(Optional<Instant> sendAt, Optional<Instant> expiresAt) {

    public static final MessageSchedule NONE = new MessageSchedule(Optional.empty(), Optional.empty());

    static final Duration FURTHEST = Duration.ofDays(366);

    /// Reads times as programs and people write them: ISO 8601 with an offset.
    ///
    /// @throws BadTime if one of them is none
    public static MessageSchedule parse(Optional<String> sendAt, Optional<String> expiresAt) throws BadTime {
        return new MessageSchedule(time("sendAt", sendAt), time("expiresAt", expiresAt));
    }

    /// A time that cannot be read.
    public static final class BadTime extends Exception {

        private final Invalid invalid;

        private BadTime(Invalid invalid) {
            super(invalid.apiMessage());
            this.invalid = invalid;
        }

        public Invalid invalid() {
            return invalid;
        }
    }

    private static Optional<Instant> time(String field, Optional<String> typed) throws BadTime {
        Optional<String> given = typed.map(String::strip).filter(text -> !text.isEmpty());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Parse.of(given.get(), OffsetDateTime::parse)
                .orElseThrow(() -> new BadTime(new Invalid(
                        field, field + " must be a time with its offset, such as 2026-11-21T09:30:00+04:00")))
                .toInstant());
    }

    /// Returns what is wrong with it; empty if it can be kept.
    public Optional<Invalid> broken(Instant now) {
        if (sendAt.filter(time -> time.isAfter(now.plus(FURTHEST))).isPresent()) {
            return Optional.of(new Invalid("sendAt", "sendAt must be within a year"));
        }
        if (expiresAt.filter(time -> !time.isAfter(now)).isPresent()) {
            return Optional.of(new Invalid("expiresAt", "expiresAt must be in the future"));
        }
        if (sendAt.isPresent()
                && expiresAt.filter(time -> !time.isAfter(sendAt.get())).isPresent()) {
            return Optional.of(new Invalid("expiresAt", "expiresAt must be after sendAt"));
        }
        return Optional.empty();
    }

    /// Returns it without an end that has passed.
    MessageSchedule withoutPast(Instant now) {
        return new MessageSchedule(sendAt, expiresAt.filter(time -> time.isAfter(now)));
    }

    public boolean isLater(Instant now) {
        return sendAt.filter(time -> time.isAfter(now)).isPresent();
    }
}
