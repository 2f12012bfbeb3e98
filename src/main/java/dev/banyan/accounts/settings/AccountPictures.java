package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Knows an account's picture, which the package of pages keeps.
public interface AccountPictures {

    /// Returns its path on this server.
    Optional<String> path(Tx tx, Owner owner);
}
