package dev.banyan.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a sender does. Being connected is a claim; an answer is a proof, and it ages.
///
/// @param connectedSince empty while it is not connected to this server
/// @param lastProof when it last answered, or something came from it
/// @param heartbeats proofs since it was connected
public record SenderHealth(Optional<Instant> connectedSince, Optional<Instant> lastProof, long heartbeats) {

    /// Older than this, a proof is none.
    public static final Duration PROOF_LASTS = Duration.ofMinutes(2);

    static final SenderHealth NONE = new SenderHealth(Optional.empty(), Optional.empty(), 0);

    public boolean isConnected() {
        return connectedSince.isPresent();
    }

    /// Connected, and proved not long ago.
    public boolean isHealthy(Instant now) {
        return isConnected()
                && lastProof
                        .map(proof -> !proof.plus(PROOF_LASTS).isBefore(now))
                        .orElse(false);
    }
}
