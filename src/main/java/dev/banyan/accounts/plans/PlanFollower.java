package dev.banyan.accounts.plans;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// Something that a plan includes or doesn't. Rooms that depend on plans implement it, so that this one needn't know
/// them.
public interface PlanFollower {

    /// Called in the transaction in which the plan of a tenant may have changed.
    void follow(Tx tx, AccountId tenant);
}
