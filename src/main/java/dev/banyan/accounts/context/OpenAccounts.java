package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;

/// The accounts that a person may act for: their own with its sub-accounts, and those of other owners that they are
/// a member of. For an operator who acts for an account, that account with its sub-accounts and no other. Lives as
/// long as one transaction.
final class OpenAccounts {

    private final Tx tx;
    private final IdentityId person;
    private final Actor actor;
    private final Optional<AccountContext> own;

    OpenAccounts(Tx tx, IdentityId person, Actor actor) {
        this.tx = tx;
        this.person = person;
        this.actor = actor;
        Optional<AccountId> home = actor.onBehalf().isPresent() ? Optional.empty() : new IdentityStore(tx).home(person);
        this.own = actor.onBehalf().isPresent()
                ? root(tx, actor.onBehalf().get().account())
                        .map(root -> new AccountContext(actor, person, root, root, Membership.SUPPORT))
                : home.isPresent()
                        ? root(tx, home.get()).map(root -> new AccountContext(actor, person, root, root))
                        : ManagedAccount.by(tx, person).stream()
                                .findFirst()
                                .map(managed -> new AccountContext(
                                        actor, person, managed.root(), managed.account(), managed.membership()));
    }

    /// Returns the person's home account, or an account that they work for if they have none.
    Optional<AccountContext> own() {
        return own;
    }

    /// Returns the same as the context of a session that was not switched.
    Resolved unswitched() {
        return own.<Resolved>map(Resolved.Found::new).orElseGet(Resolved.NoAccount::new);
    }

    static Optional<Account> root(Tx tx, AccountId id) {
        return new AccountStore(tx)
                .find(id)
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE);
    }

    /// Searches the person's own account first, then the accounts of other owners that the person is a member of.
    Resolved find(String named) {
        Resolved atHome = own.map(context -> find(tx, context, named)).orElseGet(Resolved.NoAccount::new);
        return atHome instanceof Resolved.NotManaged || atHome instanceof Resolved.NoAccount
                ? ofOthers(named).map(context -> find(tx, context, named)).orElse(atHome)
                : atHome;
    }

    Optional<AccountContext> ofOthers(String named) {
        if (actor.onBehalf().isPresent()) {
            return Optional.empty();
        }
        var accounts = new AccountStore(tx);
        Optional<AccountId> tenant = AccountId.parse(named)
                .map(accounts::find)
                .orElseGet(() -> accounts.findByUsername(Names.lower(named)))
                .map(account -> account.owner().tenant());
        return tenant.flatMap(id -> new MembershipStore(tx)
                .find(id, person)
                .flatMap(membership ->
                        root(tx, id).map(root -> new AccountContext(actor, person, root, root, membership))));
    }

    /// Searches a root account and its sub-accounts.
    static Resolved find(Tx tx, AccountContext own, String named) {
        Account root = own.root();
        if (named.equalsIgnoreCase(root.username()) || named.equals(root.id().toString())) {
            return own.membership().everything() ? new Resolved.Found(own.ofRoot()) : new Resolved.NotManaged();
        }
        var accounts = new AccountStore(tx);
        Optional<Account> sub = AccountId.parse(named)
                .map(id -> accounts.findSubAccount(root.id(), id))
                .orElseGet(() -> accounts.findByUsername(Names.lower(named))
                        .filter(account -> account.parent().equals(Optional.of(root.id()))));
        return sub.filter(account -> own.membership().everything()
                        || new MembershipStore(tx).isListed(root.id(), own.identity(), account.id()))
                .map(account -> switch (account.status()) {
                    case ACTIVE -> new Resolved.Found(own.of(account));
                    case SUSPENDED -> new Resolved.Suspended();
                    case DELETED -> new Resolved.NotManaged();
                })
                .orElse(new Resolved.NotManaged());
    }
}
