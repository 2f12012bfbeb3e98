package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Finds the account that a request acts on: the one that it names, else the session's, else the person's own. It may
/// be the person's own, or one in which the person is a member. Membership, ownership and state are looked up for every
/// request, so a context ends in the moment in which the relation ends.
@Singleton
public final class Contexts {

    /// What was found.
    public sealed interface Resolved {

        record Found(AccountContext context) implements Resolved {}

        record NotSignedIn() implements Resolved {}

        /// An operator without an account of their own.
        record NoAccount() implements Resolved {}

        /// Unknown, somebody else's or deleted: nobody learns which.
        record NotManaged() implements Resolved {}

        /// The caller's own sub-account, which is suspended.
        record Suspended() implements Resolved {}

        /// The caller's own sub-account, in which nothing can be changed: the plan has no room for it.
        ///
        /// @param until when it is suspended
        record ReadOnly(Instant until) implements Resolved {}
    }

    private record Person(IdentityId identity, String sessionHash) {}

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    Contexts(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// For requests that change nothing in the account.
    ///
    /// @param named an account id or username that the request itself names
    public Resolved resolve(Caller caller, Actor actor, Optional<String> named) {
        return resolve(caller, actor, named, false);
    }

    /// @param named an account id or username that the request itself names
    /// @param writes whether the request wants to change something: refused where an account is read-only
    public Resolved resolve(Caller caller, Actor actor, Optional<String> named, boolean writes) {
        Resolved resolved = database.read(tx -> switch (caller) {
            case Caller.ApiKey key -> resolve(tx, key, actor, named);
            case Caller.SignedIn _, Caller.Operator _, Caller.Anonymous _, Caller.WorkspaceMember _ ->
                person(caller).map(person -> resolve(tx, person, actor, named)).orElseGet(Resolved.NotSignedIn::new);
        });
        return writes && resolved instanceof Resolved.Found(AccountContext context)
                ? context.acting()
                        .suspendsAt()
                        .<Resolved>map(Resolved.ReadOnly::new)
                        .orElse(resolved)
                : resolved;
    }

    /// Makes a sub-account, or an account of others, the context of this session.
    public Resolved switchTo(Caller caller, Actor actor, String target) {
        Optional<Person> person = person(caller);
        if (person.isEmpty()) {
            return new Resolved.NotSignedIn();
        }
        return database.write(tx -> {
            Resolved resolved = resolve(tx, person.get(), actor, Optional.of(target));
            if (resolved instanceof Resolved.Found(AccountContext context)) {
                if (isHome(tx, context)) {
                    return new Resolved.NotManaged();
                }
                new SessionStore(tx)
                        .setActiveAccount(
                                person.get().sessionHash(),
                                Optional.of(context.acting().id()));
                if (context.isSubAccount()) {
                    new RecentContextStore(tx).remember(context.owner(), context.identity(), clock.instant());
                }
                noteSwitch(tx, context);
            }
            return resolved;
        });
    }

    /// Makes the person's own account the context of this session again.
    public Resolved switchBack(Caller caller, Actor actor) {
        Optional<Person> person = person(caller);
        if (person.isEmpty()) {
            return new Resolved.NotSignedIn();
        }
        return database.write(tx -> {
            var sessions = new SessionStore(tx);
            boolean switched =
                    sessions.activeAccount(person.get().sessionHash()).isPresent();
            sessions.setActiveAccount(person.get().sessionHash(), Optional.empty());
            Resolved resolved = resolve(tx, person.get(), actor, Optional.empty());
            if (switched && resolved instanceof Resolved.Found(AccountContext context)) {
                noteSwitch(tx, context);
            }
            return resolved;
        });
    }

    private static boolean isHome(Tx tx, AccountContext context) {
        return new IdentityStore(tx)
                .home(context.identity())
                .equals(Optional.of(context.acting().id()));
    }

    private void noteSwitch(Tx tx, AccountContext to) {
        audit.note(
                tx,
                to.actor(),
                to.owner(),
                "ContextSwitched",
                to.acting().id().toString(),
                Map.of("username", to.acting().username()));
    }

    private static Resolved resolve(Tx tx, Person person, Actor actor, Optional<String> named) {
        Optional<AccountContext> own = own(tx, person, actor);
        if (named.isPresent()) {
            return find(tx, person, actor, own, named.get());
        }
        Optional<Resolved> active = new SessionStore(tx)
                .activeAccount(person.sessionHash())
                .map(id -> find(tx, person, actor, own, id.toString()))
                .filter(Resolved.Found.class::isInstance);
        return active.orElseGet(() -> own.<Resolved>map(Resolved.Found::new).orElseGet(Resolved.NoAccount::new));
    }

    /// Whether somebody has no account of their own.
    boolean isHomeless(IdentityId person) {
        return database.read(tx -> new IdentityStore(tx).home(person)).isEmpty();
    }

    /// A key acts for its account, or for the sub-account that the request names: it has no session that remembers one.
    private static Resolved resolve(Tx tx, Caller.ApiKey key, Actor actor, Optional<String> named) {
        var accounts = new AccountStore(tx);
        return accounts.find(key.account())
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE)
                .map(root -> new AccountContext(actor, key.madeBy(), root, root))
                .map(own -> named.map(name -> find(tx, own, name)).orElseGet(() -> new Resolved.Found(own)))
                .orElseGet(Resolved.NoAccount::new);
    }

    /// Where somebody is at home; who is no more finds an account for which they work instead.
    private static Optional<AccountContext> own(Tx tx, Person person, Actor actor) {
        Optional<AccountId> home = new IdentityStore(tx).home(person.identity());
        if (home.isPresent()) {
            return root(tx, home.get()).map(root -> new AccountContext(actor, person.identity(), root, root));
        }
        return Managed.by(tx, person.identity()).stream()
                .findFirst()
                .map(managed -> new AccountContext(
                        actor, person.identity(), managed.root(), managed.account(), managed.membership()));
    }

    private static Optional<Account> root(Tx tx, AccountId id) {
        return new AccountStore(tx)
                .find(id)
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE);
    }

    /// In the own account first, then among those of others in which the person is a member.
    private static Resolved find(Tx tx, Person person, Actor actor, Optional<AccountContext> own, String named) {
        Resolved atHome = own.map(context -> find(tx, context, named)).orElseGet(Resolved.NoAccount::new);
        return switch (atHome) {
            case Resolved.NotManaged _, Resolved.NoAccount _ ->
                ofOthers(tx, person, actor, named)
                        .map(context -> find(tx, context, named))
                        .orElse(atHome);
            case Resolved.Found _, Resolved.NotSignedIn _, Resolved.Suspended _, Resolved.ReadOnly _ -> atHome;
        };
    }

    private static Optional<AccountContext> ofOthers(Tx tx, Person person, Actor actor, String named) {
        var accounts = new AccountStore(tx);
        Optional<AccountId> tenant = AccountId.parse(named)
                .map(accounts::find)
                .orElseGet(() -> accounts.findByUsername(Names.lower(named)))
                .map(account -> account.owner().tenant());
        return tenant.flatMap(id -> new MembershipStore(tx)
                .find(id, person.identity())
                .flatMap(membership -> root(tx, id)
                        .map(root -> new AccountContext(actor, person.identity(), root, root, membership))));
    }

    private static Resolved find(Tx tx, AccountContext own, String named) {
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

    private static Optional<Person> person(Caller caller) {
        return switch (caller) {
            case Caller.SignedIn person -> Optional.of(new Person(person.identity(), person.sessionHash()));
            case Caller.Operator person -> Optional.of(new Person(person.identity(), person.sessionHash()));
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _ -> Optional.empty();
        };
    }
}
