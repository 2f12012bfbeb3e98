/// What happens to a pool whose numbers fail: pausing, noticing, deciding, moving and moving back.
///
/// Owns the tables `pool_states`, `failover_settings` and `failover_decisions`. May call the core and the rooms
/// up to `access`.
///
/// `PoolWatch` notices, `AutomaticFailovers` decides for the server and `Failovers` for people; both take
/// `FailoverSteps`. `ApprovalLinks` asks people by mail.
///
/// Begin with `PoolState`, which says what is unusual about a pool, and `FailoverSettings`, which says what its
/// operator wants. `Outgoing` asks for the pool that stands in for another one, and `Claims` whether a pool is paused.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.failover;
