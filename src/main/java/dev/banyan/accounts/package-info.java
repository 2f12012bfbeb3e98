/// Identities, accounts, memberships, sub-accounts, usage and sessions: the records, stores and events that the rooms
/// share.
///
/// Owns the tables `accounts`, `usernames`, `packs`, `account_usage`, `tenant_usage`, `account_words`, `identities`,
/// `operators`, `email_confirmations`, `memberships`, `membership_accounts`, `membership_invitations`,
/// `membership_invitation_accounts`, `sessions`, `recent_contexts`, `support_consents` and `support_accesses`. Calls
/// `platform` only.
///
/// A root account is a tenant; a sub-account has a parent and no login. `Tier`, `Feature`, `AgencyPermission` and
/// `Pack` are tables of what plans contain, `Names` and `ReservedNames` the rules for what people type. Packages that
/// keep data for an account implement [dev.banyan.accounts.AccountContents], so erasing an account reads no tables of
/// other packages. Publishes [dev.banyan.accounts.AccountChanged] and [dev.banyan.accounts.AccessChanged] after a
/// commit, and [dev.banyan.accounts.AccountStatusChanging] inside a transaction. Begin with `Account`, `Membership` and
/// `AccountContext`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts;
