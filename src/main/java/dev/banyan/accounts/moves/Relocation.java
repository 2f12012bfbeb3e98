package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.FormerRows;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.webhooks.Endpoints;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Moves a sub-account to another tenant: its numbers are let go of, everything changes its tenant in one transaction,
/// and the numbers are taken up by their new tenant.
@Singleton
record Relocation(
        Database database,
        Quotas quotas,
        SubAccountStates states,
        DeletedBrands deleted,
        Endpoints endpoints,
        @All List<MovePart> parts,
        Clock clock)
        implements Expiring {

    /// Claims a place for another sub-account.
    ///
    /// @return false if the plan has no room
    boolean claimRoom(Tx tx, Account agency) {
        return quotas.claim(tx, agency.owner(), PlanQuota.SUB_ACCOUNTS, 1) instanceof Quotas.Claim.Granted;
    }

    /// Takes a sub-account out of the trash of the agency that got it, whether or not it has a place for it any more.
    ///
    /// @return false if another one there has its name by now
    boolean comesBack(Tx tx, Actor actor, Account account, Account holder) {
        if (account.status() != AccountStatus.DELETED) {
            return true;
        }
        new UsageStore(tx).add(holder.owner(), PlanQuota.SUB_ACCOUNTS, 1, Long.MAX_VALUE - 1);
        return deleted.comeBack(tx, actor, holder, account.id());
    }

    /// Gives a sub-account with everything in it to another tenant.
    ///
    /// @param from the agency that has room for another one then
    void move(Tx tx, Account account, Account from, AccountId to, Keeps keeps) {
        quotas.release(tx, from.owner(), PlanQuota.SUB_ACCOUNTS, 1);
        quotas.leave(tx, account.owner());
        var rows = new TenantRows(tx, account.owner(), to);
        TenantRows.Numbers numbers = rows.numbers();
        endpoints.switchOffAll(tx, account.owner(), "The brand has moved to another account");
        rows.move(numbers);
        new MembershipStore(tx).removeIdleReaders(account.owner().tenant());
        var owner = new Owner(to, account.id());
        quotas.join(tx, owner);
        new AccountStore(tx).findable(owner);
        states.left(tx, account);
        parts.forEach(part -> part.moved(tx, account.owner(), owner, numbers, keeps));
    }

    /// Keeps what a move is about to take from the former side, until it can no longer be undone.
    void keep(Tx tx, Account account, AccountId to, UUID move, Instant until) {
        var rows = new TenantRows(tx, account.owner(), to);
        new FormerRows(tx, account.owner()).keep(move, to, rows.numbers(), until);
    }

    /// Puts back what the move took. The account has come back.
    void putBack(Tx tx, Owner account, UUID move) {
        new FormerRows(tx, account).putBack(move);
        endpoints.putBack(tx, account.tenant());
    }

    @Override
    public int forgetExpired() {
        Instant now = clock.instant();
        return database.write(tx -> FormerRows.forget(tx, now));
    }

    /// Does the work in a transaction, without the numbers; they are the new tenant's only if it is done.
    Outcome<Seen> withoutNumbers(Account account, AccountId from, AccountId to, Function<Tx, Outcome<Seen>> work) {
        return withoutNumbers(
                account, from, to, () -> database.write(work), done -> done instanceof Outcome.Done<Seen>);
    }

    /// Lets go of the account's numbers around `work`. They run for its tenant afterwards, whoever that is.
    ///
    /// @param hasMoved whether the work came to what was wanted
    <R> R withoutNumbers(Account account, AccountId from, AccountId to, Supplier<R> work, Predicate<R> hasMoved) {
        List<String> numbers = database.read(tx -> new TenantRows(tx, new Owner(from, account.id()), to).numbers())
                .senders();
        parts.forEach(part -> part.letGo(from, numbers));
        AccountId holder = from;
        try {
            R result = work.get();
            holder = hasMoved.test(result) ? to : from;
            return result;
        } finally {
            AccountId now = holder;
            parts.forEach(part -> part.settled(from, now, numbers));
        }
    }
}
