package dev.banyan;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// For what happens on other threads: looks again until it has happened, or too long has passed.
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Eventually() {}

    /// @return the first value that is as expected
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
