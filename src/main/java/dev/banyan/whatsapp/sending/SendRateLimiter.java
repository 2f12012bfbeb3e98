package dev.banyan.whatsapp.sending;

import dev.banyan.whatsapp.PairLimit;
import java.time.Duration;
import java.time.Instant;

/// A limit over time as one instant per thing that is limited (the generic cell rate algorithm): `full` says when all
/// that has gone would have gone, had it gone one at a time. A function of that and the clock, so it costs one number
/// and no timer.
///
/// @param every how far apart in the long run
/// @param burst how many may go at once before that
record SendRateLimiter(Duration every, int burst) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// So many in any minute, and no more: what may go at once is a second's worth, and the rest comes the slower.
    static SendRateLimiter perMinute(int most) {
        int burst = Math.max(1, most / 60);
        return new SendRateLimiter(MINUTE.dividedBy(Math.max(1, most - burst + 1)), burst);
    }

    static SendRateLimiter of(PairLimit limit) {
        return new SendRateLimiter(limit.every(), limit.burst());
    }

    /// When the next one may go.
    Instant next(Instant full) {
        return full.minus(every.multipliedBy(burst - 1L));
    }

    /// After one has gone.
    Instant taken(Instant full, Instant now) {
        return (full.isBefore(now) ? now : full).plus(every);
    }

    /// As though all that may go at once had just gone: for a start that does not know what went before it.
    Instant spent(Instant now) {
        return now.plus(every.multipliedBy(burst));
    }
}
