/// What the WebSockets share: how they open, their maximum number, when they close.
///
/// May call the other rooms of `platform.web`. Begin with `SocketGuard`.
@NullMarked
package dev.banyan.platform.web.socket;

import org.jspecify.annotations.NullMarked;
