/// What the WebSockets share: how they open, how many may, when they close.
///
/// May call the other rooms of `platform.web`. Begin with `SocketGuard`.
@NullMarked
package dev.banyan.platform.web.socket;

import org.jspecify.annotations.NullMarked;
