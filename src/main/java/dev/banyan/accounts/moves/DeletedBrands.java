package dev.banyan.accounts.moves;

import dev.banyan.accounts.Account;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;

/// The trash of agencies, from which an undone transfer takes its brand.
public interface DeletedBrands {

    /// Brings a deleted brand back as it was, to an agency that has claimed a place for it.
    ///
    /// @return false, with nothing changed, if another brand has its name by now
    boolean comeBack(Tx tx, Actor actor, Account agency, AccountId brand);
}
