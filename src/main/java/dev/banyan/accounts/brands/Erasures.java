package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContents;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Erases sub-accounts 30 days after their deletion, with everything in them; totals stay. Large data is erased in
/// steps, so that no transaction is long; a completed step is never undone by a later one.
@Singleton
public record Erasures(
        Database database, @All List<AccountContents> contents, SubAccountStates states, Audit audit, Clock clock)
        implements Recurring {

    private static final int ACCOUNTS_AT_ONCE = 20;
    private static final int STEPS_AT_ONCE = 200;
    private static final int ROWS_IN_A_STEP = 1_000;

    /// Processes a bounded part of what is due. For a job: the next run does the rest.
    ///
    /// @return how many accounts were erased
    public int run() {
        Instant before = clock.instant().minus(SubAccountLife.KEPT);
        List<Owner> due = database.read(tx -> new ErasureStore(tx).due(before, ACCOUNTS_AT_ONCE));
        int erased = 0;
        int steps = STEPS_AT_ONCE;
        for (Owner owner : due) {
            boolean more = true;
            while (more && steps-- > 0) {
                more = database.write(tx -> step(tx, owner, before));
            }
            if (!more) {
                erased++;
            }
        }
        return erased;
    }

    @Override
    public Job job() {
        return Job.scheduled("5m", "2m", "erase-sub-accounts", "Erases brands deleted 30 days ago.", this::run);
    }

    /// @return whether something is left
    private boolean step(Tx tx, Owner owner, Instant before) {
        // The tenant's row is locked first, as in every operation on its sub-accounts: the account may be restored at
        // this moment.
        new AccountStore(tx).lock(owner.tenant());
        var store = new ErasureStore(tx);
        Optional<SubAccountStore.Row> found = new SubAccountStore(tx)
                .find(owner.tenant(), owner.account())
                .filter(row -> row.account().status() == AccountStatus.DELETED
                        && row.details()
                                .deletedAt()
                                .filter(at -> !at.isAfter(before))
                                .isPresent());
        if (found.isEmpty()) {
            return false;
        }
        // Totals are taken before the first row is erased, and only once.
        if (!store.isBegun(owner)) {
            long clicks =
                    contents.stream().mapToLong(part -> part.clicks(tx, owner)).sum();
            store.begin(owner, found.get(), clicks, clock.instant());
        }
        for (AccountContents part : contents) {
            if (part.eraseSome(tx, owner, ROWS_IN_A_STEP) > 0) {
                return true;
            }
        }
        if (audit.eraseDetails(tx, owner, ROWS_IN_A_STEP) > 0) {
            return true;
        }
        audit.note(
                tx,
                Actor.SERVER,
                new Owner(owner.tenant(), owner.tenant()),
                "SubAccountErased",
                owner.account().toString(),
                Map.of());
        store.erase(owner);
        states.changed(tx, found.get().account());
        return false;
    }
}
