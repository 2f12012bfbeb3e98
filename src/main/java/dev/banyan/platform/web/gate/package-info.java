/// What every request passes before it reaches a resource: limits of connections and bodies, canonical routes, who
/// calls,
/// same origin, API limits, idempotency; and what is answered when something fails.
///
/// May call the other rooms of `platform.web` but `socket`. Begin with `Gate`.
@NullMarked
package dev.banyan.platform.web.gate;

import org.jspecify.annotations.NullMarked;
