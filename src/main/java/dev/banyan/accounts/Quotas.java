package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// What accounts use and may use. Whoever makes or removes something limited claims or releases it here, in the same
/// transaction, so that the counters are always true.
@Singleton
public final class Quotas {

    /// Whether there was room.
    public sealed interface Claim {

        record Granted() implements Claim {}

        /// Nothing was claimed. `limit` is what the account's tier allows.
        record Exceeded(long used, long limit, Tier tier) implements Claim {}
    }

    /// @param limit [Tier#UNLIMITED] where there is none
    public record Use(long used, long limit) {

        public boolean isFull() {
            return limit != Tier.UNLIMITED && used >= limit;
        }
    }

    public Claim claim(Tx tx, Owner owner, Quota quota, long amount) {
        var store = new UsageStore(tx);
        Plan plan = plan(tx, owner);
        long limit = limit(plan, owner, quota);
        if (store.add(owner, quota, amount, limit == Tier.UNLIMITED ? Long.MAX_VALUE - amount : limit)) {
            return new Claim.Granted();
        }
        return new Claim.Exceeded(store.used(owner.account(), quota), limit, tier(plan, owner));
    }

    public void release(Tx tx, Owner owner, Quota quota, long amount) {
        if (amount > 0) {
            new UsageStore(tx).subtract(owner, quota, amount);
        }
    }

    public Use use(Tx tx, Owner owner, Quota quota) {
        return new Use(new UsageStore(tx).used(owner.account(), quota), limit(plan(tx, owner), owner, quota));
    }

    /// The tier whose limits hold for an account: a sub-account's follows from its parent's plan.
    public Tier effectiveTier(Tx tx, Owner owner) {
        return tier(plan(tx, owner), owner);
    }

    private static long limit(Plan plan, Owner owner, Quota quota) {
        if (quota == Quota.SUB_ACCOUNTS) {
            return owner.isSubAccount() ? 0 : plan.maxSubAccounts();
        }
        return tier(plan, owner).limit(quota);
    }

    private static Tier tier(Plan plan, Owner owner) {
        return owner.isSubAccount() ? plan.subAccountTier() : plan.tier();
    }

    private static Plan plan(Tx tx, Owner owner) {
        var store = new AccountStore(tx);
        return store.find(owner.tenant()).map(store::plan).orElse(Plan.FREE);
    }
}
