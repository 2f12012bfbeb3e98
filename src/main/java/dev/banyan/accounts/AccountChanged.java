package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;

/// Signals that something of an account changed that others may have cached: its name, its state, its plan. Fired in
/// memory after the commit.
public record AccountChanged(AccountId account, String username) implements News {}
