package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// What accounts use and may use. Code that creates or removes something limited claims or releases it here in the same
/// transaction, so that the counters are always right.
///
/// Pages, links and their groups are counted twice, per account and per tenant; the setting `quota` decides which of
/// the two is limited. Both counters are always kept, so that the setting can be changed. An account's counter is
/// always written before its tenant's: deleting the account locks its counters, and later changes do not reach the
/// tenant's.
@Singleton
public record Quotas(Plans plans) {

    /// The result of a claim.
    public sealed interface Claim {

        record Granted() implements Claim {}

        /// Nothing was claimed. `limit` is what the tier allows, for the account or for the tenant as a whole.
        record Exceeded(long used, long limit, Tier tier) implements Claim {}
    }

    public record Use(long used, Limit limit) {

        public boolean isFull() {
            return limit.isFull(used);
        }
    }

    public record Within(long used, long room) {

        /// Nothing is used, so everything fits.
        public static final Within ALL = new Within(0, 0);

        public boolean isAll() {
            return room >= used;
        }
    }

    private record Allowed(Limit limit, Tier tier, boolean isShared) {}

    public Claim claim(Tx tx, Owner owner, PlanQuota quota, long amount) {
        var store = new UsageStore(tx);
        Allowed allowed = allowed(tx, owner, quota);
        long most = allowed.limit().ceiling(amount);
        long endless = Limit.UNLIMITED.ceiling(amount);
        if (!store.add(owner, quota, amount, allowed.isShared() ? endless : most)) {
            return new Claim.Exceeded(
                    store.used(owner.account(), quota), allowed.limit().number(), allowed.tier());
        }
        if (quota.isSummed()
                && !store.addToTenant(owner, quota, amount, allowed.isShared() ? most : endless)
                && allowed.isShared()) {
            store.subtract(owner, quota, amount);
            return new Claim.Exceeded(
                    store.usedByTenant(owner, quota), allowed.limit().number(), allowed.tier());
        }
        return new Claim.Granted();
    }

    /// Claims as much of a quota as there is room for.
    ///
    /// @return how much was claimed
    public long claimUpTo(Tx tx, Owner owner, PlanQuota quota, long wanted) {
        if (wanted == 0 || claim(tx, owner, quota, wanted) instanceof Claim.Granted) {
            return wanted;
        }
        Use use = use(tx, owner, quota);
        long room = use.limit().left(use.used()).capped(wanted);
        return room > 0 && claim(tx, owner, quota, room) instanceof Claim.Granted ? room : 0;
    }

    public void release(Tx tx, Owner owner, PlanQuota quota, long amount) {
        if (amount > 0) {
            var store = new UsageStore(tx);
            store.subtract(owner, quota, amount);
            if (quota.isSummed()) {
                store.subtractFromTenant(owner, quota, amount);
            }
        }
    }

    /// Removes a sub-account's usage from its tenant's totals, because it is deleted. Call it before its status
    /// changes, or in the same transaction.
    public void leave(Tx tx, Owner owner) {
        var store = new UsageStore(tx);
        store.lock(owner).forEach((quota, used) -> store.moveTenant(owner, quota, -used));
    }

    /// Adds a restored sub-account's usage to its tenant's totals, whether or not there is room: what is over a limit
    /// is kept and flagged.
    public void join(Tx tx, Owner owner) {
        var store = new UsageStore(tx);
        store.lock(owner).forEach((quota, used) -> store.moveTenant(owner, quota, used));
    }

    /// Returns what the account itself uses, even if its tenant's accounts share the limit.
    public long used(Tx tx, Owner owner, PlanQuota quota) {
        return new UsageStore(tx).used(owner.account(), quota);
    }

    public Use use(Tx tx, Owner owner, PlanQuota quota) {
        Allowed allowed = allowed(tx, owner, quota);
        var store = new UsageStore(tx);
        return new Use(
                allowed.isShared() ? store.usedByTenant(owner, quota) : store.used(owner.account(), quota),
                allowed.limit());
    }

    /// Returns how many of an account's pages, links and groups its plan has room for; the rest is flagged. If a
    /// tenant's accounts share a limit, the root account comes first, then its sub-accounts, oldest first.
    public Map<PlanQuota, Within> within(Tx tx, Owner owner) {
        Map<PlanQuota, Long> used = new UsageStore(tx).used(owner.account());
        var within = new EnumMap<PlanQuota, Within>(PlanQuota.class);
        // Usage that fits every tier needs no query for the plan: most public pages are rendered this way.
        if (!areShared() && fitsEveryTier(used)) {
            summed().forEach(quota ->
                    within.put(quota, new Within(used.getOrDefault(quota, 0L), used.getOrDefault(quota, 0L))));
            return within;
        }
        EffectivePlan plan = plans.effective(tx, owner.tenant());
        summed().forEach(quota ->
                within.put(quota, within(tx, owner, quota, used.getOrDefault(quota, 0L), allowed(plan, owner, quota))));
        return within;
    }

    private static boolean fitsEveryTier(Map<PlanQuota, Long> used) {
        return summed().allMatch(quota -> Tier.FREE.limit(quota).fits(used.getOrDefault(quota, 0L)));
    }

    private static Stream<PlanQuota> summed() {
        return Arrays.stream(PlanQuota.values()).filter(PlanQuota::isSummed);
    }

    private static Within within(Tx tx, Owner owner, PlanQuota quota, long used, Allowed allowed) {
        Limit limit = allowed.limit();
        if (limit.isUnlimited() || !allowed.isShared()) {
            return new Within(used, limit.capped(used));
        }
        var store = new UsageStore(tx);
        return limit.fits(store.usedByTenant(owner, quota))
                ? new Within(used, used)
                : new Within(used, limit.left(store.usedBefore(owner, quota)).capped(used));
    }

    /// Returns true if a tenant's accounts share one limit of pages and links.
    public boolean areShared() {
        return plans.shareQuota();
    }

    /// Returns the tier whose limits apply to an account: a sub-account's follows from its parent's plan.
    public Tier effectiveTier(Tx tx, Owner owner) {
        return plans.effective(tx, owner.tenant()).tierOf(owner);
    }

    private Allowed allowed(Tx tx, Owner owner, PlanQuota quota) {
        return allowed(plans.effective(tx, owner.tenant()), owner, quota);
    }

    private Allowed allowed(EffectivePlan plan, Owner owner, PlanQuota quota) {
        if (quota == PlanQuota.SUB_ACCOUNTS) {
            return new Allowed(owner.isSubAccount() ? Limit.ZERO : plan.subAccountLimit(), plan.tierOf(owner), false);
        }
        boolean shared = plans.shareQuota();
        Tier tier = shared ? plan.tier() : plan.tierOf(owner);
        return new Allowed(tier.limit(quota), tier, shared);
    }
}
