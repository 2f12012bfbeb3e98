package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Transfers a sub-account, gives it back, or makes it independent. A server that dies before the commit has changed
/// nothing.
@Singleton
record MoveSteps(
        MovePlans movePlans,
        Plans plans,
        Relocation relocation,
        GracePeriods graces,
        MoveMails mails,
        Event<AccessChanged> accessChanged,
        Audit audit,
        Clock clock) {

    /// Carries out a transfer that its receiver has accepted.
    Outcome<Seen> transfer(Actor actor, Seen offered, Keeps keeps) {
        AccountId to = offered.move().to().orElseThrow();
        return relocation.withoutNumbers(offered.account(), offered.move().from(), to, tx -> {
            Instant now = clock.instant();
            return locked(tx, offered, to, Move.State.OFFERED, offered.move().from())
                    .filter(seen -> seen.move().isOpen(now))
                    .map(seen -> transfer(tx, actor, seen, now, keeps))
                    .orElseGet(Outcome::notFound);
        });
    }

    private Outcome<Seen> transfer(Tx tx, Actor actor, Seen seen, Instant now, Keeps keeps) {
        Account to = seen.to().orElseThrow();
        MovePlan plan = movePlans.of(tx, seen.account(), seen.to(), "@" + to.username());
        if (!plan.isPossible()) {
            return Outcome.rejected(new Invalid("transferId", String.join(" ", plan.obstacles())));
        }
        if (!relocation.claimRoom(tx, to)) {
            return Outcome.rejected(new Invalid("transferId", "Your plan has no room for another brand."));
        }
        Instant until = now.plus(Move.UNDONE_WITHIN);
        relocation.keep(tx, seen.account(), to.id(), seen.move().id(), until);
        relocation.move(tx, seen.account(), seen.from(), to.id(), keeps);
        new MoveStore(tx).moved(seen.from().id(), seen.move(), to.id(), now, Optional.of(until));
        if (keeps.reading()) {
            letRead(tx, seen, to.id(), now);
        }
        tell(tx, actor, seen, "BrandTransferred", seen.from().id(), to.id(), keeps);
        mails.transferred(tx, seen);
        return Outcome.done(Moves.asItIs(tx, seen));
    }

    /// Gives a transferred sub-account back, with what the move took from its agency. The former agency gets it even if
    /// its plan has no room by now: then a
    /// grace period begins, as after a downgrade.
    Outcome<Seen> undo(Actor actor, Seen moved) {
        AccountId to = moved.move().from();
        AccountId from = moved.move().to().orElseThrow();
        return relocation.withoutNumbers(
                moved.account(),
                from,
                to,
                tx -> locked(tx, moved, to, Move.State.MOVED, from)
                        .filter(seen -> seen.move().canBeUndone(clock.instant()))
                        .map(seen -> undo(tx, actor, seen))
                        .orElseGet(Outcome::notFound));
    }

    private Outcome<Seen> undo(Tx tx, Actor actor, Seen moved) {
        Account from = moved.to().orElseThrow();
        Account to = moved.from();
        if (!relocation.comesBack(tx, actor, moved.account(), from)) {
            return tx.undone(Outcome.rejected(new Invalid(
                    "transferId",
                    "@" + from.username()
                            + " deleted this brand and gave its username to another one. The transfer can be"
                            + " undone when that one has another username.")));
        }
        Seen seen = Moves.asItIs(tx, moved);
        new UsageStore(tx).add(to.owner(), PlanQuota.SUB_ACCOUNTS, 1, Long.MAX_VALUE - 1);
        relocation.move(tx, seen.account(), from, to.id(), Keeps.NOTHING);
        relocation.putBack(
                tx, new Owner(to.id(), seen.account().id()), seen.move().id());
        new MoveStore(tx).end(to.id(), seen.move(), Move.State.UNDONE);
        tell(tx, actor, seen, "BrandTransferUndone", from.id(), to.id(), Keeps.NOTHING);
        mails.undone(tx, seen);
        return Outcome.done(Moves.asItIs(tx, seen));
    }

    /// Makes a sub-account the independent account of a person, in their transaction.
    ///
    /// @return what it is afterwards; not found if the offer ended meanwhile
    Outcome<Account> convert(Tx tx, Actor actor, Seen offered, Identity person, Keeps keeps) {
        AccountId id = offered.account().id();
        Instant now = clock.instant();
        Optional<Seen> found = locked(
                        tx, offered, id, Move.State.OFFERED, offered.move().from())
                .filter(seen -> seen.move().isOpen(now));
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        Seen seen = found.get();
        MovePlan plan = movePlans.of(tx, seen.account(), Optional.empty(), person.email());
        if (!plan.isPossible()) {
            return Outcome.rejected(new Invalid("token", String.join(" ", plan.obstacles())));
        }
        new UsageStore(tx).startTenant(id);
        relocation.move(tx, seen.account(), seen.from(), id, keeps);
        Plan own = plans.ofNewAccount();
        new AccountStore(tx).setPlan(id, own, now);
        var identities = new IdentityStore(tx);
        identities.insertOwner(id, person.id(), now);
        identities.setHome(person.id(), id, now);
        new MoveStore(tx).moved(seen.from().id(), seen.move(), id, now, Optional.empty());
        if (keeps.reading()) {
            letRead(tx, seen, id, now);
        }
        tell(tx, actor, seen, "BrandConverted", seen.from().id(), id, keeps);
        mails.converted(tx, seen, person.email(), keeps.reading());
        return Outcome.done(new AccountStore(tx).find(id).orElseThrow());
    }

    /// Lets the owners of the former agency look at the account, until an owner removes them.
    private static void letRead(Tx tx, Seen seen, AccountId to, Instant now) {
        var members = new MembershipStore(tx);
        members.lockOwners(seen.from().id())
                .forEach(owner -> members.letRead(to, owner, seen.account().id(), now));
    }

    /// Locks both sides and the offer, in one order, so that two answers at once wait for each other.
    ///
    /// @param state what the offer must still be in
    /// @param holder who must still have the account
    private static Optional<Seen> locked(Tx tx, Seen seen, AccountId to, Move.State state, AccountId holder) {
        var accounts = new AccountStore(tx);
        Stream.of(seen.move().from(), to, seen.account().id())
                .distinct()
                .sorted(Comparator.comparing(AccountId::toString))
                .forEach(accounts::lock);
        return new MoveStore(tx)
                .find(seen.move().from(), seen.move().id())
                .filter(move -> move.state() == state)
                .flatMap(move -> Moves.seen(tx, move))
                .filter(now -> now.account().parent().equals(Optional.of(holder)));
    }

    /// Records it in both chains, and makes what is left fit.
    private void tell(Tx tx, Actor actor, Seen seen, String act, AccountId from, AccountId to, Keeps keeps) {
        Map<String, Object> details = Map.of(
                "username",
                seen.account().username(),
                "from",
                seen.from().username(),
                "readAccess",
                keeps.reading(),
                "gateways",
                keeps.gateways());
        String target = seen.account().id().toString();
        audit.note(tx, actor, new Owner(from, from), act, target, details);
        audit.note(tx, actor, new Owner(to, seen.account().id()), act, target, details);
        graces.settle(tx, actor, from);
        new AccountStore(tx)
                .find(to)
                .filter(root -> root.status() == AccountStatus.ACTIVE)
                .ifPresent(_ -> graces.settle(tx, actor, to));
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(from)));
    }
}
