package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.SenderId;

/// What is unusual about a pool right now.
///
/// @param standIn the master of the pool that sends for it while it is failed over
/// @param decision the decision that led to this state, or that is proposed; of a normal pool, the proposal that a
///     person refused and that is not made again before the pool has worked
/// @param version counts changes: of two servers that decide about a pool at the same time, one wins
public record PoolState(
        Optional<Pause> pause,
        FailoverState failover,
        Optional<SenderId> standIn,
        Optional<UUID> decision,
        Instant changedAt,
        int version) {

    public static final PoolState NORMAL =
            new PoolState(Optional.empty(), FailoverState.NORMAL, Optional.empty(), Optional.empty(), Instant.EPOCH, 0);

    public boolean isPaused(Pause how) {
        return pause.equals(Optional.of(how));
    }

    /// Returns whether a person refused the last proposal, and the pool has not worked since.
    boolean isRefused() {
        return failover == FailoverState.NORMAL && decision.isPresent();
    }

    /// Returns whether another pool stands in, or a person has to answer.
    public boolean isUnusual() {
        return failover != FailoverState.NORMAL;
    }

    /// Returns the state after someone paused or resumed the pool.
    PoolState paused(Optional<Pause> how) {
        return new PoolState(how, failover, standIn, decision, changedAt, version);
    }

    /// Returns the state of a pool that works for itself.
    PoolState normal(Instant now) {
        return became(FailoverState.NORMAL, Optional.empty(), Optional.empty(), now);
    }

    /// Returns the state after a step of a failover.
    PoolState became(FailoverState next, Optional<SenderId> by, Optional<UUID> why, Instant now) {
        return new PoolState(pause, next, by, why, now, version);
    }
}
