/// Messages out: choosing the number that sends one, following it until it is delivered, and the lists on pages.
///
/// Owns the table `message_files`. May call the core and the rooms up to `alerts`.
///
/// Begin with `Outgoing.order`, the one way to send: it writes a row in the caller's transaction under the caller's
/// key, so a repeated order is the same message. `Claims` decides for many messages of a pool in one transaction: the
/// contact's own number first, then the strategy (`Balancing`), within `SendRateLimiter`, `DailySendLimit` and quiet
/// hours. These are functions; what `SendCounters` remember may be lost and is read from rows again
/// (docs/decisions/0026). `Deliveries` writes what drivers report, many reports together (`RetryingBatch`, `Progress`).
/// The live side is woken through `Wake`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.messages;
