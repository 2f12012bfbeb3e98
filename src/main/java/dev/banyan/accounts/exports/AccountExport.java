package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An export that was asked for.
///
/// @param account the brand, or the root account for its own content or the whole
/// @param username of that account when it was asked for
/// @param whole whether all brands are in it too
/// @param progress in percent
/// @param problem why it failed, a full sentence
/// @param path of its file
/// @param claimedUntil until when one server makes it
/// @param expiresAt when it is deleted with its file
record AccountExport(
        UUID id,
        AccountId tenant,
        AccountId account,
        String username,
        boolean whole,
        State state,
        int progress,
        int attempts,
        IdentityId requestedBy,
        Optional<String> problem,
        Optional<String> path,
        Optional<Long> size,
        Instant createdAt,
        Instant claimedUntil,
        Optional<Instant> readyAt,
        Instant expiresAt) {

    @Schema(name = "ExportState")
    enum State implements Keyed {
        WAITING,
        RUNNING,
        READY,
        FAILED
    }

    boolean isReady() {
        return state == State.READY;
    }

    boolean isUnfinished() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /// Returns the name that a browser saves it under.
    String fileName() {
        return (whole ? "account-" : "brand-") + username + ".zip";
    }
}
