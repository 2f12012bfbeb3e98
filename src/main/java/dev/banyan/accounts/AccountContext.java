package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import java.util.Optional;

/// On which account a person acts right now, beside who the person is.
///
/// @param root the account above: the tenant, to which the person belongs
/// @param acting the same, or one of its sub-accounts
public record AccountContext(Actor actor, IdentityId identity, Account root, Account acting) {

    /// Whose data is touched.
    public Owner owner() {
        return acting.owner();
    }

    /// The same person, acting for the account above.
    public AccountContext ofRoot() {
        return isSubAccount() ? new AccountContext(actor, identity, root, root) : this;
    }

    public boolean isSubAccount() {
        return acting.isSubAccount();
    }

    public Optional<Account> parent() {
        return isSubAccount() ? Optional.of(root) : Optional.empty();
    }
}
