package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;

/// The account that a person currently acts on, and who the person is.
///
/// @param root the root account: the tenant that the person belongs to
/// @param acting the root account itself, or one of its sub-accounts
/// @param key what the API key that acts in the person's name may do; empty when the person acts directly
public record AccountContext(
        Actor actor,
        IdentityId identity,
        Account root,
        Account acting,
        Membership membership,
        Optional<Set<String>> key) {

    /// Stands for the operator of the server, who is not one of the account's people.
    private static final IdentityId OF_SERVER = new IdentityId(new UUID(0, 0));

    /// A context for a person.
    public AccountContext(Actor actor, IdentityId identity, Account root, Account acting, Membership membership) {
        this(actor, identity, root, acting, membership, Optional.empty());
    }

    public AccountContext(Actor actor, IdentityId identity, Account root, Account acting) {
        this(actor, identity, root, acting, Membership.OWNER);
    }

    /// Returns a context for programs of the server's operator, which act for an account without signing in.
    public static AccountContext ofServer(Actor actor, Account root, Account acting) {
        return new AccountContext(actor, OF_SERVER, root, acting);
    }

    boolean isOfServer() {
        return identity.equals(OF_SERVER);
    }

    /// Returns the owner of the data that is touched.
    public Owner owner() {
        return acting.owner();
    }

    /// Returns the same person's context for the root account.
    public AccountContext ofRoot() {
        return isSubAccount() ? new AccountContext(actor, identity, root, root, membership, key) : this;
    }

    /// Returns the same person's context for a sub-account.
    public AccountContext of(Account subAccount) {
        return new AccountContext(actor, identity, root, subAccount, membership, key);
    }

    public boolean isKey() {
        return key.isPresent();
    }

    /// Returns true if one of the account's people acts in their own name, and not a program with their key or an
    /// operator who helps: only they hand something over or admit someone.
    public boolean isInPerson() {
        return key.isEmpty() && actor.onBehalf().isEmpty();
    }

    /// Returns true if an operator acts who helps the account.
    public boolean isSupport() {
        return actor.onBehalf().isPresent();
    }

    /// Ends what an operator who helps does here, wherever in a batch it is: deleting, above all. Their routes are
    /// closed for acts that are nothing else; this is for those that are a part of one.
    public void refuseSupport() {
        actor.refuseSupport();
    }

    /// Returns true if these permissions can be passed on. People pass on what the operations allow; a key never passes
    /// on more than it holds.
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
