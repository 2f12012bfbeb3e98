package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Knows an account's picture, which the package of pages keeps.
public interface AccountPictures {

    /// Returns its path on this server.
    Optional<String> path(Tx tx, Owner owner);

    /// Returns those of some accounts of a tenant; accounts without one are left out.
    Map<AccountId, String> paths(Tx tx, AccountId tenant, Collection<AccountId> accounts);

    /// @param pictures as [#paths]
    /// @param previews of their public pages; accounts without one that visitors can see are left out
    record Shown(Map<AccountId, String> pictures, Map<AccountId, String> previews) {}

    /// Returns both for some accounts of a tenant.
    Shown shown(Tx tx, AccountId tenant, Collection<AccountId> accounts);
}
