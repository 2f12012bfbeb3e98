package dev.banyan.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The health of a sender. The connection state is only a claim; a response is proof, and proof expires.
///
/// @param connectedSince empty while it is not connected to this server
/// @param lastProof when it last responded, or something was received from it
/// @param heartbeats proofs since it was connected
/// @param misses consecutive unanswered probes
/// @param stillSince since when its outgoing messages make no progress; empty if it has none
public record SenderHealth(
        Optional<Instant> connectedSince,
        Optional<Instant> lastProof,
        long heartbeats,
        int misses,
        Optional<Instant> stillSince) {

    /// Proof older than this has expired.
    public static final Duration PROOF_LASTS = Duration.ofMinutes(2);
    /// Number of missed probes after which a sender is no longer healthy.
    public static final int MISSES = 3;
    /// A healthy sender sends a message within this time, or reports progress on another one.
    public static final Duration MOVES_WITHIN = Duration.ofMinutes(1);

    public static final SenderHealth NONE =
            new SenderHealth(Optional.empty(), Optional.empty(), 0, 0, Optional.empty());

    /// Health levels.
    public enum Level {
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

        public String key() {
            return name().toLowerCase(Locale.ROOT);
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
                .filter(proof -> !proof.plus(PROOF_LASTS).isBefore(now))
                .isPresent();
        if (!proved || misses >= MISSES || isStuck(now)) {
            return Level.FAILED;
        }
        return misses > 0 ? Level.DEGRADED : Level.HEALTHY;
    }

    public boolean isStuck(Instant now) {
        return stillSince
                .filter(still -> still.plus(MOVES_WITHIN).isBefore(now))
                .isPresent();
    }
}
