package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The counters of what accounts use.
public final class UsageStore extends Store {

    private static final SqlCache OF_ONE = new SqlCache();

    public UsageStore(Tx tx) {
        super(tx);
    }

    /// Starts all counters of a new account at 0; for a root account, also those of its tenant.
    public void start(Owner owner) {
        if (!owner.isSubAccount()) {
            startTenant(owner.account());
        }
        sql.insertInto(
                        ACCOUNT_USAGE,
                        ACCOUNT_USAGE.TENANT_ID,
                        ACCOUNT_USAGE.ACCOUNT_ID,
                        ACCOUNT_USAGE.QUOTA,
                        ACCOUNT_USAGE.USED)
                .valuesOfRows(Stream.of(PlanQuota.values())
                        .map(quota -> DSL.row(owner.tenant(), owner.account(), quota.key(), 0L))
                        .toList())
                .execute();
    }

    /// Starts the totals of a new tenant at 0.
    public void startTenant(AccountId tenant) {
        sql.insertInto(TENANT_USAGE, TENANT_USAGE.TENANT_ID, TENANT_USAGE.QUOTA, TENANT_USAGE.USED)
                .valuesOfRows(Stream.of(PlanQuota.values())
                        .filter(PlanQuota::isSummed)
                        .map(quota -> DSL.row(tenant, quota.key(), 0L))
                        .toList())
                .execute();
    }

    /// Adds `amount` if the total stays within `limit`. One statement checks and adds, so that two callers cannot both
    /// take the last place.
    public boolean add(Owner owner, PlanQuota quota, long amount, long limit) {
        return Tx.changed(sql.update(ACCOUNT_USAGE)
                .set(ACCOUNT_USAGE.USED, ACCOUNT_USAGE.USED.plus(amount))
                .where(
                        ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                        ACCOUNT_USAGE.ACCOUNT_ID.eq(owner.account()),
                        ACCOUNT_USAGE.QUOTA.eq(quota.key()),
                        ACCOUNT_USAGE.USED.plus(amount).le(limit)));
    }

    public void subtract(Owner owner, PlanQuota quota, long amount) {
        sql.update(ACCOUNT_USAGE)
                .set(ACCOUNT_USAGE.USED, ACCOUNT_USAGE.USED.minus(amount))
                .where(
                        ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                        ACCOUNT_USAGE.ACCOUNT_ID.eq(owner.account()),
                        ACCOUNT_USAGE.QUOTA.eq(quota.key()))
                .execute();
    }

    /// Does the same for a tenant's total. Changes of deleted accounts do not count.
    public boolean addToTenant(Owner owner, PlanQuota quota, long amount, long limit) {
        return Tx.changed(sql.update(TENANT_USAGE)
                .set(TENANT_USAGE.USED, TENANT_USAGE.USED.plus(amount))
                .where(ofTenant(owner, quota), TENANT_USAGE.USED.plus(amount).le(limit), isThere(owner)));
    }

    public void subtractFromTenant(Owner owner, PlanQuota quota, long amount) {
        sql.update(TENANT_USAGE)
                .set(TENANT_USAGE.USED, TENANT_USAGE.USED.minus(amount))
                .where(ofTenant(owner, quota), isThere(owner))
                .execute();
    }

    /// Adds to a tenant's total, or subtracts from it, whatever the account's status.
    public void moveTenant(Owner owner, PlanQuota quota, long amount) {
        sql.update(TENANT_USAGE)
                .set(TENANT_USAGE.USED, TENANT_USAGE.USED.plus(amount))
                .where(ofTenant(owner, quota))
                .execute();
    }

    private static Condition ofTenant(Owner owner, PlanQuota quota) {
        return TENANT_USAGE.TENANT_ID.eq(owner.tenant()).and(TENANT_USAGE.QUOTA.eq(quota.key()));
    }

    private static Condition isThere(Owner owner) {
        return DSL.exists(DSL.selectOne()
                .from(ACCOUNTS)
                .where(
                        ACCOUNTS.TENANT_ID.eq(owner.tenant()),
                        ACCOUNTS.ID.eq(owner.account()),
                        ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key())));
    }

    /// Locks an account's counters of totalled quotas until the end of the transaction.
    public Map<PlanQuota, Long> lock(Owner owner) {
        var used = new EnumMap<PlanQuota, Long>(PlanQuota.class);
        RowLock.on(
                        sql.select(ACCOUNT_USAGE.QUOTA, ACCOUNT_USAGE.USED)
                                .from(ACCOUNT_USAGE)
                                .where(
                                        ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                                        ACCOUNT_USAGE.ACCOUNT_ID.eq(owner.account()))
                                .orderBy(ACCOUNT_USAGE.QUOTA),
                        sql)
                .forEach(row -> used.put(quotaOf(row.value1()), row.value2()));
        used.keySet().removeIf(quota -> !quota.isSummed());
        return used;
    }

    public long usedByTenant(Owner owner, PlanQuota quota) {
        return sql.fetchOptionalValue(TENANT_USAGE.USED, ofTenant(owner, quota)).orElse(0L);
    }

    /// Returns the usage of the tenant's accounts that come before this one: its root account, then the older
    /// sub-accounts.
    public long usedBefore(Owner owner, PlanQuota quota) {
        if (!owner.isSubAccount()) {
            return 0;
        }
        return sql.select(DSL.coalesce(DSL.sum(ACCOUNT_USAGE.USED), BigDecimal.ZERO))
                .from(ACCOUNT_USAGE)
                .join(ACCOUNTS)
                .on(ACCOUNTS.TENANT_ID.eq(ACCOUNT_USAGE.TENANT_ID), ACCOUNTS.ID.eq(ACCOUNT_USAGE.ACCOUNT_ID))
                .where(
                        ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                        ACCOUNT_USAGE.QUOTA.eq(quota.key()),
                        ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()),
                        ACCOUNTS.PARENT_ID.isNull().or(ACCOUNTS.ID.lt(owner.account())))
                .fetchSingle(row -> row.value1().longValue());
    }

    public long used(AccountId account, PlanQuota quota) {
        return sql.fetchOptionalValue(
                        ACCOUNT_USAGE.USED,
                        ACCOUNT_USAGE.ACCOUNT_ID.eq(account).and(ACCOUNT_USAGE.QUOTA.eq(quota.key())))
                .orElse(0L);
    }

    /// The usage of one account of a tenant.
    public record Used(AccountId account, String username, String displayName, long pages, long links) {}

    /// Returns the accounts of a tenant that are not deleted: its root account first, then its sub-accounts, oldest
    /// first.
    public List<Used> ofTenant(AccountId tenant) {
        var pages = ACCOUNT_USAGE.as("page_usage");
        var links = ACCOUNT_USAGE.as("link_usage");
        return sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME, ACCOUNTS.DISPLAY_NAME, pages.USED, links.USED)
                .from(ACCOUNTS)
                .join(pages)
                .on(pages.ACCOUNT_ID.eq(ACCOUNTS.ID), pages.QUOTA.eq(PlanQuota.PAGES.key()))
                .join(links)
                .on(links.ACCOUNT_ID.eq(ACCOUNTS.ID), links.QUOTA.eq(PlanQuota.LINKS.key()))
                .where(ACCOUNTS.TENANT_ID.eq(tenant), ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                .orderBy(ACCOUNTS.KIND, ACCOUNTS.ID)
                .fetch(row -> new Used(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
    }

    /// Returns all counters of many accounts in one query.
    @AllTenants("the counters of a list in one query; the ids come from a query of one tenant")
    public Map<AccountId, Map<PlanQuota, Long>> used(Collection<AccountId> accounts) {
        return sql
                .select(ACCOUNT_USAGE.ACCOUNT_ID, ACCOUNT_USAGE.QUOTA, ACCOUNT_USAGE.USED)
                .from(ACCOUNT_USAGE)
                .where(ACCOUNT_USAGE.ACCOUNT_ID.in(accounts))
                .fetch()
                .stream()
                .collect(Collectors.groupingBy(row -> row.value1(), byQuota()));
    }

    /// Returns all counters of an account.
    public Map<PlanQuota, Long> used(AccountId account) {
        return OF_ONE
                .fetch(
                        sql,
                        () -> sql.select(ACCOUNT_USAGE.QUOTA, ACCOUNT_USAGE.USED)
                                .from(ACCOUNT_USAGE)
                                .where(ACCOUNT_USAGE.ACCOUNT_ID.eq(account)),
                        account)
                .stream()
                .collect(byQuota());
    }

    private static Collector<Record, ?, Map<PlanQuota, Long>> byQuota() {
        return Collectors.toMap(
                row -> quotaOf(row.get(ACCOUNT_USAGE.QUOTA)),
                row -> row.get(ACCOUNT_USAGE.USED),
                Long::sum,
                () -> new EnumMap<>(PlanQuota.class));
    }

    private static PlanQuota quotaOf(String key) {
        return PlanQuota.valueOf(key.toUpperCase(Locale.ROOT));
    }
}
