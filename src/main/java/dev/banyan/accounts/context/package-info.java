/// Identifies the caller and the account, and checks their rights: the first step of every route of accounts.
///
/// Owns the tables `disabled_accounts`. May call the core, `plans` and `signin.factors`.
///
/// `AccountGuard` stands at the beginning of every route on an account's data and audits refusals, here and nowhere
/// else. `Contexts` finds the account: the one that the request names, else the session's, else the person's own. An
/// account of someone else, a deleted one and one that never existed get the same answer, "not found". When the
/// session's context has ended, requests that name no account are refused until it switches: what is meant for a brand
/// never reaches its agency (docs/decisions/0034). A read-only account is refused in `Contexts`, so no route can forget
/// it. `RouteRights` is the table of which permission each route needs; a route without a row is closed to managers.
/// Begin with `AccountGuard`, then `Contexts`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.context;
