package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// The health of a sender. The connection state is only a claim; a response is proof, and proof expires.
///
/// @param connectedSince empty while it is not connected to this server
/// @param lastProof when it last responded, or something was received from it
/// @param misses consecutive unanswered probes
/// @param stillSince since when its outgoing messages make no progress; empty if it has none
/// @param refusedAt when it last refused a message, if it has refused several in a row
/// @param checks how it is checked
public record SenderHealth(
        Optional<Instant> connectedSince,
        Optional<Instant> lastProof,
        long heartbeats,
        int misses,
        Optional<Instant> stillSince,
        Optional<Instant> refusedAt,
        Checks checks) {

    /// How a sender is checked.
    ///
    /// @param every the time between two probes
    /// @param misses unanswered probes in a row after which it is no longer healthy
    public record Checks(Duration every, int misses) {

        public static final Checks DEFAULT = new Checks(Duration.ofSeconds(5), 3);

        /// Returns the age at which the last proof has expired.
        Duration proofLasts() {
            Duration all = every.multipliedBy(misses + 1L);
            return all.compareTo(PROOF_LASTS) > 0 ? all : PROOF_LASTS;
        }
    }

    /// Proof older than this has expired.
    public static final Duration PROOF_LASTS = Duration.ofMinutes(2);
    /// Messages refused in a row after which a sender is no longer healthy.
    static final int REFUSALS = 5;
    /// After this time without another refusal, a sender that has refused messages is tried again.
    public static final Duration REFUSES_FOR = Duration.ofSeconds(30);
    /// A healthy sender sends a message within this time, or reports progress on another one.
    public static final Duration MOVES_WITHIN = Duration.ofMinutes(1);

    public static final SenderHealth NONE = new SenderHealth(
            Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), Checks.DEFAULT);

    public enum Level implements Keyed {
        /// Not connected to this server.
        OFFLINE,
        HEALTHY,
        /// Missed a probe; it may respond to the next one.
        DEGRADED,
        /// Reported as connected, but no longer proves it.
        FAILED;

        public boolean isHealthy() {
            return this == HEALTHY || this == DEGRADED;
        }
    }

    public boolean isConnected() {
        return connectedSince.isPresent();
    }

    /// Returns whether the sender is connected, has responded recently, and its outgoing messages make progress.
    public boolean isHealthy(Instant now) {
        return level(now).isHealthy();
    }

    public Level level(Instant now) {
        if (!isConnected()) {
            return Level.OFFLINE;
        }
        boolean proved = lastProof
                .filter(proof -> !proof.plus(checks.proofLasts()).isBefore(now))
                .isPresent();
        if (!proved || misses >= checks.misses() || isStuck(now) || isRefusing(now)) {
            return Level.FAILED;
        }
        return misses > 0 ? Level.DEGRADED : Level.HEALTHY;
    }

    /// Returns whether it is connected, but takes no messages.
    public boolean isRefusing(Instant now) {
        return refusedAt
                .filter(refused -> refused.plus(REFUSES_FOR).isAfter(now))
                .isPresent();
    }

    public boolean isStuck(Instant now) {
        return stillSince
                .filter(still -> still.plus(MOVES_WITHIN).isBefore(now))
                .isPresent();
    }
}
