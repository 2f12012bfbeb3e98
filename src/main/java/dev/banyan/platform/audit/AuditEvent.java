package dev.banyan.platform.audit;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One row of the audit.
///
/// @param details JSON, which may be erased later; `detailsDigest` is its SHA-256 and stays
record AuditEvent(
        UUID id,
        Instant at,
        Actor actor,
        Optional<AccountId> account,
        String action,
        String target,
        String detailsDigest,
        String details) {}
