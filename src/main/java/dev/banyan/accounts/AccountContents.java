package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// What a package keeps for an account, as far as erasing it goes. Each package that keeps something implements it, so
/// that nobody reads another package's tables.
public interface AccountContents {

    /// The clicks that are counted in it.
    long clicks(Tx tx, Owner owner);

    /// Erases a part of it, for good.
    ///
    /// @param most about how many rows may go in this transaction
    /// @return how many went; 0 when nothing is left
    int eraseSome(Tx tx, Owner owner, int most);
}
