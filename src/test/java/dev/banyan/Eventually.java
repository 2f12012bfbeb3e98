package dev.banyan;

import module java.base;

/// Waits for events on other threads: looks again and again until the condition holds, or a time-out. It pauses between
/// looks, the longer the longer it has waited, because looking takes a processor from the work it waits for.
public final class Eventually {

    /// How long a test waits for what is sure to come, of any kind: only what never comes takes this long, and no
    /// machine is too slow for it.
    public static final int SECONDS = 300;

    public static final int MILLIS = SECONDS * 1_000;
    public static final Duration LONGEST = Duration.ofSeconds(SECONDS);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final Duration BETWEEN_LATE_LOOKS = Duration.ofMillis(50);

    private Eventually() {}

    /// @return the first matching value
    public static <T> T until(Supplier<T> look, Predicate<T> expected) {
        long begin = System.nanoTime();
        T seen = look.get();
        while (!expected.test(seen)) {
            long waited = System.nanoTime() - begin;
            if (waited > LONGEST.toNanos()) {
                throw new AssertionError("It did not happen; this was seen last: " + seen);
            }
            LockSupport.parkNanos(Math.clamp(waited / 10, BETWEEN_LOOKS.toNanos(), BETWEEN_LATE_LOOKS.toNanos()));
            seen = look.get();
        }
        return seen;
    }

    public static void holds(BooleanSupplier condition) {
        until(condition::getAsBoolean, held -> held);
    }

    static void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
}
