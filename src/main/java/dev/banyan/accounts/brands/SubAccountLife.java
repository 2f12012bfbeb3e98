package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.moves.DeletedBrands;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.accounts.plans.GraceStore;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Changes of state that an agency makes to a sub-account: suspend, reactivate, delete, restore. Each acts for the
/// context's root account, under a lock on that account.
@Singleton
public record SubAccountLife(
        Database database,
        Plans plans,
        Quotas quotas,
        GracePeriods graces,
        SubAccountStates states,
        NotificationRecipients notices,
        Audit audit,
        Clock clock)
        implements DeletedBrands {

    /// How long a deleted sub-account can be restored.
    public static final Duration KEPT = Duration.ofDays(30);

    /// The result of a change of state.
    public sealed interface Changed {

        record Done(SubAccount subAccount) implements Changed {}

        /// While it was deleted, its agency gave its name to another sub-account.
        record NameTaken() implements Changed {}

        /// Not found where it is unknown, managed by another agency, deleted or erased: the caller can't tell which.
        /// Forbidden without an agency permission. A conflict if it is restored and was not deleted.
        record Refused(Refusal refusal) implements Changed {

            static final Refused NOT_FOUND = new Refused(new Refusal.NotFound());
        }
    }

    /// The possible changes, each with its name in the audit log and the text of its mail.
    private enum LifecycleEvent {
        SUSPENDED(
                AccountStatus.SUSPENDED,
                "SubAccountSuspended",
                "was suspended",
                "Visitors see that its pages are temporarily unavailable. It can be reactivated at any time."),
        REACTIVATED(AccountStatus.ACTIVE, "SubAccountReactivated", "is active again", "Its pages are back online."),
        DELETED(
                AccountStatus.DELETED,
                "SubAccountDeleted",
                "was deleted",
                "Its pages are offline. It can be restored for 30 days. After that, everything in it is erased."),
        RESTORED(AccountStatus.ACTIVE, "SubAccountRestored", "was restored", "Its pages are back online."),
        RESTORED_SUSPENDED(
                AccountStatus.SUSPENDED,
                "SubAccountRestored",
                "was restored",
                "It is still suspended, as it was before.");

        private final AccountStatus status;
        private final String action;
        private final String happened;
        private final String means;

        LifecycleEvent(AccountStatus status, String action, String happened, String means) {
            this.status = status;
            this.action = action;
            this.happened = happened;
            this.means = means;
        }
    }

    private interface Act {
        Changed on(Tx tx, Account root, SubAccountStore.Row row);
    }

    /// Suspends a sub-account: its public page says that it is unavailable, and people can't act for it. It still
    /// counts against the limit.
    public Changed suspend(AccountContext context, String idOrName) {
        return present(context, idOrName, (tx, root, row) -> {
            if (row.account().status() == AccountStatus.ACTIVE) {
                new SubAccountStore(tx).suspend(root.id(), row.account().id(), clock.instant());
                entered(tx, context.actor(), root, row, LifecycleEvent.SUSPENDED);
            }
            return done(tx, context, row);
        });
    }

    public Changed reactivate(AccountContext context, String idOrName) {
        return present(context, idOrName, (tx, root, row) -> {
            if (row.account().status() == AccountStatus.ACTIVE) {
                return done(tx, context, row);
            }
            if (row.details().suspendedByPlan() || hadItsGrace(row.account())) {
                Limit room = plans.effective(tx, root).room();
                long used = new UsageStore(tx).used(root.id(), PlanQuota.SUB_ACCOUNTS);
                if (!room.fits(used)) {
                    return new Changed.Refused(new Refusal.LimitReached(used, room.number()));
                }
            }
            new SubAccountStore(tx).reactivate(root.id(), row.account().id(), clock.instant());
            entered(tx, context.actor(), root, row, LifecycleEvent.REACTIVATED);
            graces.settle(tx, context.actor(), root.id());
            return done(tx, context, row);
        });
    }

    /// Deletes a sub-account, which frees its place at once. Its data is kept for [#KEPT]; meanwhile its name is free
    /// for its own agency.
    public Changed delete(AccountContext context, String idOrName) {
        return present(context, idOrName, (tx, root, row) -> {
            new SubAccountStore(tx).delete(root.id(), row.account().id(), clock.instant());
            quotas.release(tx, root.owner(), PlanQuota.SUB_ACCOUNTS, 1);
            quotas.leave(tx, row.account().owner());
            entered(tx, context.actor(), root, row, LifecycleEvent.DELETED);
            graces.settle(tx, context.actor(), root.id());
            return done(tx, context, row);
        });
    }

    /// Restores a deleted sub-account as it was, if there is room for it and its name is still free.
    public Changed restore(AccountContext context, String idOrName) {
        return locked(context, idOrName, (tx, root, row) -> {
            Account account = row.account();
            if (account.status() != AccountStatus.DELETED) {
                return new Changed.Refused(new Refusal.Conflict("This sub-account isn’t deleted"));
            }
            if (row.details()
                    .deletedAt()
                    .filter(at -> clock.instant().isBefore(at.plus(KEPT)))
                    .isEmpty()) {
                return Changed.Refused.NOT_FOUND;
            }
            if (plans.effective(tx, root).agencyPermission().isEmpty()) {
                return new Changed.Refused(new Refusal.Forbidden());
            }
            if (quotas.claim(tx, root.owner(), PlanQuota.SUB_ACCOUNTS, 1) instanceof Quotas.Claim.Exceeded exceeded) {
                return new Changed.Refused(new Refusal.LimitReached(exceeded.used(), exceeded.limit()));
            }
            if (!comeBack(tx, context.actor(), root, account.id())) {
                return tx.undone(new Changed.NameTaken());
            }
            if (quotas.areShared()) { // its usage may take the room that others had
                states.changed(tx, new GraceStore(tx).usernames(root.id()));
            }
            graces.settle(tx, context.actor(), root.id());
            return done(tx, context, row);
        });
    }

    @Override
    public boolean comeBack(Tx tx, Actor actor, Account agency, AccountId brand) {
        var store = new SubAccountStore(tx);
        SubAccountStore.Row row = store.find(agency.id(), brand).orElseThrow();
        Account account = row.account();
        if (!new AccountStore(tx).claim(account, account.username())) {
            return false;
        }
        Instant now = clock.instant();
        boolean suspended =
                row.details().suspendedAt().isPresent() && !row.details().suspendedByPlan();
        if (suspended) {
            store.restoreSuspended(agency.id(), brand, now);
        } else {
            store.reactivate(agency.id(), brand, now);
        }
        entered(tx, actor, agency, row, suspended ? LifecycleEvent.RESTORED_SUSPENDED : LifecycleEvent.RESTORED);
        quotas.join(tx, account.owner());
        return true;
    }

    private Changed present(AccountContext context, String idOrName, Act act) {
        return locked(
                context,
                idOrName,
                (tx, root, row) -> row.account().status() == AccountStatus.DELETED
                        ? Changed.Refused.NOT_FOUND
                        : act.on(tx, root, row));
    }

    private Changed locked(AccountContext context, String idOrName, Act act) {
        return database.write(tx -> {
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            return new SubAccountStore(tx)
                    .findNamed(root.id(), idOrName)
                    .map(row -> act.on(tx, root, row))
                    .orElse(Changed.Refused.NOT_FOUND);
        });
    }

    private void entered(Tx tx, Actor actor, Account root, SubAccountStore.Row row, LifecycleEvent turn) {
        Account account = row.account();
        audit.note(tx, actor, account, turn.action, Map.of("username", account.username()));
        states.entered(tx, account, turn.status);
        String name = account.displayName() + " (@" + account.username() + ")";
        notices.send(
                tx,
                root,
                row,
                name + " " + turn.happened,
                name + ", managed by @" + root.username() + ", " + turn.happened + " on "
                        + Words.day(clock.instant(), AccountDays.zone(tx, root.id())) + ".\n\n" + turn.means + "\n");
    }

    /// Returns true if it was over the limit when the grace period ended, but its agency had suspended it before.
    private boolean hadItsGrace(Account account) {
        return account.suspendsAt().filter(end -> !end.isAfter(clock.instant())).isPresent();
    }

    private Changed done(Tx tx, AccountContext context, SubAccountStore.Row row) {
        AccountId tenant = context.root().id();
        return new Changed.Done(SubAccounts.described(
                tx, plans.effective(tx, tenant), tenant, row.account().id()));
    }
}
