package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tenants bought, and how they stand with it. Payment providers will call the same
/// operations.
@Singleton
public final class Subscriptions {

    private static final int TENANTS_AT_ONCE = 100;

    /// What came of changing a plan.
    public sealed interface Changed {

        record Done() implements Changed {}

        record Rejected(Invalid invalid) implements Changed {}

        /// No root account has this id.
        record Unknown() implements Changed {}
    }

    private final Database database;
    private final Graces graces;
    private final Plans plans;
    private final Audit audit;
    private final Event<AccountChanged> changed;
    private final Clock clock;

    Subscriptions(
            Database database, Graces graces, Plans plans, Audit audit, Event<AccountChanged> changed, Clock clock) {
        this.database = database;
        this.graces = graces;
        this.plans = plans;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /// Gives a tenant a plan, and leaves alone how it stands with it.
    Changed give(Actor actor, AccountId root, Plan plan) {
        return broken(plan)
                .<Changed>map(Changed.Rejected::new)
                .orElseGet(() -> database.write(tx -> {
                    Optional<Account> known = lock(tx, root);
                    known.ifPresent(account -> save(tx, actor, account, plan));
                    return known.isPresent() ? new Changed.Done() : new Changed.Unknown();
                }));
    }

    /// Lets a tenant's paid time begin, go on or end.
    ///
    /// @param nextBillingAt when the paid time ends or is paid anew; a cancelled plan holds until then
    public Changed setStatus(Actor actor, AccountId root, SubscriptionStatus status, Optional<Instant> nextBillingAt) {
        return database.write(tx -> {
            Optional<Account> known = lock(tx, root);
            known.ifPresent(account -> setStatus(tx, actor, account, status, nextBillingAt));
            return known.isPresent() ? new Changed.Done() : new Changed.Unknown();
        });
    }

    /// Ends the plans that were cancelled and whose paid time is over. What is in force follows from the time alone;
    /// this writes it down, and tells the accounts. For a job.
    public void expire() {
        Instant now = clock.instant();
        List<AccountId> over = database.read(tx -> new SubscriptionStore(tx).cancelledBefore(now, TENANTS_AT_ONCE));
        for (AccountId tenant : over) {
            database.write(tx -> {
                lock(tx, tenant)
                        .filter(root -> plans.subscription(tx, root).isOver(clock.instant()))
                        .ifPresent(root -> setStatus(
                                tx,
                                Actor.SERVER,
                                root,
                                SubscriptionStatus.EXPIRED,
                                plans.subscription(tx, root).nextBillingAt()));
                return tenant;
            });
        }
    }

    private void setStatus(
            Tx tx, Actor actor, Account root, SubscriptionStatus status, Optional<Instant> nextBillingAt) {
        Subscription before = plans.subscription(tx, root);
        new SubscriptionStore(tx).save(root.id(), before.with(status, nextBillingAt, clock.instant()), clock.instant());
        audit.note(
                tx,
                actor,
                root.owner(),
                "SubscriptionStatusChanged",
                root.id().toString(),
                Map.of("from", before.status().key(), "to", status.key()));
        settle(tx, actor, root);
    }

    private static Optional<Account> lock(Tx tx, AccountId root) {
        return new AccountStore(tx).lock(root).filter(account -> !account.isSubAccount());
    }

    private void save(Tx tx, Actor actor, Account root, Plan plan) {
        new AccountStore(tx).setPlan(root.id(), plan, clock.instant());
        audit.note(
                tx,
                actor,
                root.owner(),
                "PlanChanged",
                root.id().toString(),
                Map.of(
                        "tier", plan.tier().key(),
                        "agencyPermission",
                                plan.agencyPermission()
                                        .map(AgencyPermission::key)
                                        .orElse("none"),
                        "packs", plan.packLabel()));
        settle(tx, actor, root);
    }

    /// Limits and flags of all accounts of the tenant follow from its plan, and so do their public pages.
    private void settle(Tx tx, Actor actor, Account root) {
        graces.settle(tx, actor, root.id());
        Map<AccountId, String> accounts = new GraceStore(tx).usernames(root.id());
        tx.afterCommit(
                () -> accounts.forEach((account, username) -> changed.fire(new AccountChanged(account, username))));
    }

    private static Optional<Invalid> broken(Plan plan) {
        return plan.packs().values().stream()
                .filter(quantity -> quantity < 1 || quantity > Plan.MOST_OF_ONE_PACK)
                .findFirst()
                .map(_ -> new Invalid("packs", "Packs must be 0 to " + Plan.MOST_OF_ONE_PACK + " each"));
    }
}
