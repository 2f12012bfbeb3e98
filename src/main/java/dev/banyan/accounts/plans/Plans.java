package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.DefaultPlan;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.PlanSettings.EnterpriseSubAccounts;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The only source of the plan in force: combines what a tenant bought ([AccountStore]), the state of its subscription
/// ([SubscriptionStore]), the time, and the server's settings.
@Singleton
public final class Plans {

    private final PlanSettings settings;
    private final Clock clock;

    public Plans(Settings settings, Clock clock) {
        this.settings = settings.plans();
        this.clock = clock;
    }

    /// Returns the plan of a tenant; an unknown one gets Free.
    public EffectivePlan effective(Tx tx, AccountId root) {
        return tx.once(
                        new SubscriptionOf(root),
                        asked -> new AccountStore(tx).find(asked.root()).map(account -> subscription(tx, account)))
                .map(subscription -> of(subscription.effective(clock.instant())))
                .orElseGet(() -> of(Plan.FREE));
    }

    private record SubscriptionOf(AccountId root) {}

    public EffectivePlan effective(Tx tx, Account root) {
        return of(subscription(tx, root).effective(clock.instant()));
    }

    /// Returns the plans of many root accounts, in two queries.
    public Map<AccountId, EffectivePlan> effective(Tx tx, List<Account> roots) {
        Instant now = clock.instant();
        return subscriptions(tx, roots).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> of(entry.getValue().effective(now))));
    }

    public Subscription subscription(Tx tx, Account root) {
        return new SubscriptionStore(tx).find(root.id(), new AccountStore(tx).plan(root));
    }

    Map<AccountId, Subscription> subscriptions(Tx tx, List<Account> roots) {
        if (roots.isEmpty()) {
            return Map.of();
        }
        Map<AccountId, Plan> bought = new AccountStore(tx).plans(roots);
        var known = new SubscriptionStore(tx).find(bought.keySet(), id -> bought.getOrDefault(id, Plan.FREE));
        return bought.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> known.getOrDefault(entry.getKey(), Subscription.endless(entry.getValue()))));
    }

    public Plan ofNewAccount() {
        DefaultPlan wanted = settings.defaultPlan();
        return wanted.unlimited()
                ? Plan.UNLIMITED
                : new Plan(
                        Tier.of(wanted.tier()).orElseThrow(),
                        wanted.agencyPermission().flatMap(AgencyPermission::of),
                        Arrays.stream(Pack.values())
                                .filter(pack -> wanted.packs().containsKey(pack.size))
                                .collect(Collectors.toMap(
                                        pack -> pack, pack -> wanted.packs().getOrDefault(pack.size, 0))));
    }

    /// Returns what a plan gives on this server while it is in force.
    public EffectivePlan of(Plan plan) {
        return new EffectivePlan(
                plan.tier(),
                mayHaveSubAccounts(plan) ? plan.agencyPermission() : Optional.empty(),
                plan.packSize(),
                plan.packLabel(),
                plan.maxSubAccounts(),
                subAccountTier(plan));
    }

    private boolean mayHaveSubAccounts(Plan plan) {
        return switch (settings.subAccountsFor()) {
            case ALL -> true;
            case ENTERPRISE -> plan.tier() == Tier.ENTERPRISE;
            case OFF -> false;
        };
    }

    /// Returns the lower of the parent's tier and the permission's ceiling; the settings may lift the ceiling of
    /// Agency-Premium for parents on Enterprise. Without limits, it is Enterprise.
    private Tier subAccountTier(Plan plan) {
        if (plan.unlimited()) {
            return Tier.ENTERPRISE;
        }
        boolean lifted = plan.tier() == Tier.ENTERPRISE
                && settings.enterpriseSubAccounts() == EnterpriseSubAccounts.ENTERPRISE
                && plan.agencyPermission().equals(Optional.of(AgencyPermission.PREMIUM));
        return lifted
                ? Tier.ENTERPRISE
                : plan.agencyPermission()
                        .map(permission -> plan.tier().atMost(permission.ceiling))
                        .orElse(Tier.FREE);
    }

    /// Returns true if a tenant's accounts share one limit of pages and links.
    public boolean shareQuota() {
        return settings.quota() == PlanSettings.Quota.SHARED;
    }
}
