package dev.banyan.accounts;

import dev.banyan.platform.AccountId;

/// Somebody may act for less of an account than before, or not at all, or nobody may any more. Fired after the commit:
/// whoever holds a socket open for that account is looked at again.
public record AccessChanged(AccountId tenant) {}
