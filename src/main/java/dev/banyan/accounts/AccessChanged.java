package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;

/// Signals that someone's access to an account was reduced or ended, or that access ended for everyone. Fired after the
/// commit: open sockets of that account are checked again.
public record AccessChanged(AccountId tenant) implements News {}
