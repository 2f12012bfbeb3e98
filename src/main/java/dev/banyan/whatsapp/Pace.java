package dev.banyan.whatsapp;

import module java.base;

/// How fast a number may send. An empty value of a sender falls back to its pool; an empty value of a pool
/// means no limit.
///
/// @param perMinute messages per minute, 1 to 6,000
/// @param perDay messages per day in the pool's time zone, 1 to 1,000,000
/// @param warmsUp whether a recently linked number starts with a smaller daily quota that grows
public record Pace(Optional<Integer> perMinute, Optional<Integer> perDay, Optional<Boolean> warmsUp) {

    public static final int MOST_PER_MINUTE = 6_000;
    public static final int MOST_PER_DAY = 1_000_000;

    public static final Pace AS_POOL = new Pace(Optional.empty(), Optional.empty(), Optional.empty());

    public Pace or(Pace pool) {
        return new Pace(perMinute.or(pool::perMinute), perDay.or(pool::perDay), warmsUp.or(pool::warmsUp));
    }
}
