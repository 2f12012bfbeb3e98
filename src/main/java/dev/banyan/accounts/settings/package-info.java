/// What people change about themselves: profile, password, email, second factors, passkeys; and the recent proof of
/// identity that sensitive acts need.
///
/// Owns no tables. May call `signin` and everything below it.
///
/// `RouteEffects` (of `context`) says which routes need a proof; `RecentProofFilter` goes by the matched method and not
/// by the address, so another spelling changes nothing (docs/decisions/0035). A sub-account has no sign-in of its own,
/// and in its context none of the person's is changed. Begin with `SettingsPageResource` and `SignInChanges`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.settings;
