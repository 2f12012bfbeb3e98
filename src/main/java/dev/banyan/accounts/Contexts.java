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

/// Finds the account that a request acts on: the one that it names, else the session's, else the person's own.
/// Ownership and state are looked up for every request, so a context ends in the moment in which the relation ends.
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
                person(caller)
                        .map(person -> resolve(tx, person, actor, named))
                        .orElseGet(Resolved.NotSignedIn::new);
        });
        return writes && resolved instanceof Resolved.Found(AccountContext context)
                ? context.acting()
                        .suspendsAt()
                        .<Resolved>map(Resolved.ReadOnly::new)
                        .orElse(resolved)
                : resolved;
    }

    /// Makes a sub-account the context of this session.
    public Resolved switchTo(Caller caller, Actor actor, String target) {
        Optional<Person> person = person(caller);
        if (person.isEmpty()) {
            return new Resolved.NotSignedIn();
        }
        return database.write(tx -> {
            Resolved resolved = resolve(tx, person.get(), actor, Optional.of(target));
            if (resolved instanceof Resolved.Found(AccountContext context)) {
                if (!context.isSubAccount()) {
                    return new Resolved.NotManaged();
                }
                new SessionStore(tx)
                        .setActiveAccount(
                                person.get().sessionHash(),
                                Optional.of(context.acting().id()));
                new RecentContextStore(tx).remember(context.owner(), context.identity(), clock.instant());
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
        var accounts = new AccountStore(tx);
        Optional<Account> root = new IdentityStore(tx)
                .home(person.identity())
                .flatMap(accounts::find)
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE);
        if (root.isEmpty()) {
            return new Resolved.NoAccount();
        }
        AccountContext own = new AccountContext(actor, person.identity(), root.get(), root.get());
        if (named.isPresent()) {
            return find(accounts, own, named.get());
        }
        Optional<Resolved> active = new SessionStore(tx)
                .activeAccount(person.sessionHash())
                .map(id -> find(accounts, own, id.toString()))
                .filter(Resolved.Found.class::isInstance);
        return active.orElse(new Resolved.Found(own));
    }

    /// A key acts for its account, or for the sub-account that the request names: it has no session that remembers one.
    private static Resolved resolve(Tx tx, Caller.ApiKey key, Actor actor, Optional<String> named) {
        var accounts = new AccountStore(tx);
        return accounts.find(key.account())
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE)
                .map(root -> new AccountContext(actor, key.madeBy(), root, root))
                .map(own -> named.map(name -> find(accounts, own, name)).orElseGet(() -> new Resolved.Found(own)))
                .orElseGet(Resolved.NoAccount::new);
    }

    private static Resolved find(AccountStore accounts, AccountContext own, String named) {
        Account root = own.root();
        if (named.equalsIgnoreCase(root.username()) || named.equals(root.id().toString())) {
            return new Resolved.Found(own);
        }
        Optional<Account> sub = AccountId.parse(named)
                .map(id -> accounts.findSubAccount(root.id(), id))
                .orElseGet(() -> accounts.findByUsername(Names.lower(named))
                        .filter(account -> account.parent().equals(Optional.of(root.id()))));
        return sub.map(account -> switch (account.status()) {
                    case ACTIVE -> new Resolved.Found(new AccountContext(own.actor(), own.identity(), root, account));
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
