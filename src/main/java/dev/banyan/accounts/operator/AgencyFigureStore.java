package dev.banyan.accounts.operator;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Limit;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Counts agencies over the whole server, from stored counters instead of the sub-accounts themselves.
final class AgencyFigureStore extends Store {

    /// Root accounts of one kind.
    ///
    /// @param permitted whether they have an agency permission
    record Roots(Tier tier, boolean permitted, long number) {}

    /// Agencies that share these values.
    ///
    /// @param max how many sub-accounts their packs allow
    record Agencies(Tier tier, boolean permitted, long subAccounts, Limit max, long number) {}

    AgencyFigureStore(Tx tx) {
        super(tx);
    }

    @AllTenants("the operator's figures of all tenants")
    List<Roots> roots() {
        Field<Boolean> permitted =
                DSL.field(ACCOUNTS.AGENCY_PERMISSION.isNotNull()).as("permitted");
        Field<Integer> number = DSL.count();
        return sql.select(ACCOUNTS.TIER, permitted, number)
                .from(ACCOUNTS)
                .where(ACCOUNTS.KIND.eq("root"))
                .groupBy(ACCOUNTS.TIER, ACCOUNTS.AGENCY_PERMISSION)
                .fetch(row -> new Roots(Keyed.of(Tier.class, row.value1()), row.get(permitted), row.get(number)));
    }

    /// Returns the agencies that have sub-accounts, found by the index on counters.
    @AllTenants("the operator's figures of all tenants")
    List<Agencies> agencies() {
        Field<BigDecimal> size = DSL.sum(PACKS.SIZE.times(PACKS.QUANTITY));
        var packs = DSL.select(PACKS.TENANT_ID.as("of_tenant"), size.as("max_size"))
                .from(PACKS)
                .groupBy(PACKS.TENANT_ID)
                .asTable("sums");
        Field<Long> max = DSL.when(ACCOUNTS.IS_UNLIMITED.eq(true), DSL.inline(Limit.UNLIMITED.number()))
                .otherwise(DSL.coalesce(packs.field("max_size", Long.class), DSL.inline(0L)));
        Field<Boolean> permitted =
                DSL.field(ACCOUNTS.AGENCY_PERMISSION.isNotNull()).as("permitted");
        Field<Integer> number = DSL.count();
        return sql.select(ACCOUNTS.TIER, permitted, ACCOUNT_USAGE.USED, max.as("most"), number)
                .from(ACCOUNT_USAGE)
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(ACCOUNT_USAGE.ACCOUNT_ID))
                .leftJoin(packs)
                .on(DSL.field(DSL.name("sums", "of_tenant"), String.class).eq(ACCOUNTS.ID.coerce(String.class)))
                .where(ACCOUNT_USAGE.QUOTA.eq(PlanQuota.SUB_ACCOUNTS.key()), ACCOUNT_USAGE.USED.gt(0L))
                .groupBy(
                        ACCOUNTS.TIER,
                        ACCOUNTS.AGENCY_PERMISSION,
                        ACCOUNTS.IS_UNLIMITED,
                        ACCOUNT_USAGE.USED,
                        packs.field("max_size", Long.class))
                .fetch(row -> new Agencies(
                        Keyed.of(Tier.class, row.value1()),
                        row.get(permitted),
                        row.value3(),
                        new Limit(row.value4()),
                        row.get(number)));
    }
}
