/// Second factors and passkeys: their rows, codes and checks.
///
/// Owns the tables `second_factors`, `backup_codes`, `awaited_factors`, `passkeys` and `used_challenges`. May call the
/// core and `plans`.
///
/// Nothing here knows a page or a route; signing in lies in `signin`, switching factors on and off in `settings`. A
/// passkey's challenge is kept sealed in the browser until it answers, so asking fills no table; only answered
/// challenges are remembered. Begin with `SecondFactorStore`, `TotpCodes` and `Passkeys`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.signin.factors;
