/// Identities, accounts, memberships, sub-accounts, context, plans and packs, usage, sessions.
///
/// Owns the tables `accounts`, `usernames`, `packs`, `account_usage`, `identities`, `operators`, `memberships`,
/// `sessions`, `email_confirmations`, `email_changes`, `account_words`, `disabled_accounts`, `sign_ins`, `api_keys`,
/// `api_key_days`,
/// `recent_contexts`, `erased_accounts`, `subscriptions`, `graces`, `password_resets`, `second_factors`,
/// `backup_codes`,
/// `awaited_factors`, `passkeys`, `used_challenges`, `known_devices`, `membership_accounts`, `membership_invitations`,
/// `membership_invitation_accounts`, `tenant_usage` and `sample_people`. Calls `platform` only. Publishes
/// [dev.banyan.accounts.AccountChanged] and [dev.banyan.accounts.AccessChanged] after a commit,
/// and [dev.banyan.accounts.AccountStatusChanging] inside a transaction; asks [dev.banyan.accounts.AccountContents] of
/// the
/// others when a sub-account is erased.
@NullMarked
package dev.banyan.accounts;

import org.jspecify.annotations.NullMarked;
