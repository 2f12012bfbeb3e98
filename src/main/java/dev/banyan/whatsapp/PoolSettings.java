package dev.banyan.whatsapp;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// How a pool shares its load and what it may do.
///
/// @param pace of each sender that says nothing of its own
/// @param pair empty: no limit
/// @param quiet empty: it sends at all hours
/// @param zone where its days begin, and its quiet hours
/// @param mostWaiting messages that may wait; more are refused, 1 to 1,000,000
public record PoolSettings(
        Strategy strategy,
        UncertainPolicy uncertain,
        Pace pace,
        Optional<PairLimit> pair,
        Optional<QuietHours> quiet,
        ZoneId zone,
        int mostWaiting) {

    public static final int LONGEST_QUEUE = 1_000_000;

    /// Of a pool that nobody has tuned.
    public static final PoolSettings DEFAULT = new PoolSettings(
            Strategy.ROUND_ROBIN,
            UncertainPolicy.ASK,
            Pace.AS_POOL,
            Optional.empty(),
            Optional.empty(),
            ZoneOffset.UTC,
            10_000);

    /// A pool that says nothing of warming up does not: one form of the same, so that what is the same is equal.
    public PoolSettings {
        pace = new Pace(
                pace.perMinute(), pace.perDay(), Optional.of(pace.warmsUp().orElse(false)));
    }
}
