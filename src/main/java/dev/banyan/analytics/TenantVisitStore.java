package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_DAYS;
import static dev.banyan.schema.Tables.VISIT_TENANT_DAYS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Counters of visits over all accounts of a tenant.
final class TenantVisitStore extends Store {

    /// The totals of several tenants that one transaction adds at its end, in one order, so that two of them can't
    /// deadlock.
    static final class Totals {
        private final SortedMap<AccountId, SortedMap<Integer, VisitCounts>> byTenant =
                new TreeMap<>(Comparator.comparing(AccountId::toString));

        void add(AccountId tenant, Map<Integer, VisitCounts> days) {
            SortedMap<Integer, VisitCounts> all = byTenant.computeIfAbsent(tenant, _ -> new TreeMap<>());
            days.forEach((day, more) -> all.merge(day, more, VisitCounts::plus));
        }
    }

    /// The counters of a day, in the order of [VisitCounts].
    private static final List<TableField<?, Long>> COUNTERS = List.of(
            VISIT_TENANT_DAYS.VIEWS,
            VISIT_TENANT_DAYS.CLICKS,
            VISIT_TENANT_DAYS.UNLOCKS,
            VISIT_TENANT_DAYS.REDIRECTS,
            VISIT_TENANT_DAYS.BOTS,
            VISIT_TENANT_DAYS.VISITORS);

    TenantVisitStore(Tx tx) {
        super(tx);
    }

    @AllTenants("the recorder writes the visits of all tenants together")
    void add(Totals totals) {
        totals.byTenant.forEach((tenant, days) -> days.forEach((day, more) -> add(tenant, day, more)));
    }

    private void add(AccountId tenant, int day, VisitCounts more) {
        Map<Field<Long>, Long> counts = new LinkedHashMap<>();
        Map<Field<Long>, Field<Long>> added = new LinkedHashMap<>();
        long[] numbers = {more.views(), more.clicks(), more.unlocks(), more.redirects(), more.bots(), more.visitors()};
        for (int i = 0; i < COUNTERS.size(); i++) {
            counts.put(COUNTERS.get(i), numbers[i]);
            added.put(COUNTERS.get(i), COUNTERS.get(i).plus(numbers[i]));
        }
        sql.insertInto(VISIT_TENANT_DAYS)
                .set(VISIT_TENANT_DAYS.TENANT_ID, tenant)
                .set(VISIT_TENANT_DAYS.DAY, day)
                .set(counts)
                .onConflict(VISIT_TENANT_DAYS.TENANT_ID, VISIT_TENANT_DAYS.DAY)
                .doUpdate()
                .set(added)
                .execute();
    }

    /// Returns the days of a tenant, oldest first.
    List<VisitStore.Day> days(AccountId tenant, LocalDate from, LocalDate until) {
        return sql.select(VISIT_TENANT_DAYS.DAY)
                .select(COUNTERS)
                .from(VISIT_TENANT_DAYS)
                .where(
                        VISIT_TENANT_DAYS.TENANT_ID.eq(tenant),
                        VISIT_TENANT_DAYS.DAY.between((int) from.toEpochDay(), (int) until.toEpochDay()))
                .orderBy(VISIT_TENANT_DAYS.DAY)
                .fetch(row -> new VisitStore.Day(
                        LocalDate.ofEpochDay(row.get(VISIT_TENANT_DAYS.DAY)), VisitStore.tally(row, 1)));
    }

    /// Deletes the totals of a tenant's old days.
    void deleteBefore(AccountId tenant, int day) {
        sql.deleteFrom(VISIT_TENANT_DAYS)
                .where(VISIT_TENANT_DAYS.TENANT_ID.eq(tenant), VISIT_TENANT_DAYS.DAY.lt(day))
                .execute();
    }

    /// Returns the accounts of a tenant whose pages were viewed most, with their views, the most viewed first.
    Map<AccountId, Long> mostViewed(AccountId tenant, LocalDate from, LocalDate until, int most) {
        Field<Long> views = DSL.sum(VISIT_DAYS.VIEWS).coerce(Long.class);
        var found = new LinkedHashMap<AccountId, Long>();
        sql.select(VISIT_DAYS.ACCOUNT_ID, views)
                .from(VISIT_DAYS)
                .where(ofPages(tenant, from, until))
                .groupBy(VISIT_DAYS.ACCOUNT_ID)
                .orderBy(views.desc(), VISIT_DAYS.ACCOUNT_ID)
                .limit(most)
                .forEach(row -> found.put(row.value1(), row.value2()));
        return found;
    }

    /// Returns the daily views of the pages of some accounts; days without views are left out.
    Map<AccountId, Map<LocalDate, Long>> views(
            AccountId tenant, Collection<AccountId> accounts, LocalDate from, LocalDate until) {
        var found = new HashMap<AccountId, Map<LocalDate, Long>>();
        sql.select(VISIT_DAYS.ACCOUNT_ID, VISIT_DAYS.DAY, VISIT_DAYS.VIEWS)
                .from(VISIT_DAYS)
                .where(ofPages(tenant, from, until), VISIT_DAYS.ACCOUNT_ID.in(accounts))
                .forEach(row -> found.computeIfAbsent(row.value1(), _ -> new HashMap<>())
                        .put(LocalDate.ofEpochDay(row.value2()), row.value3()));
        return found;
    }

    /// The subject is inlined to match the partial index.
    private static Condition ofPages(AccountId tenant, LocalDate from, LocalDate until) {
        return VISIT_DAYS
                .TENANT_ID
                .eq(tenant)
                .and(VISIT_DAYS.SUBJECT.eq(DSL.inline(Subject.PAGES.key())))
                .and(VISIT_DAYS.DAY.between((int) from.toEpochDay(), (int) until.toEpochDay()));
    }
}
