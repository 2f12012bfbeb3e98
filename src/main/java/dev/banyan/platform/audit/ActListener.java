package dev.banyan.platform.audit;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Is told of each act on an account, in its transaction: an interface, because the audit log lies below all that
/// listen.
public interface ActListener {

    /// @param act such as `SubAccountCreated`
    /// @param details an object, as JSON
    void noted(Tx tx, Owner owner, String act, String target, String details);
}
