/// Pools as people see them: the live board, their settings, and the socket of their events (docs/events.md).
///
/// Owns no tables. May call all other rooms of numbers but `configfile`.
///
/// The sockets say which thing is different and never what is in it: a page fetches its part anew as anyone who may see
/// it, and `PoolSocket` checks twice a minute who may still listen. `Boards` draws a bounded number of rows after a
/// fixed number of queries. Begin with `PoolsResource` and `BoardPageResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.pools;
