package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNT_USAGE;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// The counters of what accounts use.
final class UsageStore {

    private final DSLContext sql;

    UsageStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Starts all counters of a new account at 0.
    void start(Owner owner) {
        for (Quota quota : Quota.values()) {
            sql.insertInto(ACCOUNT_USAGE)
                    .set(ACCOUNT_USAGE.TENANT_ID, owner.tenant())
                    .set(ACCOUNT_USAGE.ACCOUNT_ID, owner.account())
                    .set(ACCOUNT_USAGE.QUOTA, quota.key())
                    .set(ACCOUNT_USAGE.USED, 0L)
                    .execute();
        }
    }

    /// Adds `amount` if the sum stays within `limit`: checked and done in one statement, so that two callers cannot
    /// both take the last one.
    boolean add(Owner owner, Quota quota, long amount, long limit) {
        return sql.update(ACCOUNT_USAGE)
                        .set(ACCOUNT_USAGE.USED, ACCOUNT_USAGE.USED.plus(amount))
                        .where(
                                ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                                ACCOUNT_USAGE.ACCOUNT_ID.eq(owner.account()),
                                ACCOUNT_USAGE.QUOTA.eq(quota.key()),
                                ACCOUNT_USAGE.USED.plus(amount).le(limit))
                        .execute()
                == 1;
    }

    void subtract(Owner owner, Quota quota, long amount) {
        sql.update(ACCOUNT_USAGE)
                .set(ACCOUNT_USAGE.USED, ACCOUNT_USAGE.USED.minus(amount))
                .where(
                        ACCOUNT_USAGE.TENANT_ID.eq(owner.tenant()),
                        ACCOUNT_USAGE.ACCOUNT_ID.eq(owner.account()),
                        ACCOUNT_USAGE.QUOTA.eq(quota.key()))
                .execute();
    }

    long used(AccountId account, Quota quota) {
        return sql.select(ACCOUNT_USAGE.USED)
                .from(ACCOUNT_USAGE)
                .where(ACCOUNT_USAGE.ACCOUNT_ID.eq(account), ACCOUNT_USAGE.QUOTA.eq(quota.key()))
                .fetchOptional(ACCOUNT_USAGE.USED)
                .orElse(0L);
    }

    /// All counters of many accounts in one query.
    Map<AccountId, Map<Quota, Long>> used(Collection<AccountId> accounts) {
        return sql
                .select(ACCOUNT_USAGE.ACCOUNT_ID, ACCOUNT_USAGE.QUOTA, ACCOUNT_USAGE.USED)
                .from(ACCOUNT_USAGE)
                .where(ACCOUNT_USAGE.ACCOUNT_ID.in(accounts))
                .fetch()
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.value1(),
                        Collectors.toMap(
                                row -> Quota.valueOf(row.value2().toUpperCase(java.util.Locale.ROOT)),
                                row -> row.value3(),
                                Long::sum,
                                () -> new EnumMap<>(Quota.class))));
    }
}
