/// What the WebSockets share: how they open, their maximum number, when they close.
///
/// Owns no tables. May call `platform.web.gate` and everything below it. No site but ours may open a socket with a
/// browser's cookies (`Handshakes`). A frame that cannot be sent ends its socket rather than waiting. Begin with
/// `SocketGuard` and `Channel`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.socket;
