package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;

/// One row of the audit log.
///
/// @param details JSON, which may be erased later together with `salt`; `detailsDigest` covers both, and stays
/// @param salt empty in rows that are older than the salt
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

    /// Returns the SHA-256 in hexadecimal. Once the salt is erased, the details can't be found by trial.
    static String digest(Optional<String> salt, String details) {
        return Digests.sha256Hex(salt.map(present -> present + "\n" + details).orElse(details));
    }
}
