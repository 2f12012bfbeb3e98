/// The record of administrative acts and denied access: written in the transaction of the act, sealed in a chain per
/// tenant, verified, searched.
///
/// Owns the tables `audit_events` and `audit_chains`. May call the core and the rooms up to `http`. A job gives each
/// row its place in the chain of its tenant (docs/decisions/0014), so noting costs no lock. Denials are summed per
/// caller and minute, so an attack cannot fill the table. Each action needs a sentence in `audit-words.properties`.
/// Begin
/// with `Audit`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.audit;
