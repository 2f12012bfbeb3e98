/// What operations return: their value, or one of a few reasons to refuse.
///
/// Owns no tables. May call the core. Begin with `Outcome`; a `Refusal` becomes an answer in the guards and in
/// `Answers`, never in a route.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.outcome;
