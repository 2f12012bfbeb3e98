package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.db.Tx;

/// Knows the projects, workspaces and pools that a key can be narrowed to. `workspaces` implements it, because
/// `accounts` may not call it.
public interface KeyParts {

    /// A project, a workspace or a pool.
    record Named(Part part, String id, String name) {}

    /// Finds a part of an account or of its sub-accounts.
    ///
    /// @return its id as routes have it
    Optional<String> find(Tx tx, AccountId tenant, Part part, String id);

    /// Lists up to `most` of each kind, projects and workspaces newest first.
    List<Named> list(Tx tx, AccountId tenant, int most);
}
