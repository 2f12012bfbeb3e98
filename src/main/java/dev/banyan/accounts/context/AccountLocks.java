package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Lets operators switch a root account off and on. While it is off, its people can't sign in, its public pages and
/// short links say that they are unavailable, its workspaces are closed, and its sub-accounts follow. Nothing is
/// deleted.
@Singleton
public record AccountLocks(
        Database database,
        SubAccountStates states,
        GracePeriods graces,
        Audit audit,
        Event<AccessChanged> accessChanged,
        Clock clock) {

    private static final Text NOTE = Text.optional("note", "Note", 500, true);

    /// @param note a note between operators; the account's people never see it
    public record Disabling(LockReason reason, String note, Instant at) {}

    public Optional<Disabling> of(AccountId root) {
        return database.read(tx -> new AccountLockStore(tx).find(root));
    }

    /// Returns why a person may not sign in; empty if they may, as operators always can.
    public static Optional<LockReason> barring(Tx tx, IdentityStore.Person person) {
        return person.operator()
                ? Optional.empty()
                : person.identity()
                        .homeAccount()
                        .flatMap(home -> new AccountLockStore(tx).find(home))
                        .map(Disabling::reason);
    }

    /// The same, locked: it cannot change before the session that this transaction opens can be ended.
    public static Optional<LockReason> barringNow(Tx tx, IdentityStore.Person person) {
        person.identity().homeAccount().ifPresent(home -> new AccountStore(tx).lock(home));
        return barring(tx, person);
    }

    /// Returns whether nothing of a root account may go on by itself: it is switched off or deleted.
    public static boolean isOff(Tx tx, AccountId root) {
        return new AccountStore(tx)
                .find(root)
                .filter(account -> account.status() != AccountStatus.ACTIVE)
                .isPresent();
    }

    /// Switches a root account off; does nothing if it is off. For operators only; the resource checks that.
    public Outcome<Nothing> disable(Actor actor, AccountId id, LockReason reason, String note) {
        String written = Text.clean(note);
        Optional<Invalid> broken = NOTE.broken(written);
        if (broken.isPresent()) {
            return Outcome.rejected(broken.get());
        }
        return database.write(tx -> {
            Optional<Account> root = root(tx, id);
            var store = new AccountLockStore(tx);
            if (root.isEmpty() || root.get().status() == AccountStatus.DELETED) {
                return Outcome.notFound();
            }
            if (store.find(id).isPresent()) {
                return Outcome.done();
            }
            Instant now = clock.instant();
            store.insert(id, new Disabling(reason, written, now));
            store.setRootStatus(id, AccountStatus.SUSPENDED, now);
            Map<AccountId, String> followers = store.suspendActive(id, now);
            int sessions = store.endSessions(id);
            tx.afterCommit(() -> accessChanged.fire(new AccessChanged(id)));
            states.entered(tx, root.get(), AccountStatus.SUSPENDED);
            states.entered(tx, id, followers, AccountStatus.SUSPENDED);
            note(
                    tx,
                    actor,
                    root.get(),
                    "AccountDisabled",
                    Map.of(
                            "username", root.get().username(),
                            "reason", reason.key(),
                            "subAccounts", followers.size(),
                            "sessions", sessions));
            return Outcome.done();
        });
    }

    /// Switches it on again. For operators only; the resource checks that.
    public Outcome<Nothing> enable(Actor actor, AccountId id) {
        return database.write(tx -> {
            Optional<Account> root = root(tx, id);
            var store = new AccountLockStore(tx);
            if (root.isEmpty()) {
                return Outcome.notFound();
            }
            if (!store.delete(id)) {
                return Outcome.done();
            }
            Instant now = clock.instant();
            store.setRootStatus(id, AccountStatus.ACTIVE, now);
            Map<AccountId, String> followers = store.reactivateMarked(id, now);
            states.entered(tx, root.get(), AccountStatus.ACTIVE);
            states.entered(tx, id, followers, AccountStatus.ACTIVE);
            note(
                    tx,
                    actor,
                    root.get(),
                    "AccountEnabled",
                    Map.of("username", root.get().username(), "subAccounts", followers.size()));
            graces.reconcileDisabledAccount(tx, actor, id);
            return Outcome.done();
        });
    }

    private static Optional<Account> root(Tx tx, AccountId id) {
        return new AccountStore(tx).lock(id).filter(account -> !account.isSubAccount());
    }

    private void note(Tx tx, Actor actor, Account root, String action, Map<String, ?> details) {
        audit.note(tx, actor, root, action, details);
    }
}
