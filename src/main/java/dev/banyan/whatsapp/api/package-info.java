/// The JSON routes of senders and pools, and the socket of their events (docs/events.md).
///
/// Owns no tables. May call all rooms of senders but `board`.
///
/// `PoolRequests` says who may act: pools belong to root accounts, so a sub-account is refused before a resource method
/// is called. The event socket says which thing is different and never what is in it; `PoolChannel` checks twice a
/// minute who may still listen.
/// Begin with `PoolsResource` and `SenderAnswers`.
@NullMarked
package dev.banyan.whatsapp.api;

import org.jspecify.annotations.NullMarked;
