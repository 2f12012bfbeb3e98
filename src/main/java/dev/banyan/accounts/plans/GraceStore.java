package dev.banyan.accounts.plans;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.GRACES;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// The grace periods of tenants, and the effects of a plan without enough room on sub-accounts.
public final class GraceStore extends Store {

    private static final int AT_ONCE = 500;
    private static final String BY_PLAN = "plan";

    /// A sub-account that is not deleted, as far as its place in the plan is concerned.
    ///
    /// @param isByPlan true if it is suspended because the plan has no room for it
    public record Place(
            AccountId id,
            String username,
            String displayName,
            AccountStatus status,
            boolean isByPlan,
            Optional<Instant> suspendsAt) {}

    public GraceStore(Tx tx) {
        super(tx);
    }

    public Optional<GracePeriod> find(AccountId tenant) {
        return sql.selectFrom(GRACES)
                .where(GRACES.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new GracePeriod(
                        row.get(GRACES.STARTED_AT),
                        row.get(GRACES.ENDS_AT),
                        row.get(GRACES.NOTICED_DAY),
                        row.get(GRACES.IS_OVER)));
    }

    void save(AccountId tenant, GracePeriod grace) {
        var values = new Columns()
                .with(GRACES.STARTED_AT, grace.startedAt())
                .with(GRACES.ENDS_AT, grace.endsAt())
                .with(GRACES.NOTICED_DAY, grace.noticedDay())
                .with(GRACES.IS_OVER, grace.isOver());
        put(GRACES, new Columns().with(GRACES.TENANT_ID, tenant), values);
    }

    /// Deletes the grace period, and which sub-accounts were chosen to stay.
    void delete(AccountId tenant) {
        sql.deleteFrom(GRACES).where(GRACES.TENANT_ID.eq(tenant)).execute();
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.IS_KEPT, false)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.IS_KEPT.eq(true))
                .execute();
    }

    /// Returns tenants whose grace period has an end or a mail that is due, a bounded number at a time.
    @AllTenants("a job looks for expired grace periods")
    List<AccountId> due(Instant now, int limit) {
        Condition notice = GracePeriod.NOTICE_DAYS.stream()
                .map(day -> GRACES.NOTICED_DAY.lt(day).and(GRACES.STARTED_AT.le(now.minus(Duration.ofDays(day)))))
                .reduce(DSL.falseCondition(), Condition::or);
        return sql.select(GRACES.TENANT_ID)
                .from(GRACES)
                .where(GRACES.IS_OVER.eq(false), GRACES.ENDS_AT.le(now).or(notice))
                .orderBy(GRACES.ENDS_AT, GRACES.TENANT_ID)
                .limit(limit)
                .fetch(GRACES.TENANT_ID);
    }

    /// Returns the sub-accounts of a tenant in the order in which a plan covers them: those chosen to stay, then the
    /// oldest.
    public List<Place> places(AccountId tenant) {
        return sql.select(
                        ACCOUNTS.ID,
                        ACCOUNTS.USERNAME,
                        ACCOUNTS.DISPLAY_NAME,
                        ACCOUNTS.STATUS,
                        ACCOUNTS.SUSPENDED_BY,
                        ACCOUNTS.SUSPENDS_AT)
                .from(ACCOUNTS)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                .orderBy(ACCOUNTS.IS_KEPT.desc(), ACCOUNTS.ID)
                .fetch(row -> new Place(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        Keyed.of(AccountStatus.class, row.value4()),
                        BY_PLAN.equals(row.value5()),
                        Optional.ofNullable(row.value6())));
    }

    void turnReadOnly(AccountId tenant, List<AccountId> accounts, Instant until) {
        inParts(
                accounts,
                part -> sql.update(ACCOUNTS)
                        .set(ACCOUNTS.SUSPENDS_AT, until)
                        .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.in(part))
                        .execute());
    }

    void turnWritable(AccountId tenant, List<AccountId> accounts) {
        inParts(
                accounts,
                part -> sql.update(ACCOUNTS)
                        .setNull(ACCOUNTS.SUSPENDS_AT)
                        .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.in(part))
                        .execute());
    }

    void suspend(AccountId tenant, List<AccountId> accounts, Instant now) {
        inParts(
                accounts,
                part -> sql.update(ACCOUNTS)
                        .set(ACCOUNTS.STATUS, AccountStatus.SUSPENDED.key())
                        .set(ACCOUNTS.SUSPENDED_BY, BY_PLAN)
                        .set(ACCOUNTS.SUSPENDED_AT, now)
                        .setNull(ACCOUNTS.SUSPENDS_AT)
                        .set(ACCOUNTS.UPDATED_AT, now)
                        .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.in(part))
                        .execute());
    }

    void reactivate(AccountId tenant, List<AccountId> accounts, Instant now) {
        inParts(
                accounts,
                part -> sql.update(ACCOUNTS)
                        .set(ACCOUNTS.STATUS, AccountStatus.ACTIVE.key())
                        .setNull(ACCOUNTS.SUSPENDED_BY)
                        .setNull(ACCOUNTS.SUSPENDED_AT)
                        .setNull(ACCOUNTS.SUSPENDS_AT)
                        .set(ACCOUNTS.UPDATED_AT, now)
                        .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.in(part))
                        .execute());
    }

    /// Clears the marks of a grace period from deleted sub-accounts, so that a restored one has none.
    public void clearDeleted(AccountId tenant) {
        sql.update(ACCOUNTS)
                .setNull(ACCOUNTS.SUSPENDS_AT)
                .set(ACCOUNTS.IS_KEPT, false)
                .where(
                        ACCOUNTS.PARENT_ID.eq(tenant),
                        ACCOUNTS.STATUS.eq(AccountStatus.DELETED.key()),
                        ACCOUNTS.SUSPENDS_AT.isNotNull().or(ACCOUNTS.IS_KEPT.eq(true)))
                .execute();
    }

    /// Marks exactly these accounts to stay.
    public void keep(AccountId tenant, List<AccountId> accounts) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.IS_KEPT, false)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.IS_KEPT.eq(true))
                .execute();
        inParts(
                accounts,
                part -> sql.update(ACCOUNTS)
                        .set(ACCOUNTS.IS_KEPT, true)
                        .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.in(part))
                        .execute());
    }

    /// Returns the usernames of a tenant's accounts that are not deleted, by id.
    public Map<AccountId, String> usernames(AccountId tenant) {
        return sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME)
                .from(ACCOUNTS)
                .where(ACCOUNTS.TENANT_ID.eq(tenant), ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                .fetchMap(ACCOUNTS.ID, ACCOUNTS.USERNAME);
    }

    private static void inParts(List<AccountId> accounts, Consumer<List<AccountId>> update) {
        for (int i = 0; i < accounts.size(); i += AT_ONCE) {
            update.accept(accounts.subList(i, Math.min(i + AT_ONCE, accounts.size())));
        }
    }
}
