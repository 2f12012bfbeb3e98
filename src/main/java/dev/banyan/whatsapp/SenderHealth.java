package dev.banyan.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How a sender does. Being connected is a claim; an answer is a proof, and it ages.
///
/// @param connectedSince empty while it is not connected to this server
/// @param lastProof when it last answered, or something came from it
/// @param heartbeats proofs since it was connected
/// @param misses questions in a row that it has not answered
/// @param stillSince since when nothing moves of the messages that it was given to send; empty where it has none
public record SenderHealth(
        Optional<Instant> connectedSince,
        Optional<Instant> lastProof,
        long heartbeats,
        int misses,
        Optional<Instant> stillSince) {

    /// Older than this, a proof is none.
    public static final Duration PROOF_LASTS = Duration.ofMinutes(2);
    /// Who misses as many is not healthy any more.
    public static final int MISSES = 3;
    /// A message that was given to a healthy sender is sent by then, or another one is.
    public static final Duration MOVES_WITHIN = Duration.ofMinutes(1);

    public static final SenderHealth NONE =
            new SenderHealth(Optional.empty(), Optional.empty(), 0, 0, Optional.empty());

    /// In steps.
    public enum Level {
        /// Not connected to this server.
        OFFLINE,
        HEALTHY,
        /// It has missed a question; the next one may be answered again.
        DEGRADED,
        /// It says that it is connected, and proves it no more.
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

    /// Connected, proved not long ago, and what it is to send moves.
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
