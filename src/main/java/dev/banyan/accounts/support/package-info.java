/// Operators who act for an account: with the consent of its owners, or without it where the server is set up so,
/// with a reason, for at most 60 minutes (docs/decisions/0061).
///
/// Owns no table: sessions and what they act for are the core's. May call the core, `context` and `settings`.
///
/// While an operator acts, their session is no operator's any more ([dev.banyan.platform.Caller.Support]): it reaches
/// that account with the rights of a manager, and `SupportFilter` keeps it off everything sensitive. Begin with
/// `Support`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.support;
