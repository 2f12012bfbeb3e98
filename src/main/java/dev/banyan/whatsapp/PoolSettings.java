package dev.banyan.whatsapp;

import module java.base;

/// How a pool balances its load, and its limits.
///
/// @param pace of each sender without a pace of its own
/// @param pair empty: no limit
/// @param quiet empty: sends at all hours
/// @param zone time zone of its days and quiet hours
/// @param mostWaiting queue size; more messages are refused, 1 to 1,000,000
/// @param groups whether it asks for the messages of groups, which are ignored otherwise
public record PoolSettings(
        Strategy strategy,
        UncertainPolicy uncertain,
        Pace pace,
        Optional<PairLimit> pair,
        Optional<QuietHours> quiet,
        ZoneId zone,
        int mostWaiting,
        boolean groups) {

    public static final int LONGEST_QUEUE = 1_000_000;

    /// The settings of a pool that was never configured.
    public static final PoolSettings DEFAULT = new PoolSettings(
            Strategy.ROUND_ROBIN,
            UncertainPolicy.ASK,
            Pace.AS_POOL,
            Optional.empty(),
            Optional.empty(),
            ZoneOffset.UTC,
            10_000);

    /// A pool that ignores groups.
    public PoolSettings(
            Strategy strategy,
            UncertainPolicy uncertain,
            Pace pace,
            Optional<PairLimit> pair,
            Optional<QuietHours> quiet,
            ZoneId zone,
            int mostWaiting) {
        this(strategy, uncertain, pace, pair, quiet, zone, mostWaiting, false);
    }

    /// Normalizes an absent warm-up to off, so that equal settings compare equal.
    public PoolSettings {
        pace = new Pace(
                pace.perMinute(), pace.perDay(), Optional.of(pace.warmsUp().orElse(false)));
    }

    public PoolSettings withUncertain(UncertainPolicy policy) {
        return new PoolSettings(strategy, policy, pace, pair, quiet, zone, mostWaiting, groups);
    }

    public PoolSettings withGroups(boolean wanted) {
        return new PoolSettings(strategy, uncertain, pace, pair, quiet, zone, mostWaiting, wanted);
    }
}
