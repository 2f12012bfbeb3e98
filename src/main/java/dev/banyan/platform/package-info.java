/// The base of all domains: the caller ([Caller]), ids, database, web edge, limits, audit, mail, configuration.
///
/// Owns the tables `audit_events`, `audit_chains`, `idempotency_keys`, `mails` and `write_checks`. Calls no other
/// package. Publishes no events of its own; delivers those of others.
@NullMarked
package dev.banyan.platform;

import org.jspecify.annotations.NullMarked;
