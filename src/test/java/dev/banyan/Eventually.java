package dev.banyan;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for events on other threads: checks repeatedly until the condition holds, or a time-out.
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Eventually() {}

    /// @return the first matching value
    public static <T> T until(Supplier<T> look, Predicate<T> expected) {
        long end = System.nanoTime() + LONGEST.toNanos();
        T seen = look.get();
        while (!expected.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen; this was seen last: " + seen);
            }
            Thread.onSpinWait();
            seen = look.get();
        }
        return seen;
    }
}
