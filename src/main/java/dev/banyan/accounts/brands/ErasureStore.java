package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.ERASED_ACCOUNTS;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.impl.DSL;

/// Deleted sub-accounts that are due for erasure, and what remains of erased ones.
public final class ErasureStore extends Store {

    public ErasureStore(Tx tx) {
        super(tx);
    }

    /// Returns the accounts deleted before `before`, oldest deletion first.
    @AllTenants("a job over the deleted accounts of all tenants")
    List<Owner> due(Instant before, int limit) {
        return sql.select(ACCOUNTS.TENANT_ID, ACCOUNTS.ID)
                .from(ACCOUNTS)
                .where(
                        ACCOUNTS.DELETED_AT.le(before),
                        ACCOUNTS.PARENT_ID.isNotNull(),
                        ACCOUNTS.STATUS.eq(AccountStatus.DELETED.key()))
                .orderBy(ACCOUNTS.DELETED_AT, ACCOUNTS.ID)
                .limit(limit)
                .fetch(row -> new Owner(row.value1(), row.value2()));
    }

    boolean isBegun(Owner owner) {
        return sql.fetchExists(
                ERASED_ACCOUNTS,
                ERASED_ACCOUNTS.TENANT_ID.eq(owner.tenant()).and(ERASED_ACCOUNTS.ACCOUNT_ID.eq(owner.account())));
    }

    public void begin(Owner owner, SubAccountStore.Row row, long clicks, Instant now) {
        sql.insertInto(ERASED_ACCOUNTS)
                .set(ERASED_ACCOUNTS.ACCOUNT_ID, owner.account())
                .set(ERASED_ACCOUNTS.TENANT_ID, owner.tenant())
                .set(ERASED_ACCOUNTS.USERNAME, row.account().username())
                .set(ERASED_ACCOUNTS.CLICKS, clicks)
                .set(ERASED_ACCOUNTS.CREATED_AT, row.account().createdAt())
                .set(ERASED_ACCOUNTS.DELETED_AT, row.details().deletedAt().orElse(now))
                .set(ERASED_ACCOUNTS.ERASED_AT, now)
                .execute();
    }

    /// Erases the account itself, with its name, counters and words.
    public void erase(Owner owner) {
        sql.deleteFrom(ACCOUNTS)
                .where(ACCOUNTS.PARENT_ID.eq(owner.tenant()), ACCOUNTS.ID.eq(owner.account()))
                .execute();
    }

    public long clicks(AccountId tenant) {
        return sql.select(DSL.coalesce(DSL.sum(ERASED_ACCOUNTS.CLICKS), java.math.BigDecimal.ZERO))
                .from(ERASED_ACCOUNTS)
                .where(ERASED_ACCOUNTS.TENANT_ID.eq(tenant))
                .fetchSingle()
                .value1()
                .longValue();
    }
}
