/// The steps of every request before it reaches a resource: limits of connections and bodies, canonical routes, caller,
/// same origin, API limits, idempotency; and the answers to failures.
///
/// May call the other rooms of `platform.web` but `socket`. Begin with `Gate`.
@NullMarked
package dev.banyan.platform.web.gate;

import org.jspecify.annotations.NullMarked;
