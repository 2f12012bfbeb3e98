package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Signals that an account enters a state, in `tx`: a sub-account, or a root account that operators switch off or on.
/// Data that depends on the state changes in the same transaction. Fired synchronously; an observer that fails undoes
/// the change.
public record AccountStatusChanging(Tx tx, Owner owner, AccountStatus status) {}
