/// Webhooks of an account: where their routes and pages are, who answers for them, the mail when one is switched
/// off, and what needs their owner’s attention.
///
/// Owns no tables. May call the core and the rooms up to `context`.
///
/// The routes themselves, and what is sent when, are in `platform.webhooks`. Begin with `AccountMakers`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.webhooks;
