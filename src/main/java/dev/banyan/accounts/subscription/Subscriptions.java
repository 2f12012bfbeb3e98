package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.accounts.plans.GraceStore;
import dev.banyan.accounts.plans.PlanPrices;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.accounts.plans.SubscriptionStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import jakarta.inject.Singleton;

/// What tenants bought, and the state of their subscriptions. Payment providers will call the same operations.
@Singleton
public record Subscriptions(
        Database database,
        GracePeriods graces,
        Plans plans,
        PlanPrices prices,
        Quotas quotas,
        Audit audit,
        SubAccountStates states,
        Clock clock)
        implements Recurring {

    private static final int TENANTS_AT_ONCE = 100;
    private static final int NAMED_IN_AUDIT = 100;
    private static final String KEPT = "subAccountIds";

    public Optional<SubscriptionOverview> of(AccountId root) {
        return database.read(tx -> new AccountStore(tx)
                .find(root)
                .filter(account -> !account.isSubAccount())
                .map(account -> standing(tx, account)));
    }

    private SubscriptionOverview standing(Tx tx, Account root) {
        Subscription subscription = plans.subscription(tx, root);
        EffectivePlan plan = plans.effective(tx, root);
        long used = new UsageStore(tx).used(root.id(), PlanQuota.SUB_ACCOUNTS);
        return new SubscriptionOverview(
                root,
                subscription,
                plan,
                subscription.hasAccess(clock.instant()),
                prices.of(subscription.plan(), subscription.cycle()),
                used,
                quotas.use(tx, root.owner(), PlanQuota.PAGES),
                quotas.use(tx, root.owner(), PlanQuota.LINKS),
                new GraceStore(tx).find(root.id()),
                !plan.room().fits(used) ? graces.excess(tx, root.id()) : List.of());
    }

    /// Changes what a tenant bought: it is active from now on. Here and below a root account may be unknown, and a plan
    /// or a choice may break its rule.
    Outcome<Nothing> change(Actor actor, AccountId root, PlanRequest wanted) {
        return broken(wanted.plan())
                .map(Outcome::<Nothing>rejected)
                .orElseGet(() -> database.write(tx -> {
                    Optional<Account> known = lock(tx, root);
                    if (known.isEmpty()) {
                        return Outcome.notFound();
                    }
                    Limit room = plans.of(wanted.plan()).room();
                    Optional<Invalid> unfit = wanted.keep().flatMap(keep -> unfit(tx, root, keep, room));
                    if (unfit.isPresent()) {
                        return Outcome.rejected(unfit.get());
                    }
                    Instant now = clock.instant();
                    new SubscriptionStore(tx)
                            .save(
                                    root,
                                    plans.subscription(tx, known.get()).renewed(wanted.plan(), wanted.cycle(), now),
                                    now);
                    if (!room.fits(new UsageStore(tx).used(root, PlanQuota.SUB_ACCOUNTS))) {
                        wanted.keep().ifPresent(keep -> choose(tx, actor, known.get(), keep));
                    }
                    save(tx, actor, known.get(), wanted.plan());
                    return Outcome.done();
                }));
    }

    /// Chooses which sub-accounts stay if the plan has no room for all; the remaining room goes to the oldest.
    Outcome<Nothing> keep(Actor actor, AccountId root, List<AccountId> chosen) {
        return database.write(tx -> {
            Optional<Account> known = lock(tx, root);
            if (known.isEmpty()) {
                return Outcome.notFound();
            }
            Limit room = plans.effective(tx, known.get()).room();
            if (room.fits(new UsageStore(tx).used(root, PlanQuota.SUB_ACCOUNTS))) {
                return Outcome.rejected(new Invalid(KEPT, "The plan has room for all sub-accounts"));
            }
            Optional<Invalid> unfit = unfit(tx, root, chosen, room);
            if (unfit.isPresent()) {
                return Outcome.rejected(unfit.get());
            }
            choose(tx, actor, known.get(), chosen);
            graces.settle(tx, actor, root);
            return Outcome.done();
        });
    }

    private static Optional<Invalid> unfit(Tx tx, AccountId root, List<AccountId> chosen, Limit room) {
        Set<AccountId> different = new HashSet<>(chosen);
        if (!room.fits(different.size())) {
            return Optional.of(new Invalid(
                    KEPT, "At most " + room.text() + " sub-accounts can stay (chosen: " + different.size() + ")"));
        }
        different.removeAll(new GraceStore(tx).usernames(root).keySet());
        return different.isEmpty() && !chosen.contains(root)
                ? Optional.empty()
                : Optional.of(new Invalid(KEPT, AccountGuard.NOT_MANAGED));
    }

    private void choose(Tx tx, Actor actor, Account root, List<AccountId> chosen) {
        new GraceStore(tx).keep(root.id(), chosen);
        audit.note(tx, actor, root, "SubAccountsChosen", Map.of("count", chosen.size(), "subAccounts", named(chosen)));
    }

    private static List<String> named(List<AccountId> chosen) {
        return chosen.stream().limit(NAMED_IN_AUDIT).map(AccountId::toString).toList();
    }

    /// Gives a tenant a plan without changing the state of its subscription.
    public Outcome<Nothing> give(Actor actor, AccountId root, Plan plan) {
        return broken(plan)
                .map(Outcome::<Nothing>rejected)
                .orElseGet(() -> database.write(tx -> {
                    Optional<Account> known = lock(tx, root);
                    known.ifPresent(account -> save(tx, actor, account, plan));
                    return known.isPresent() ? Outcome.done() : Outcome.notFound();
                }));
    }

    /// Sets, for an operator and in one step, what a tenant bought and the state of its subscription.
    public Outcome<Nothing> set(
            Actor actor,
            AccountId root,
            PlanRequest wanted,
            SubscriptionStatus status,
            Optional<Instant> nextBillingAt) {
        return broken(wanted.plan())
                .map(Outcome::<Nothing>rejected)
                .orElseGet(() -> database.write(tx -> {
                    Optional<Account> known = lock(tx, root);
                    known.ifPresent(account -> {
                        Subscription before = plans.subscription(tx, account);
                        Subscription after = before.paid(wanted.cycle()).with(status, nextBillingAt, clock.instant());
                        if (before.status() != status
                                || before.cycle() != wanted.cycle()
                                || !before.nextBillingAt().equals(nextBillingAt)) {
                            new SubscriptionStore(tx).save(root, after, clock.instant());
                            noteStatus(tx, actor, account, before.status(), status);
                        }
                        save(tx, actor, account, wanted.plan());
                    });
                    return known.isPresent() ? Outcome.done() : Outcome.notFound();
                }));
    }

    /// Starts, extends or ends a tenant's paid time.
    ///
    /// @param nextBillingAt when the paid time ends or is renewed; a cancelled plan is in force until then
    public Outcome<Nothing> setStatus(
            Actor actor, AccountId root, SubscriptionStatus status, Optional<Instant> nextBillingAt) {
        return database.write(tx -> {
            Optional<Account> known = lock(tx, root);
            known.ifPresent(account -> setStatus(tx, actor, account, status, nextBillingAt));
            return known.isPresent() ? Outcome.done() : Outcome.notFound();
        });
    }

    /// Ends cancelled plans whose paid time is over. What is in force depends on the time alone; this records it, and
    /// notifies the accounts. For a job.
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

    @Override
    public Job job() {
        return Job.scheduled("1m", "20s", "end-plans", "Ends expired plans and applies their limits.", () -> {
            expire();
            graces.run();
        });
    }

    private void setStatus(
            Tx tx, Actor actor, Account root, SubscriptionStatus status, Optional<Instant> nextBillingAt) {
        Subscription before = plans.subscription(tx, root);
        new SubscriptionStore(tx).save(root.id(), before.with(status, nextBillingAt, clock.instant()), clock.instant());
        noteStatus(tx, actor, root, before.status(), status);
        settle(tx, actor, root);
    }

    private void noteStatus(Tx tx, Actor actor, Account root, SubscriptionStatus from, SubscriptionStatus to) {
        audit.note(tx, actor, root, "SubscriptionStatusChanged", Map.of("from", from.key(), "to", to.key()));
    }

    private static Optional<Account> lock(Tx tx, AccountId root) {
        return new AccountStore(tx).lock(root).filter(account -> !account.isSubAccount());
    }

    private void save(Tx tx, Actor actor, Account root, Plan plan) {
        new AccountStore(tx).setPlan(root.id(), plan, clock.instant());
        audit.note(
                tx,
                actor,
                root,
                "PlanChanged",
                Map.of(
                        "tier", plan.tier().key(),
                        "agencyPermission",
                                plan.agencyPermission()
                                        .map(AgencyPermission::key)
                                        .orElse("none"),
                        "packs", plan.packLabel()));
        settle(tx, actor, root);
    }

    /// Applies the plan to all accounts of the tenant: their limits, flags and public pages depend on it.
    private void settle(Tx tx, Actor actor, Account root) {
        graces.settle(tx, actor, root.id());
        states.changed(tx, new GraceStore(tx).usernames(root.id()));
    }

    private static Optional<Invalid> broken(Plan plan) {
        return plan.packs().values().stream()
                .filter(quantity -> quantity < 1 || quantity > Plan.MOST_OF_ONE_PACK)
                .findFirst()
                .map(_ -> new Invalid("packs", "Packs must be 0 to " + Plan.MOST_OF_ONE_PACK + " each"));
    }
}
