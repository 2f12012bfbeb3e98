package dev.banyan.accounts.plans;

import static dev.banyan.schema.Tables.SUBSCRIPTIONS;

import module java.base;
import dev.banyan.accounts.Plan;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;

/// The state of tenants' subscriptions; what they bought is in [AccountStore].
public final class SubscriptionStore extends Store {

    private static final SqlCache FIND = new SqlCache();

    public SubscriptionStore(Tx tx) {
        super(tx);
    }

    public Subscription find(AccountId tenant, Plan plan) {
        return FIND.one(sql, () -> sql.selectFrom(SUBSCRIPTIONS).where(SUBSCRIPTIONS.TENANT_ID.eq(tenant)), tenant)
                .map(row -> subscription(row, plan))
                .orElse(Subscription.endless(plan));
    }

    /// Returns many in one query; those without a row are absent.
    @AllTenants("the subscriptions of a list in one query; the ids come from a query of one tenant")
    public Map<AccountId, Subscription> find(Collection<AccountId> tenants, Function<AccountId, Plan> plans) {
        return sql.selectFrom(SUBSCRIPTIONS)
                .where(SUBSCRIPTIONS.TENANT_ID.in(tenants))
                .fetchMap(
                        SUBSCRIPTIONS.TENANT_ID,
                        row -> subscription(row, plans.apply(row.get(SUBSCRIPTIONS.TENANT_ID))));
    }

    /// Returns tenants whose plan is cancelled and whose paid time is over, a bounded number at a time.
    @AllTenants("a job looks for those whose time is over")
    public List<AccountId> cancelledBefore(Instant now, int limit) {
        return sql.select(SUBSCRIPTIONS.TENANT_ID)
                .from(SUBSCRIPTIONS)
                .where(
                        SUBSCRIPTIONS.STATUS.eq(SubscriptionStatus.CANCELLED.key()),
                        SUBSCRIPTIONS.NEXT_BILLING_AT.le(now).or(SUBSCRIPTIONS.NEXT_BILLING_AT.isNull()))
                .orderBy(SUBSCRIPTIONS.TENANT_ID)
                .limit(limit)
                .fetch(SUBSCRIPTIONS.TENANT_ID);
    }

    public void save(AccountId tenant, Subscription subscription, Instant now) {
        Instant startedAt = subscription.startedAt().orElse(now);
        Columns columns = new Columns()
                .with(SUBSCRIPTIONS.STATUS, subscription.status().key())
                .with(SUBSCRIPTIONS.BILLING_CYCLE, subscription.cycle().key())
                .with(SUBSCRIPTIONS.STARTED_AT, startedAt)
                .with(SUBSCRIPTIONS.NEXT_BILLING_AT, subscription.nextBillingAt())
                .with(SUBSCRIPTIONS.CANCELLED_AT, subscription.cancelledAt());
        put(SUBSCRIPTIONS, new Columns().with(SUBSCRIPTIONS.TENANT_ID, tenant), columns);
    }

    private static Subscription subscription(Record row, Plan plan) {
        return new Subscription(
                plan,
                Keyed.of(SubscriptionStatus.class, row.get(SUBSCRIPTIONS.STATUS)),
                Keyed.of(BillingCycle.class, row.get(SUBSCRIPTIONS.BILLING_CYCLE)),
                Optional.ofNullable(row.get(SUBSCRIPTIONS.STARTED_AT)),
                Optional.ofNullable(row.get(SUBSCRIPTIONS.NEXT_BILLING_AT)),
                Optional.ofNullable(row.get(SUBSCRIPTIONS.CANCELLED_AT)));
    }
}
