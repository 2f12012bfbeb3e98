package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.ACCOUNT_USAGE;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// What accounts use, held against limits that are not in force.
final class OutlookStore {

    private final DSLContext sql;

    OutlookStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// How many sub-accounts of a tenant have more pages or links than a tier allows.
    long brandsOver(AccountId tenant, Tier tier) {
        return sql.select(DSL.countDistinct(ACCOUNT_USAGE.ACCOUNT_ID))
                .from(ACCOUNT_USAGE)
                .join(ACCOUNTS)
                .on(ACCOUNTS.TENANT_ID.eq(ACCOUNT_USAGE.TENANT_ID), ACCOUNTS.ID.eq(ACCOUNT_USAGE.ACCOUNT_ID))
                .where(
                        ACCOUNT_USAGE.TENANT_ID.eq(tenant),
                        ACCOUNTS.PARENT_ID.eq(tenant),
                        ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()),
                        over(tier, Quota.PAGES).or(over(tier, Quota.LINKS)))
                .fetchSingle(row -> row.value1().longValue());
    }

    private static Condition over(Tier tier, Quota quota) {
        long limit = tier.limit(quota);
        return limit == Tier.UNLIMITED
                ? DSL.falseCondition()
                : ACCOUNT_USAGE.QUOTA.eq(quota.key()).and(ACCOUNT_USAGE.USED.gt(limit));
    }
}
