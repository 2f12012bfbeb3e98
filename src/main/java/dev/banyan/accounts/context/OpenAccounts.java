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
    /// The first account of other owners, for people without an account of their own.
    private final Optional<AccountContext> managed;

    OpenAccounts(Tx tx, IdentityId person, Actor actor) {
        this.tx = tx;
        this.person = person;
        this.actor = actor;
        Optional<AccountId> home = actor.onBehalf().isPresent() ? Optional.empty() : new IdentityStore(tx).home(person);
        this.own = actor.onBehalf().isPresent()
                ? root(tx, actor.onBehalf().get().account())
                        .map(root -> new AccountContext(actor, person, root, root, Membership.SUPPORT))
                : home.flatMap(id -> root(tx, id)).map(root -> new AccountContext(actor, person, root, root));
        this.managed = actor.onBehalf().isPresent() || home.isPresent()
                ? Optional.empty()
                : ManagedAccount.by(tx, person).stream()
                        .findFirst()
                        .map(first ->
                                new AccountContext(actor, person, first.root(), first.account(), first.membership()));
    }

    /// Returns the person's home account.
    Optional<AccountContext> own() {
        return own;
    }

    /// Returns the same as the context of a session that was not switched.
    Resolved unswitched() {
        return own.<Resolved>map(Resolved.Found::new).orElseGet(Resolved.NoAccount::new);
    }

    /// Returns what our pages open with: the home account, or an account that the person works for if they have none.
    Resolved opened() {
        return own.or(() -> managed).<Resolved>map(Resolved.Found::new).orElseGet(Resolved.NoAccount::new);
    }

    static Optional<Account> root(Tx tx, AccountId id) {
        return new AccountStore(tx)
                .find(id)
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE);
    }

    /// Searches the person's own account first, then the accounts of other owners that the person is a member of. The
    /// person's own id, which the API calls the user's if they have no account, names no account but theirs.
    Resolved find(String named) {
        if (named.equals(person.toString())) {
            return unswitched();
        }
        Resolved atHome = own.map(context -> find(tx, context, named))
                .orElseGet(() -> managed.isPresent() ? new Resolved.NotManaged() : new Resolved.NoAccount());
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
        var accounts = new AccountStore(tx);
        Optional<Account> found = AccountId.parse(named)
                .map(id -> id.equals(root.id()) ? Optional.of(root) : accounts.findSubAccount(root.id(), id))
                .orElseGet(() -> named.equalsIgnoreCase(root.username())
                        ? Optional.of(root)
                        : accounts.findByUsername(Names.lower(named)));
        if (found.filter(account -> account.id().equals(root.id())).isPresent()) {
            return own.membership().everything() ? new Resolved.Found(own.ofRoot()) : new Resolved.NotManaged();
        }
        return found.filter(account -> account.parent().equals(Optional.of(root.id())))
                .filter(account -> own.membership().everything()
                        || new MembershipStore(tx).isListed(root.id(), own.identity(), account.id()))
                .map(account -> switch (account.status()) {
                    case ACTIVE -> new Resolved.Found(own.of(account));
                    case SUSPENDED -> new Resolved.Suspended();
                    case DELETED -> new Resolved.NotManaged();
                })
                .orElse(new Resolved.NotManaged());
    }
}
