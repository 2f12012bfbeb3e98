package dev.banyan.platform.cluster;

import module java.base;

/// Whether this server still counts as alive for the others, by a clock that goes on while the process is paused.
final class Pulse {

    private static final long GONE_AFTER = Nodes.GONE_AFTER.toNanos();
    private static final long SETTLES_WITHIN = Duration.ofSeconds(3).toNanos();

    /// @param at when the last beat began that was written
    /// @param cutOffs how often others may have taken this server for dead before that
    /// @param cutOffAt when the last time ended
    private record Felt(long at, long cutOffs, long cutOffAt) {}

    private final LongSupplier clock;
    private volatile Felt last;

    /// @param clock nanoseconds
    Pulse(LongSupplier clock) {
        this.clock = clock;
        this.last = new Felt(clock.getAsLong(), 0, 0);
    }

    /// Returns whether the last beat is young enough.
    boolean isAlive() {
        return isAlive(last, clock.getAsLong());
    }

    private static boolean isAlive(Felt felt, long now) {
        return now - felt.at() < GONE_AFTER;
    }

    /// As [Nodes#isSettled].
    boolean isSettled() {
        Felt felt = last;
        long now = clock.getAsLong();
        return isAlive(felt, now) && (felt.cutOffs() == 0 || now - felt.cutOffAt() > SETTLES_WITHIN);
    }

    /// As [Nodes#cutOffs].
    long cutOffs() {
        return last.cutOffs();
    }

    /// Notes that a beat is written. One that took so long that this server was dead in the middle of it is the end of
    /// a cut-off like any other, even if it began in time.
    ///
    /// @param at when it began
    void felt(long at) {
        Felt before = last;
        long now = clock.getAsLong();
        last = isAlive(before, now)
                ? new Felt(at, before.cutOffs(), before.cutOffAt())
                : new Felt(at, before.cutOffs() + 1, now);
    }
}
