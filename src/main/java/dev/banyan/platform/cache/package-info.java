/// What is read often is kept in memory, and never given out after a change.
///
/// Owns no tables. May call the core and the rooms up to `db`. A reader draws a ticket, or the number of the last
/// change, before it reads the database, and keeps its result under it; a change tears the ticket after its commit.
/// So a slow reader can't put old data back (docs/decisions/0009). Begin with `Tickets`. What is kept lies in a
/// `TicketCache` as objects, or in a `PackedCache` as bytes, where a million of them must fit (docs/decisions/0024).
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.cache;
