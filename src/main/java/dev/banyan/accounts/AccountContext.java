package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// On which account a person acts right now, beside who the person is.
///
/// @param root the account above: the tenant, to which the person belongs
/// @param acting the same, or one of its sub-accounts
/// @param membership as what the person acts
/// @param key what the API key holds that acts in the person's name; empty where they act themselves
public record AccountContext(
        Actor actor,
        IdentityId identity,
        Account root,
        Account acting,
        Membership membership,
        Optional<Set<String>> key) {

    /// Stands for whoever runs the server, who is none of the account's people.
    private static final IdentityId OF_SERVER = new IdentityId(new UUID(0, 0));

    /// A person.
    public AccountContext(Actor actor, IdentityId identity, Account root, Account acting, Membership membership) {
        this(actor, identity, root, acting, membership, Optional.empty());
    }

    /// As an owner.
    public AccountContext(Actor actor, IdentityId identity, Account root, Account acting) {
        this(actor, identity, root, acting, Membership.OWNER);
    }

    /// For programs of whoever runs the server, which act for an account without being asked who they are.
    public static AccountContext ofServer(Actor actor, Account root, Account acting) {
        return new AccountContext(actor, OF_SERVER, root, acting);
    }

    boolean isOfServer() {
        return identity.equals(OF_SERVER);
    }

    /// Whose data is touched.
    public Owner owner() {
        return acting.owner();
    }

    /// The same person, acting for the account above.
    public AccountContext ofRoot() {
        return isSubAccount() ? new AccountContext(actor, identity, root, root, membership, key) : this;
    }

    /// The same person, acting for a sub-account.
    public AccountContext of(Account subAccount) {
        return new AccountContext(actor, identity, root, subAccount, membership, key);
    }

    public boolean isKey() {
        return key.isPresent();
    }

    /// Whether these can be passed on. People pass on what the operations let them; a key never more than it holds.
    public boolean holds(Collection<String> permissions) {
        return key.map(held -> held.containsAll(permissions)).orElse(true);
    }

    public boolean isSubAccount() {
        return acting.isSubAccount();
    }

    public Optional<Account> parent() {
        return isSubAccount() ? Optional.of(root) : Optional.empty();
    }
}
