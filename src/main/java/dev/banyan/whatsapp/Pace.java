package dev.banyan.whatsapp;

import java.util.Optional;

/// How fast a number may send. What is empty in a sender's pace is as its pool says; what is empty in a pool's is
/// without limit.
///
/// @param perMinute messages in a minute, 1 to 6,000
/// @param perDay messages in a day of the pool's time zone, 1 to 1,000,000
/// @param warmsUp whether the daily quota of a number that was linked not long ago is smaller, and grows
public record Pace(Optional<Integer> perMinute, Optional<Integer> perDay, Optional<Boolean> warmsUp) {

    public static final int MOST_PER_MINUTE = 6_000;
    public static final int MOST_PER_DAY = 1_000_000;

    public static final Pace AS_POOL = new Pace(Optional.empty(), Optional.empty(), Optional.empty());

    /// This, and where it says nothing, the pool's.
    public Pace or(Pace pool) {
        return new Pace(perMinute.or(pool::perMinute), perDay.or(pool::perDay), warmsUp.or(pool::warmsUp));
    }
}
