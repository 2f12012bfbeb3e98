/// What every request passes before it reaches a resource: limits of connections and bodies, canonical routes, who
/// calls, same origin, API limits, idempotency; and what is answered when something fails.
///
/// Owns the tables `idempotency_keys`. May call `platform.web.json` and everything below it.
///
/// Connections are counted and timed below the framework, and requests that a proxy may understand differently are
/// refused there (`OpenConnections`, `RequestWatch`, `RequestRules`; docs/decisions/0040). Long bodies and files are
/// read only for callers who are known, and all bodies together have a bound (`BodyFilter`, `BodyWatch`,
/// `BodyBudget`; docs/decisions/0072). `Gate` writes the request id and brings the path to its one spelling.
/// `CallerFilter` asks the `CallerResolver`s of `accounts` and `workspaces` who is calling. `ErrorAnswers` is the
/// one place where a failure becomes an answer. `Idempotency` claims a key before the work. Begin with `Gate`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.gate;
