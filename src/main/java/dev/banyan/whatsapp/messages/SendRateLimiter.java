package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.PairLimit;

/// A rate limit with a single instant as its state (the generic cell rate algorithm): `full` is when all messages sent
/// so far would have been sent one at a time. Computed from that and the clock, so it needs no timer.
///
/// @param every interval in the long run
/// @param burst messages sent before the interval applies
record SendRateLimiter(Duration every, int burst) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// Creates a limit of this many in any minute: the burst is one second's worth, and the interval
    /// is lengthened accordingly.
    static SendRateLimiter perMinute(int most) {
        int burst = Math.max(1, most / 60);
        return new SendRateLimiter(MINUTE.dividedBy(Math.max(1, most - burst + 1)), burst);
    }

    static SendRateLimiter of(PairLimit limit) {
        return new SendRateLimiter(limit.every(), limit.burst());
    }

    /// Returns when the next message may be sent.
    Instant next(Instant full) {
        return full.minus(every.multipliedBy(burst - 1L));
    }

    /// Returns the state after a message was sent.
    Instant taken(Instant full, Instant now) {
        return (full.isBefore(now) ? now : full).plus(every);
    }

    /// Returns the state as if a burst had just been sent, for a start that doesn't know what was sent before.
    Instant spent(Instant now) {
        return now.plus(every.multipliedBy(burst));
    }
}
