package dev.banyan;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for events on other threads: looks again and again until the condition holds, or a time-out. It pauses between
/// looks, the longer the longer it has waited, because looking takes a processor from the work it waits for.
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final Duration BETWEEN_LATE_LOOKS = Duration.ofMillis(50);

    private Eventually() {}

    /// @return the first matching value
    public static <T> T until(Supplier<T> look, Predicate<T> expected) {
        return until(LONGEST, look, expected);
    }

    private static <T> T until(Duration longest, Supplier<T> look, Predicate<T> expected) {
        long begin = System.nanoTime();
        T seen = look.get();
        while (!expected.test(seen)) {
            long waited = System.nanoTime() - begin;
            if (waited > longest.toNanos()) {
                throw new AssertionError("It did not happen; this was seen last: " + seen);
            }
            LockSupport.parkNanos(Math.clamp(waited / 10, BETWEEN_LOOKS.toNanos(), BETWEEN_LATE_LOOKS.toNanos()));
            seen = look.get();
        }
        return seen;
    }

    public static void holds(BooleanSupplier condition) {
        holds(LONGEST, condition);
    }

    /// @param longest for what takes long on a machine that is busy with all tests, such as the start of a server
    public static void holds(Duration longest, BooleanSupplier condition) {
        until(longest, condition::getAsBoolean, held -> held);
    }

    static void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
}
