/// API keys for programs: creating them, what each may do, and how one opens a route under `/v1`.
///
/// Owns the tables `api_keys`, `api_key_days` and `api_requests`. May call the core and the rooms up to `context`.
///
/// A key belongs to a root account and never speaks for the person who made it. `KeyRights` (in `context`) says which
/// permission each route needs, `Narrowing` which part of the account a key is for; the OpenAPI document takes its
/// words from the same table. Limits are checked before permissions, so a refused program is slowed down like
/// others. `KeyUse` counts in memory and writes every few seconds, as `RequestLog` does. Begin with `ApiKeyGuard`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.keys;
