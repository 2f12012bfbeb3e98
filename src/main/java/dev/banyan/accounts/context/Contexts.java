package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Finds the account that a request acts on: the account that the request names, else the session's, else the person's
/// own. People without an account of their own act for none until they name one or switch; only our pages, all of whose
/// links name their account, open with the first that they work for. The account may be the person's own account, or
/// one that the person is a member of. Membership, ownership and state are
/// checked on every request. When they end, requests that name no account are refused until the session switches again,
/// so that a change meant for a brand never lands on its agency.
///
/// A session remembers two accounts, so that programs and our own pages can share it: the context of programs, which
/// only the API's switch routes change, and the account that new pages open with, which only the switcher of the pages
/// changes.
@Singleton
public record Contexts(Database database, Audit audit, Clock clock) {

    /// The result of a search.
    public sealed interface Resolved {

        record Found(AccountContext context) implements Resolved {}

        /// Why the request can't act on an account.
        sealed interface Refused extends Resolved {}

        record NotSignedIn() implements Refused {}

        /// The request names no account, and the person has none of their own.
        record NoAccount() implements Refused {}

        /// The account's owners require a second factor from its members, and the person has none.
        ///
        /// @param context the context that applies once it is set up
        record SecondFactorMissing(AccountContext context) implements Refused {}

        /// Unknown, managed by another agency, or deleted: the caller can't tell which.
        record NotManaged() implements Refused {}

        /// The caller's own sub-account, which is suspended.
        record Suspended() implements Refused {}

        /// The request names no account, and the account that the session was switched to is no longer available.
        record Ended() implements Refused {}

        /// The caller's own sub-account, which is read-only because the plan has no room for it.
        ///
        /// @param until when it is suspended
        record ReadOnly(Instant until) implements Refused {}
    }

    private record Person(IdentityId identity, String sessionHash) {}

    private record Asked(Person person, Actor actor, Optional<String> named) {}

    private record AskedByPage(Person person, Actor actor, Optional<String> named) {}

    /// Resolves the context of API requests that change nothing in the account.
    ///
    /// @param named an account id or username that the request itself names
    public Resolved resolve(Caller caller, Actor actor, Optional<String> named) {
        return resolve(caller, actor, named, false);
    }

    /// Resolves the context of API requests.
    ///
    /// @param named an account id or username that the request itself names
    /// @param writes whether the request changes something, which a read-only account refuses
    public Resolved resolve(Caller caller, Actor actor, Optional<String> named, boolean writes) {
        return writable(
                writes,
                caller instanceof Caller.ApiKey key
                        ? database.read(tx -> resolve(tx, key, actor, named))
                        : person(caller)
                                .map(person -> resolve(person, actor, named))
                                .orElseGet(Resolved.NotSignedIn::new));
    }

    private Resolved withSecondFactor(Resolved resolved) {
        return database.read(tx -> withSecondFactor(tx, resolved));
    }

    /// Checks for a second factor, which owners can require from everyone who works for their account.
    private static Resolved withSecondFactor(Tx tx, Resolved resolved) {
        return resolved instanceof Resolved.Found(AccountContext context)
                        && RequiredSecondFactor.isMissing(tx, context.root().id(), context.identity())
                ? new Resolved.SecondFactorMissing(context)
                : resolved;
    }

    /// Resolves the context of our own pages. Without a named account they open with the one that was last switched to
    /// on a page; before the first switch, with the session's.
    ///
    /// @param named an account id or username that the request itself names
    public Resolved resolvePage(Caller caller, Actor actor, Optional<String> named, boolean writes) {
        return writable(
                writes,
                person(caller)
                        .map(person -> database.read(tx -> tx.once(
                                new AskedByPage(person, actor, named),
                                asked -> withSecondFactor(
                                        tx, resolvePage(tx, asked.person(), asked.actor(), asked.named())))))
                        .orElseGet(Resolved.NotSignedIn::new));
    }

    /// Resolves the context of routes whose body names the target: they act for the context's root account. This also
    /// works if the context has ended, so that a program can restore the account it acted for.
    ///
    /// @param writes whether the request changes something; reads fall back to the person's own account
    public Resolved resolveRoot(Caller caller, Actor actor, Optional<String> named, boolean writes) {
        if (caller instanceof Caller.ApiKey key && !key.scope().isWhole()) {
            return new Resolved.NotManaged();
        }
        Resolved resolved = resolve(caller, actor, named);
        return switch (resolved) {
            case Resolved.Found(AccountContext context) -> new Resolved.Found(context.ofRoot());
            case Resolved.Ended _ ->
                person(caller)
                        .flatMap(person -> database.read(tx -> {
                            var accounts = new OpenAccounts(tx, person.identity(), actor);
                            return above(tx, person, accounts).or(() -> writes ? Optional.empty() : accounts.own());
                        }))
                        .map(context -> withSecondFactor(new Resolved.Found(context)))
                        .orElse(resolved);
            case Resolved.Refused _ -> resolved;
        };
    }

    /// Returns the person's own account, whatever the session is switched to.
    public Resolved own(Caller caller, Actor actor) {
        return person(caller)
                .map(person -> withSecondFactor(
                        database.read(tx -> new OpenAccounts(tx, person.identity(), actor).unswitched())))
                .orElseGet(Resolved.NotSignedIn::new);
    }

    /// Returns the account that a page opens with which must work whatever the session is switched to: the person's
    /// own, or the first that they work for.
    public Resolved opened(Caller caller, Actor actor) {
        return person(caller)
                .map(person ->
                        withSecondFactor(database.read(tx -> new OpenAccounts(tx, person.identity(), actor).opened())))
                .orElseGet(Resolved.NotSignedIn::new);
    }

    private static Resolved writable(boolean writes, Resolved resolved) {
        return writes && resolved instanceof Resolved.Found(AccountContext context)
                ? context.acting()
                        .suspendsAt()
                        .<Resolved>map(Resolved.ReadOnly::new)
                        .orElse(resolved)
                : resolved;
    }

    /// Makes a sub-account, or an account of other owners, the context of this session.
    public Resolved switchTo(Caller caller, Actor actor, String target) {
        return switchWith(caller, actor, (tx, accounts, session) -> {
            Resolved resolved = withSecondFactor(tx, accounts.find(target));
            if (resolved instanceof Resolved.Found(AccountContext context)) {
                if (isHome(tx, context)) {
                    return new Resolved.NotManaged();
                }
                new SessionStore(tx)
                        .setActiveAccount(session, Optional.of(context.acting().id()));
                noteSwitch(tx, context);
            }
            return resolved;
        });
    }

    /// Makes the person's own account the context of this session again.
    public Resolved switchBack(Caller caller, Actor actor) {
        return switchWith(caller, actor, (tx, accounts, session) -> {
            var sessions = new SessionStore(tx);
            SessionStore.Active before = sessions.active(session);
            sessions.setActiveAccount(session, Optional.empty());
            accounts.own().filter(_ -> before.account().isPresent()).ifPresent(context -> noteSwitch(tx, context));
            return accounts.unswitched();
        });
    }

    /// Sets the account that new pages open with, the person's own or another. The context of programs stays.
    public Resolved switchPages(Caller caller, Actor actor, String target) {
        return switchWith(caller, actor, (tx, accounts, session) -> {
            Resolved resolved = withSecondFactor(tx, accounts.find(target));
            if (resolved instanceof Resolved.Found(AccountContext context)) {
                new SessionStore(tx).setPageAccount(session, context.acting().id());
                noteSwitch(tx, context);
            }
            return resolved;
        });
    }

    private interface Switch {
        Resolved in(Tx tx, OpenAccounts accounts, String session);
    }

    private Resolved switchWith(Caller caller, Actor actor, Switch work) {
        return person(caller)
                .map(person -> database.write(
                        tx -> work.in(tx, new OpenAccounts(tx, person.identity(), actor), person.sessionHash())))
                .orElseGet(Resolved.NotSignedIn::new);
    }

    private static boolean isHome(Tx tx, AccountContext context) {
        return new IdentityStore(tx)
                .home(context.identity())
                .equals(Optional.of(context.acting().id()));
    }

    private void noteSwitch(Tx tx, AccountContext to) {
        if (to.isSubAccount() && to.actor().onBehalf().isEmpty()) {
            new RecentContextStore(tx).remember(to.owner(), to.identity(), clock.instant());
        }
        audit.note(
                tx,
                to.actor(),
                to.owner(),
                "ContextSwitched",
                to.acting().id().toString(),
                Map.of("username", to.acting().username()));
    }

    private Resolved resolve(Person person, Actor actor, Optional<String> named) {
        return database.read(tx -> tx.once(
                new Asked(person, actor, named),
                asked -> withSecondFactor(tx, find(tx, asked.person(), asked.actor(), asked.named()))));
    }

    private static Resolved find(Tx tx, Person person, Actor actor, Optional<String> named) {
        var accounts = new OpenAccounts(tx, person.identity(), actor);
        if (named.isPresent()) {
            return accounts.find(named.get());
        }
        SessionStore.Active active = new SessionStore(tx).active(person.sessionHash());
        return active.ended()
                ? new Resolved.Ended()
                : active.account().map(id -> switchedTo(accounts, id)).orElseGet(accounts::unswitched);
    }

    private static Resolved resolvePage(Tx tx, Person person, Actor actor, Optional<String> named) {
        var accounts = new OpenAccounts(tx, person.identity(), actor);
        if (named.isPresent()) {
            return accounts.find(named.get());
        }
        SessionStore.Active active = new SessionStore(tx).active(person.sessionHash());
        return active.page()
                .map(id -> switchedTo(accounts, id))
                .or(() -> active.account()
                        .filter(_ -> !active.ended())
                        .map(id -> switchedTo(accounts, id))
                        .filter(Resolved.Found.class::isInstance))
                .orElseGet(accounts::opened);
    }

    private static Resolved switchedTo(OpenAccounts accounts, AccountId account) {
        Resolved found = accounts.find(account.toString());
        return found instanceof Resolved.Found ? found : new Resolved.Ended();
    }

    /// Returns the root account of the account that the session is switched to, while the person still has access.
    private static Optional<AccountContext> above(Tx tx, Person person, OpenAccounts accounts) {
        return new SessionStore(tx)
                .active(person.sessionHash())
                .account()
                .flatMap(new AccountStore(tx)::find)
                .map(account -> account.owner().tenant())
                .flatMap(tenant -> accounts.own()
                        .map(AccountContext::ofRoot)
                        .filter(context -> context.root().id().equals(tenant))
                        .or(() -> accounts.ofOthers(tenant.toString())));
    }

    /// Checks again whether a person who was let in with a context may still work on workspaces: the session is
    /// open, and their role in the account includes workspaces.
    public boolean isOpen(String sessionHash, AccountContext context, Instant now) {
        return database.read(tx -> new SessionStore(tx)
                        .find(sessionHash, now)
                        .filter(session -> session.identity().equals(context.identity()))
                        .isPresent()
                && new OpenAccounts(tx, context.identity(), context.actor())
                                .find(context.acting().id().toString())
                        instanceof Resolved.Found(AccountContext still)
                && still.membership().workspaces());
    }

    /// Returns whether the person still has the rights that a context was made with: what goes on after its request
    /// asks again.
    public boolean holds(AccountContext context) {
        return database.read(tx -> new OpenAccounts(tx, context.identity(), context.actor())
                                .find(context.acting().id().toString())
                        instanceof Resolved.Found(AccountContext still)
                && still.membership().equals(context.membership()));
    }

    /// Returns true if the person has no account of their own.
    public boolean hasNoAccount(IdentityId person) {
        return database.read(tx -> new IdentityStore(tx).home(person)).isEmpty();
    }

    /// Resolves the context of a key. A key acts for its account, or for the sub-account that the request names: it has
    /// no session that remembers one. It may do what it holds, as far as the person who made it may still do that.
    private static Resolved resolve(Tx tx, Caller.ApiKey key, Actor actor, Optional<String> named) {
        return OpenAccounts.root(tx, key.account())
                .flatMap(root -> new MembershipStore(tx)
                        .find(root.id(), key.madeBy())
                        .map(maker -> new AccountContext(
                                actor,
                                key.madeBy(),
                                root,
                                root,
                                maker,
                                Optional.of(KeyRights.held(key.permissions(), maker)))))
                .map(own -> within(
                        key.scope(),
                        OpenAccounts.find(
                                tx,
                                own,
                                named.or(() -> onlyBrand(key.scope()))
                                        .orElse(own.root().id().toString()))))
                .orElseGet(Resolved.NoAccount::new);
    }

    private static Optional<String> onlyBrand(KeyLimits.Scope scope) {
        return scope.part() == Part.BRANDS && scope.ids().size() == 1
                ? scope.ids().stream().findFirst()
                : Optional.empty();
    }

    /// Keeps a key for some brands to these: all other accounts it finds as little as those of strangers.
    private static Resolved within(KeyLimits.Scope scope, Resolved resolved) {
        return scope.part() != Part.BRANDS
                        || resolved instanceof Resolved.Found(AccountContext context)
                                && scope.isFor(
                                        Part.BRANDS, context.acting().id().toString())
                ? resolved
                : new Resolved.NotManaged();
    }

    private static Optional<Person> person(Caller caller) {
        return switch (caller) {
            case Caller.SignedIn person -> Optional.of(new Person(person.identity(), person.sessionHash()));
            case Caller.Operator person -> Optional.of(new Person(person.identity(), person.sessionHash()));
            case Caller.Support person -> Optional.of(new Person(person.identity(), person.sessionHash()));
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                Optional.empty();
        };
    }
}
