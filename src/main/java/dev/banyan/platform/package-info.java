/// What every package stands on: who calls ([Caller]), whose data it is ([Owner]), ids, clocks, texts, phone numbers,
/// private files.
///
/// Owns no tables; its rooms do. Calls no other package, and its core none of its rooms. Where a room has to ask
/// something of a package above it, it declares an interface that the package implements (`CallerResolver`, `KeyDoor`).
/// `Exempt` excuses a class from a rule of `ModuleBoundaryTest`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform;
