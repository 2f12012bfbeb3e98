package dev.banyan.platform.audit;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One row of the audit.
///
/// @param details JSON, which may be erased later, and `salt` with it; `detailsDigest` is of both, and stays
/// @param salt empty in rows from before there was one
record AuditEvent(
        UUID id,
        Instant at,
        Actor actor,
        Optional<AccountId> account,
        String action,
        String target,
        String detailsDigest,
        String details,
        Optional<String> salt) {

    /// SHA-256, in hexadecimal. With the salt gone, nobody can tell by trying what the details were.
    static String digest(Optional<String> salt, String details) {
        return Digests.sha256Hex(salt.map(present -> present + "\n" + details).orElse(details));
    }
}
