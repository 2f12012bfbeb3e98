package dev.banyan.platform.limits;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.banyan.platform.config.RateLimit.Rate;

/// Slows down guesses at one secret from many networks. A tenth of the limit's amount may fail at once; then the next
/// try waits 15 seconds, 30, 60, and so on, up to even steps that keep a whole window within the amount. A key without
/// failures for a whole window starts again.
final class GuessDelays {

    private static final int KEPT_AT_ONCE = 200_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

    private final Clock clock;
    private final Function<RateLimits.Key, Rate> rates;
    private final Cache<RateLimits.Key, Guesses> guesses;

    GuessDelays(Clock clock, Function<RateLimits.Key, Rate> rates) {
        this.clock = clock;
        this.rates = rates;
        this.guesses = Caffeine.newBuilder()
                .maximumSize(KEPT_AT_ONCE)
                .ticker(ticker(clock))
                .expireAfterAccess(Duration.ofDays(2))
                .build();
    }

    private static Ticker ticker(Clock clock) {
        return () -> clock.millis() * 1_000_000;
    }

    /// Counts a try as failed, until [#giveBack].
    ///
    /// @return how long to wait, or empty if the try may be made
    Optional<Duration> take(RateLimits.Key key) {
        return guesses.get(key, _ -> new Guesses(rates.apply(key), clock.instant()))
                .take(clock.instant());
    }

    /// Removes a try that did not fail from the count.
    void giveBack(RateLimits.Key key) {
        Optional.ofNullable(guesses.getIfPresent(key)).ifPresent(Guesses::giveBack);
    }

    Map<RateLimits.Key, Guesses> all() {
        return guesses.asMap();
    }

    /// The failures of one key.
    static final class Guesses {

        private final Rate rate;
        private final int atOnce;
        private final Duration step;
        private Instant began;
        private Instant last;
        private Instant before;
        /// In the window that began at `began`.
        private int failed;
        /// Since the last window without failures.
        private int inARow;
        private long refused;

        private Guesses(Rate rate, Instant now) {
            this.rate = rate;
            this.atOnce = Math.max(1, rate.amount() / 10);
            this.step = rate.window().dividedBy(Math.max(1, rate.amount() - 2L * atOnce));
            this.began = now;
            this.last = now;
            this.before = now;
        }

        private synchronized Optional<Duration> take(Instant now) {
            Duration wait = wait(now);
            if (wait.isPositive()) {
                refused++;
                return Optional.of(wait);
            }
            if (!now.isBefore(last.plus(rate.window()))) {
                inARow = 0;
            }
            if (!now.isBefore(began.plus(rate.window()))) {
                began = now;
                failed = 0;
            }
            failed++;
            inARow++;
            before = last;
            last = now;
            return Optional.empty();
        }

        private synchronized void giveBack() {
            failed = Math.max(0, failed - 1);
            inARow = Math.max(0, inARow - 1);
            last = before;
        }

        /// Returns the time to wait, not positive if a try may be made now.
        synchronized Duration wait(Instant now) {
            Instant free = last.plus(pause());
            Instant full = failed < rate.amount() ? free : began.plus(rate.window());
            return Duration.between(now, free.isAfter(full) ? free : full);
        }

        private Duration pause() {
            int late = inARow - atOnce;
            Duration doubled = FIRST_PAUSE.multipliedBy(late < 0 ? 0 : 1L << Math.min(late, 30));
            return late < 0 ? Duration.ZERO : doubled.compareTo(step) < 0 ? doubled : step;
        }

        synchronized long refused() {
            return refused;
        }
    }
}
