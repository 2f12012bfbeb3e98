package dev.banyan.platform.limits;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Networks;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Counts requests against the table of [RateLimit], in this node's memory. A full window starts again when it ends.
/// Nodes tell each other what they count against limits that protect people (those that do not fail open), so that a
/// second node gives a guesser no second chance; all other limits are counted by each node alone.
@Singleton
public final class RateLimits {

    private static final int COUNTED_AT_ONCE = 200_000;
    /// Longer than any key made of an e-mail, a workspace and a device.
    private static final int LONGEST_KEY = 400;

    record Key(RateLimit limit, String of) {

        /// Returns the key to count. The owner of one IPv6 address has a whole network, which is counted as one. Keys
        /// hold what strangers type, so long ones are replaced by their digest: memory is bounded by the number
        /// of keys, not by their length.
        static Key of(RateLimit limit, String key) {
            return new Key(limit, key.length() > LONGEST_KEY ? Digests.sha256Hex(key) : Networks.countedIn(key));
        }
    }

    private record PlanKey(String of, long amount, Duration window) {}

    /// What is left of a limit that a plan gives.
    ///
    /// @param refusedFor empty if the request may pass
    public record Counted(long remaining, Optional<Duration> refusedFor) {}

    /// @param refused how many requests found the bucket empty since it was made
    private record Kept(Bucket bucket, AtomicLong refused) {}

    /// A caller who is refused right now.
    ///
    /// @param id stands for the limit and the key, without revealing the key
    /// @param shown the key, without whole addresses
    /// @param times how often they were refused
    /// @param remaining until they are let in again
    public record Refused(String id, RateLimit limit, String shown, long times, Duration remaining) {}

    private final Settings settings;
    private final OtherNodes others;
    private final TimeMeter time;
    private final Clock clock;
    private final Cache<Key, Kept> buckets = Caffeine.newBuilder()
            .maximumSize(COUNTED_AT_ONCE)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /// Existing names are stored apart from made-up ones, so that a flood of the latter does not evict the former.
    private final GuessDelays existing;

    private final GuessDelays madeUp;

    private final Cache<PlanKey, Bucket> planBuckets = Caffeine.newBuilder()
            .maximumSize(COUNTED_AT_ONCE)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    RateLimits(Settings settings, Clock clock, OtherNodes others) {
        this.settings = settings;
        this.others = others;
        this.time = new ClockMeter(clock);
        this.clock = clock;
        this.existing = new GuessDelays(clock, key -> settings.rate(key.limit()));
        this.madeUp = new GuessDelays(clock, key -> settings.rate(key.limit()));
        if (!settings.rateLimited()) {
            Log.warn("Rate limits are off (BANYAN_RATE_LIMITS=off)");
        }
    }

    /// Counts one request of `key`.
    ///
    /// @return how long to wait, or empty if the request may pass
    public Optional<Duration> take(RateLimit limit, String key) {
        return check(limit, key, bucket -> {
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            if (probe.isConsumed()) {
                tell(limit, () -> new Taken(Key.of(limit, key), false));
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        });
    }

    private void tell(RateLimit limit, Supplier<News> news) {
        if (!limit.failsOpen) {
            others.tell(news.get());
        }
    }

    /// Another node has counted a request.
    ///
    /// @param back it was given back
    record Taken(Key key, boolean back) implements News {}

    void taken(@Observes Taken told) {
        Bucket bucket = buckets.get(told.key(), this::newBucket).bucket();
        if (told.back()) {
            bucket.addTokens(1);
        } else {
            bucket.tryConsume(1);
        }
    }

    /// Another node has counted a guess.
    ///
    /// @param exists whether the name exists
    /// @param back it was right
    record Guessed(Key key, boolean exists, boolean back) implements News {}

    void guessed(@Observes Guessed told) {
        GuessDelays delays = told.exists() ? existing : madeUp;
        if (told.back()) {
            delays.giveBack(told.key());
        } else {
            var _ = delays.take(told.key());
        }
    }

    /// Counts failures only, but takes the try before the outcome is known, so that simultaneous tries can't exceed the
    /// limit. Successful tries are given back.
    ///
    /// @param tooMany the answer to a caller who has to wait, whose try is not made
    public <T> T countingFailures(
            RateLimit limit, String key, Supplier<T> attempt, Predicate<T> failed, Function<Duration, T> tooMany) {
        Optional<Duration> wait = take(limit, key);
        if (wait.isPresent()) {
            return tooMany.apply(wait.get());
        }
        return given(attempt, failed, () -> giveBack(limit, key));
    }

    /// @param giveBack what undoes the taking, unless the try fails
    private static <T> T given(Supplier<T> attempt, Predicate<T> failed, Runnable giveBack) {
        boolean counts = false;
        try {
            T result = attempt.get();
            counts = failed.test(result);
            return result;
        } finally {
            if (!counts) {
                giveBack.run();
            }
        }
    }

    /// Where a try comes from.
    ///
    /// @param from the network, or the device if it is known to be the person's
    /// @param home the place, if the person has recently signed in from it: its tries are slowed down separately,
    ///     so that strangers elsewhere can't lock the person out
    public record Origin(String from, Optional<String> home) {

        public static Origin strange(String ip) {
            return new Origin(ip, Optional.empty());
        }

        public static Origin known(String from, String home) {
            return new Origin(from, Optional.of(home));
        }
    }

    /// A try at the secret that belongs to a name.
    ///
    /// @param near counts failures per name and place
    /// @param far slows down all failures of the name together
    /// @param name the same for all spellings that find a person
    public record Guess(RateLimit near, RateLimit far, String name, Origin place, boolean exists) {}

    /// Counts failed tries only: per name and place, and per name from all places that the person has not signed in
    /// from, where each failure makes the next try wait longer ([GuessDelays]). So strangers learn nothing by
    /// guessing from a thousand networks, and the person can still sign in at home.
    ///
    /// @param tooMany the answer to a caller who has to wait, whose try is not made
    public <T> T guessing(Guess guess, Supplier<T> attempt, Predicate<T> failed, Function<Duration, T> tooMany) {
        String slowed =
                guess.name() + guess.place().home().map(home -> " " + home).orElse("");
        return countingFailures(
                guess.near(),
                guess.name() + " " + guess.place().from(),
                () -> slowly(guess, Key.of(guess.far(), slowed), attempt, failed, tooMany),
                failed,
                tooMany);
    }

    private <T> T slowly(
            Guess guess, Key key, Supplier<T> attempt, Predicate<T> failed, Function<Duration, T> tooMany) {
        if (!settings.rateLimited()) {
            return attempt.get();
        }
        GuessDelays delays = guess.exists() ? existing : madeUp;
        Optional<Duration> wait = delays.take(key);
        if (wait.isPresent()) {
            return tooMany.apply(wait.get());
        }
        tell(key.limit(), () -> new Guessed(key, guess.exists(), false));
        return given(attempt, failed, () -> {
            delays.giveBack(key);
            tell(key.limit(), () -> new Guessed(key, guess.exists(), true));
        });
    }

    private void giveBack(RateLimit limit, String key) {
        Optional.ofNullable(buckets.getIfPresent(Key.of(limit, key))).ifPresent(counted -> {
            counted.bucket().addTokens(1);
            tell(limit, () -> new Taken(Key.of(limit, key), true));
        });
    }

    /// Checks without counting: for limits on failures that can't be used up all at once.
    public Optional<Duration> exhausted(RateLimit limit, String key) {
        return check(limit, key, bucket -> {
            var probe = bucket.estimateAbilityToConsume(1);
            return probe.canBeConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        });
    }

    /// Counts one request against an amount from a plan instead of the table. With limits off it still counts, and lets
    /// everything pass.
    public Counted count(String key, long amount, Duration window) {
        var probe = planBucket(key, amount, window).tryConsumeAndReturnRemaining(1);
        return new Counted(
                probe.getRemainingTokens(),
                probe.isConsumed() || !settings.rateLimited()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    /// Returns how many more requests may pass.
    public long remaining(String key, long amount, Duration window) {
        return planBucket(key, amount, window).getAvailableTokens();
    }

    private Bucket planBucket(String key, long amount, Duration window) {
        return planBuckets.get(
                new PlanKey(key, amount, window),
                _ -> Bucket.builder()
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
            Kept counted = buckets.get(Key.of(limit, key), this::newBucket);
            Optional<Duration> wait = look.at(counted.bucket());
            if (wait.isPresent()) {
                counted.refused().incrementAndGet();
            }
            return wait;
        } catch (RuntimeException failure) {
            Log.errorf(failure, "The rate limit %s is out of order", limit.key());
            return limit.failsOpen ? Optional.empty() : Optional.of(Duration.ofSeconds(1));
        }
    }

    private Kept newBucket(Key key) {
        RateLimit.Rate rate = settings.rate(key.limit());
        return new Kept(
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(rate.amount()).refillIntervally(rate.amount(), rate.window()))
                        .withCustomTimePrecision(time)
                        .build(),
                new AtomicLong());
    }

    /// Returns who is refused now on this node, most refusals first. Scans all recent counts: for people, not for
    /// programs.
    public List<Refused> refused(int most) {
        return Stream.concat(
                        buckets.asMap().entrySet().stream()
                                .flatMap(entry -> refused(entry.getKey(), entry.getValue()).stream()),
                        Stream.of(existing, madeUp)
                                .flatMap(delays -> delays.all().entrySet().stream())
                                .flatMap(entry -> refused(entry.getKey(), entry.getValue()).stream()))
                .sorted(Comparator.comparingLong(Refused::times).reversed().thenComparing(Refused::id))
                .limit(most)
                .toList();
    }

    private static Optional<Refused> refused(Key key, Kept counted) {
        var probe = counted.bucket().estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? Optional.empty()
                : Optional.of(new Refused(
                        id(key),
                        key.limit(),
                        Networks.shortenedIn(key.of()),
                        counted.refused().get(),
                        Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    private Optional<Refused> refused(Key key, GuessDelays.Guesses guesses) {
        Duration wait = guesses.wait(clock.instant());
        return wait.isPositive() && guesses.refused() > 0
                ? Optional.of(
                        new Refused(id(key), key.limit(), Networks.shortenedIn(key.of()), guesses.refused(), wait))
                : Optional.empty();
    }

    private static String id(Key key) {
        return Digests.sha256Hex(key.limit().key() + "\n" + key.of()).substring(0, 32);
    }

    /// Lifts the refusal of one caller: their count starts again.
    Optional<Refused> lift(String id) {
        Optional<Refused> was = refused(Integer.MAX_VALUE).stream()
                .filter(refused -> refused.id().equals(id))
                .findFirst();
        counts().forEach(kept -> kept.keySet().removeIf(key -> id(key).equals(id)));
        return was;
    }

    /// Lifts all refusals that are counted under a name or an address.
    ///
    /// @return how many counts start again
    int liftAll(String nameOrAddress) {
        String counted = Networks.countedIn(nameOrAddress);
        return counts().mapToInt(kept -> {
                    List<Key> found = kept.keySet().stream()
                            .filter(key -> List.of(key.of().split(" ", -1)).contains(counted))
                            .toList();
                    found.forEach(kept::remove);
                    return found.size();
                })
                .sum();
    }

    private Stream<Map<Key, ?>> counts() {
        return Stream.of(buckets.asMap(), existing.all(), madeUp.all());
    }

    /// bucket4j on our clock, so that tests control it.
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
