package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Makes the sub-accounts of a tenant fit the plan that is in force (design 4, "Downgrade"). Those over the limit are
/// read-only for the days of a [GracePeriod], then suspended; they come back when there is room again.
@Singleton
public final class GracePeriods {

    private static final int TENANTS_AT_ONCE = 100;
    private static final int NAMES_IN_AUDIT = 100;

    private final Database database;
    private final Plans plans;
    private final GraceMails mails;
    private final SubAccountStates states;
    private final Audit audit;
    private final List<PlanFollower> followers;
    private final Clock clock;

    public GracePeriods(
            Database database,
            Plans plans,
            GraceMails mails,
            SubAccountStates states,
            Audit audit,
            @All List<PlanFollower> followers,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.mails = mails;
        this.audit = audit;
        this.states = states;
        this.followers = List.copyOf(followers);
        this.clock = clock;
    }

    /// Ends expired grace periods, and sends the mails that are due. Meant for a job: missed steps are done later, and
    /// none is done twice.
    public void run() {
        Instant now = clock.instant();
        List<AccountId> due = database.read(tx -> new GraceStore(tx).due(now, TENANTS_AT_ONCE));
        for (AccountId tenant : due) {
            database.write(tx -> {
                settle(tx, Actor.SERVER, tenant);
                remind(tx, tenant);
                return tenant;
            });
        }
    }

    private void remind(Tx tx, AccountId tenant) {
        var store = new GraceStore(tx);
        Instant now = clock.instant();
        store.find(tenant).filter(grace -> grace.isRunning(now)).ifPresent(grace -> {
            int day = grace.noticeDueAt(now);
            if (day > grace.noticedDay()) {
                store.save(tenant, grace.noticed(day));
                mails.send(tx, tenant, grace, excess(tx, tenant));
            }
        });
    }

    /// Returns the sub-accounts that the plan has no room for.
    public List<Place> excess(Tx tx, AccountId tenant) {
        List<Place> places = new GraceStore(tx).places(tenant);
        return places.subList((int) plans.effective(tx, tenant).room().capped(places.size()), places.size());
    }

    /// Makes the sub-accounts fit. Call it in the same transaction after every change of a plan, of the number of
    /// sub-accounts, or of the state of one. It may be called at any time: it changes nothing if everything fits.
    ///
    /// @param actor who made the change that requires it
    public void settle(Tx tx, Actor actor, AccountId tenant) {
        // Locked until the commit: neither the plan nor the number of sub-accounts may change meanwhile.
        Account root = new AccountStore(tx).lock(tenant).orElseThrow();
        Limit room = plans.effective(tx, root).room();
        var store = new GraceStore(tx);
        Optional<GracePeriod> grace = store.find(tenant);
        if (grace.isPresent() || !room.fits(new UsageStore(tx).used(tenant, PlanQuota.SUB_ACCOUNTS))) {
            settle(tx, actor, root, room, grace);
        }
        followers.forEach(one -> one.follow(tx, tenant));
    }

    /// Does the same for an account that was switched off, because a plan that grew meanwhile has reactivated no
    /// sub-account.
    public void reconcileDisabledAccount(Tx tx, Actor actor, AccountId tenant) {
        Account root = new AccountStore(tx).lock(tenant).orElseThrow();
        settle(tx, actor, root, plans.effective(tx, root).room(), new GraceStore(tx).find(tenant));
    }

    private void settle(Tx tx, Actor actor, Account account, Limit room, Optional<GracePeriod> before) {
        Owner root = account.owner();
        boolean isOn = account.status() == AccountStatus.ACTIVE;
        var store = new GraceStore(tx);
        AccountId tenant = root.tenant();
        Instant now = clock.instant();
        List<Place> places = store.places(tenant);
        List<Place> within = places.subList(0, (int) room.capped(places.size()));
        List<Place> excess = places.subList(within.size(), places.size());
        var moves = new Moves();
        for (Place place : within) {
            if (place.isByPlan()) {
                if (isOn) {
                    moves.back.add(place);
                }
            } else if (place.suspendsAt().isPresent()) {
                moves.writable.add(place);
            }
        }
        Optional<GracePeriod> after = sortOut(excess, spent(places, now), before, now, moves);
        moves.write(store, tenant, after, now);
        store.clearDeleted(tenant);
        if (excess.isEmpty()) {
            store.delete(tenant);
        } else {
            boolean isOver = moves.readOnly.isEmpty()
                    && excess.stream()
                            .noneMatch(place ->
                                    place.suspendsAt().filter(now::isBefore).isPresent());
            after.ifPresent(grace -> store.save(tenant, grace.over(isOver)));
        }
        if (after.isPresent() && !after.equals(before) && !moves.readOnly.isEmpty()) {
            mails.send(tx, tenant, after.get(), excess);
        }
        tell(tx, actor, root, moves);
    }

    /// Returns how many have used up their grace period: they are suspended, or should be by now.
    private static long spent(List<Place> places, Instant now) {
        return places.stream().filter(place -> hadGrace(place, now)).count();
    }

    private static boolean hadGrace(Place place, Instant now) {
        return place.isByPlan()
                || place.suspendsAt().filter(end -> !end.isAfter(now)).isPresent();
    }

    /// Decides about the sub-accounts over the limit. One grace period covers all of a tenant's and does not restart
    /// while it runs. When it is over, the sub-accounts over the limit are suspended; others get a grace period
    /// only if more are over the limit than before, and not because the owner chose them to go.
    private static Optional<GracePeriod> sortOut(
            List<Place> excess, long spent, Optional<GracePeriod> before, Instant now, Moves moves) {
        List<Place> fresh = new ArrayList<>();
        for (Place place : excess) {
            if (hadGrace(place, now)) {
                moves.suspendIfActive(place);
            } else if (place.suspendsAt().isEmpty()) {
                fresh.add(place);
            }
        }
        if (fresh.isEmpty() || before.filter(grace -> grace.isRunning(now)).isPresent()) {
            moves.readOnly.addAll(fresh);
            return before;
        }
        if (before.isPresent() && excess.size() <= spent) {
            moves.tooLate.addAll(fresh);
            fresh.forEach(moves::suspendIfActive);
            return before;
        }
        moves.readOnly.addAll(fresh);
        return Optional.of(GracePeriod.from(now));
    }

    private void tell(Tx tx, Actor actor, Owner root, Moves moves) {
        states.entered(tx, root.tenant(), usernames(moves.suspended), AccountStatus.SUSPENDED);
        states.entered(tx, root.tenant(), usernames(moves.back), AccountStatus.ACTIVE);
        note(tx, actor, root, "SubAccountsReadOnly", moves.readOnly);
        note(tx, actor, root, "SubAccountsSuspended", moves.suspended);
        note(tx, actor, root, "SubAccountsReactivated", moves.back);
    }

    /// Writes one audit entry for all: a plan may affect thousands.
    private void note(Tx tx, Actor actor, Owner root, String action, List<Place> places) {
        if (!places.isEmpty()) {
            audit.note(
                    tx,
                    actor,
                    root,
                    action,
                    root.tenant().toString(),
                    Map.of(
                            "reason", "plan",
                            "count", places.size(),
                            "usernames",
                                    places.stream()
                                            .limit(NAMES_IN_AUDIT)
                                            .map(Place::username)
                                            .toList()));
        }
    }

    private static Map<AccountId, String> usernames(List<Place> places) {
        return places.stream().collect(Collectors.toMap(Place::id, Place::username));
    }

    private static List<AccountId> ids(List<Place> places) {
        return places.stream().map(Place::id).toList();
    }

    /// The changes of one settlement.
    private static final class Moves {

        final List<Place> back = new ArrayList<>();
        final List<Place> writable = new ArrayList<>();
        final List<Place> readOnly = new ArrayList<>();
        final List<Place> suspended = new ArrayList<>();
        /// Over the limit after the grace period. Those that the agency suspended itself are marked, so that
        /// reactivating one does not start a new grace period.
        final List<Place> tooLate = new ArrayList<>();

        void suspendIfActive(Place place) {
            if (place.status() == AccountStatus.ACTIVE) {
                suspended.add(place);
            }
        }

        void write(GraceStore store, AccountId tenant, Optional<GracePeriod> grace, Instant now) {
            store.reactivate(tenant, ids(back), now);
            store.turnWritable(tenant, ids(writable));
            grace.ifPresent(running -> store.turnReadOnly(tenant, ids(readOnly), running.endsAt()));
            store.turnReadOnly(tenant, ids(tooLate), now);
            store.suspend(tenant, ids(suspended), now);
        }
    }
}
