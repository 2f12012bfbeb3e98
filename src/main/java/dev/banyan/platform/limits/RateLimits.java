package dev.banyan.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Counts requests against the table of [RateLimit], in this node's memory. A full window starts again when it ends.
@Singleton
public final class RateLimits {

    private static final Logger LOG = Logger.getLogger(RateLimits.class);
    private static final int COUNTED_AT_ONCE = 200_000;

    private record Key(RateLimit limit, String of) {}

    private record PlanKey(String of, long amount, Duration window) {}

    /// What a limit that a plan gives has left.
    ///
    /// @param refusedFor empty when the request may pass
    public record Counted(long remaining, Optional<Duration> refusedFor) {}

    private final Settings settings;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(COUNTED_AT_ONCE)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    private final Cache<PlanKey, Bucket> planBuckets = Caffeine.newBuilder()
            .maximumSize(COUNTED_AT_ONCE)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    RateLimits(Settings settings, Clock clock) {
        this.settings = settings;
        this.time = new ClockMeter(clock);
        if (!settings.rateLimited()) {
            LOG.warn("Rate limits are off (BANYAN_RATE_LIMITS=off)");
        }
    }

    /// Counts one request of `key`.
    ///
    /// @return how long to wait, or empty when the request may pass
    public Optional<Duration> take(RateLimit limit, String key) {
        return check(limit, key, bucket -> {
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        });
    }

    /// Looks without counting: for limits on failures, which are counted when they happen.
    public Optional<Duration> exhausted(RateLimit limit, String key) {
        return check(limit, key, bucket -> {
            var probe = bucket.estimateAbilityToConsume(1);
            return probe.canBeConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        });
    }

    /// Counts one request against an amount that no table knows, but somebody's plan. Where limits are off it counts as
    /// well, and lets everything pass.
    public Counted count(String key, long amount, Duration window) {
        var probe = planBucket(key, amount, window).tryConsumeAndReturnRemaining(1);
        return new Counted(
                probe.getRemainingTokens(),
                probe.isConsumed() || !settings.rateLimited()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    /// How many more requests may pass.
    public long remaining(String key, long amount, Duration window) {
        return planBucket(key, amount, window).getAvailableTokens();
    }

    private Bucket planBucket(String key, long amount, Duration window) {
        return planBuckets.get(new PlanKey(key, amount, window), _ -> Bucket.builder()
                .addLimit(limit -> limit.capacity(amount).refillIntervally(amount, window))
                .withCustomTimePrecision(time)
                .build());
    }

    private interface Look {
        Optional<Duration> at(Bucket bucket);
    }

    private Optional<Duration> check(RateLimit limit, String key, Look look) {
        if (!settings.rateLimited()) {
            return Optional.empty();
        }
        try {
            return look.at(buckets.get(new Key(limit, key), this::newBucket));
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The rate limit %s is out of order", limit.key());
            return limit.failsOpen() ? Optional.empty() : Optional.of(Duration.ofSeconds(1));
        }
    }

    private Bucket newBucket(Key key) {
        RateLimit.Rate rate = settings.rate(key.limit());
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.amount()).refillIntervally(rate.amount(), rate.window()))
                .withCustomTimePrecision(time)
                .build();
    }

    /// bucket4j on our clock, so that tests turn it.
    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
