package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// A sub-account enters a state, in `tx`: what others keep about its state changes in the same transaction. Fired
/// synchronously; an observer that fails undoes the change.
public record AccountStatusChanging(Tx tx, Owner owner, AccountStatus status) {}
