/// Rate limits and delays for guesses, in the memory of each node.
///
/// Owns no tables. May call the core and the rooms up to `mail`. The limits themselves are rows of `RateLimit` in
/// `config`. Begin with `RateLimits`; `GuessDelays` slows down guesses at one secret from many networks.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.limits;
