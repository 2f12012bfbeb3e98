package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Data that a package keeps for an account, as far as erasure is concerned. Every package that keeps such data
/// implements this, so that no package reads another package's tables.
public interface AccountContents {

    /// Returns the number of clicks counted in the account.
    long clicks(Tx tx, Owner owner);

    /// Erases part of the data permanently.
    ///
    /// @param most the approximate number of rows to erase in this transaction
    /// @return the number of rows erased; 0 when nothing is left
    int eraseSome(Tx tx, Owner owner, int most);
}
