package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.SENDERS;
import static dev.banyan.schema.Tables.SENDER_HOURS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import org.jooq.BatchBindStep;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Counters per sender and hour, updated with each event.
public final class SenderHoursStore extends Store {

    private static final Columns ADDED = Columns.adding(
            SENDER_HOURS.SENT,
            SENDER_HOURS.DELIVERED,
            SENDER_HOURS.SEEN,
            SENDER_HOURS.FAILED,
            SENDER_HOURS.RECEIVED,
            SENDER_HOURS.WAITED_MS);

    public SenderHoursStore(Tx tx) {
        super(tx);
    }

    public void add(AccountId tenant, SenderId sender, SenderHours more) {
        sql.insertInto(SENDER_HOURS)
                .set(SENDER_HOURS.TENANT_ID, tenant)
                .set(SENDER_HOURS.SENDER_ID, sender)
                .set(SENDER_HOURS.HOUR_AT, more.hour())
                .set(SENDER_HOURS.SENT, more.sent())
                .set(SENDER_HOURS.DELIVERED, more.delivered())
                .set(SENDER_HOURS.SEEN, more.seen())
                .set(SENDER_HOURS.FAILED, more.failed())
                .set(SENDER_HOURS.RECEIVED, more.received())
                .set(SENDER_HOURS.WAITED_MS, more.waited().toMillis())
                .onConflict(SENDER_HOURS.TENANT_ID, SENDER_HOURS.SENDER_ID, SENDER_HOURS.HOUR_AT)
                .doUpdate()
                .set(ADDED)
                .execute();
    }

    /// Adds to the counters of many senders at once.
    public void addAll(AccountId tenant, Map<SenderId, SenderHours> more) {
        BatchBindStep all = sql.batch(sql.insertInto(SENDER_HOURS)
                .set(SENDER_HOURS.TENANT_ID, later(SENDER_HOURS.TENANT_ID))
                .set(SENDER_HOURS.SENDER_ID, later(SENDER_HOURS.SENDER_ID))
                .set(SENDER_HOURS.HOUR_AT, later(SENDER_HOURS.HOUR_AT))
                .set(SENDER_HOURS.SENT, later(SENDER_HOURS.SENT))
                .set(SENDER_HOURS.DELIVERED, later(SENDER_HOURS.DELIVERED))
                .set(SENDER_HOURS.SEEN, later(SENDER_HOURS.SEEN))
                .set(SENDER_HOURS.FAILED, later(SENDER_HOURS.FAILED))
                .set(SENDER_HOURS.RECEIVED, later(SENDER_HOURS.RECEIVED))
                .set(SENDER_HOURS.WAITED_MS, later(SENDER_HOURS.WAITED_MS))
                .onConflict(SENDER_HOURS.TENANT_ID, SENDER_HOURS.SENDER_ID, SENDER_HOURS.HOUR_AT)
                .doUpdate()
                .set(ADDED));
        for (var one : more.entrySet()) {
            SenderHours hours = one.getValue();
            all = all.bind(
                    tenant,
                    one.getKey(),
                    hours.hour(),
                    hours.sent(),
                    hours.delivered(),
                    hours.seen(),
                    hours.failed(),
                    hours.received(),
                    hours.waited().toMillis());
        }
        all.execute();
    }

    /// Deletes the oldest hour of all tenants if it is before the given time.
    ///
    /// @return how many rows were deleted; an hour has at most one row per sender
    @AllTenants("a job deletes old rows of all tenants")
    public int deleteOldestHour(Instant before) {
        Optional<Instant> oldest = sql.select(DSL.min(SENDER_HOURS.HOUR_AT))
                .from(SENDER_HOURS)
                .fetchOptional(row -> row.value1())
                .filter(hour -> hour.isBefore(before));
        return oldest.map(hour -> sql.deleteFrom(SENDER_HOURS)
                        .where(SENDER_HOURS.HOUR_AT.eq(hour))
                        .execute())
                .orElse(0);
    }

    /// Returns the hours in which a sender was active, oldest first.
    public List<SenderHours> of(AccountId tenant, SenderId sender, Instant from, Instant until) {
        return sql.selectFrom(SENDER_HOURS)
                .where(
                        SENDER_HOURS.TENANT_ID.eq(tenant),
                        SENDER_HOURS.SENDER_ID.eq(sender),
                        SENDER_HOURS.HOUR_AT.ge(from),
                        SENDER_HOURS.HOUR_AT.lt(until))
                .orderBy(SENDER_HOURS.HOUR_AT)
                .fetch(SenderHoursStore::hours);
    }

    /// Returns how many messages each sender has sent since `from`, in one query; senders without any are left out.
    public Map<SenderId, Long> sentSince(AccountId tenant, Collection<SenderId> senders, Instant from) {
        var sum = DSL.sum(SENDER_HOURS.SENT);
        return sql.select(SENDER_HOURS.SENDER_ID, sum)
                .from(SENDER_HOURS)
                .where(
                        SENDER_HOURS.TENANT_ID.eq(tenant),
                        SENDER_HOURS.SENDER_ID.in(senders),
                        SENDER_HOURS.HOUR_AT.ge(from))
                .groupBy(SENDER_HOURS.SENDER_ID)
                .fetchMap(row -> row.value1(), row -> row.value2().longValue());
    }

    /// Returns the totals of each sender of a tenant since `from`.
    public Map<SenderId, SenderHours> totals(AccountId tenant, Instant from) {
        return sql.select(
                        SENDER_HOURS.SENDER_ID,
                        DSL.sum(SENDER_HOURS.SENT),
                        DSL.sum(SENDER_HOURS.DELIVERED),
                        DSL.sum(SENDER_HOURS.SEEN),
                        DSL.sum(SENDER_HOURS.FAILED),
                        DSL.sum(SENDER_HOURS.RECEIVED),
                        DSL.sum(SENDER_HOURS.WAITED_MS))
                .from(SENDER_HOURS)
                .where(SENDER_HOURS.TENANT_ID.eq(tenant), SENDER_HOURS.HOUR_AT.ge(from))
                .groupBy(SENDER_HOURS.SENDER_ID)
                .fetchMap(row -> row.value1(), row -> summed(from, row, 1));
    }

    /// Returns what all numbers of each pool did together, by the hour and oldest first. Hours and pools without
    /// anything are left out.
    public Map<SenderId, List<SenderHours>> ofPools(AccountId tenant, Collection<SenderId> masters, Instant from) {
        var pool = DSL.coalesce(SENDERS.MASTER_ID, SENDERS.ID);
        return sql.select(
                        pool,
                        SENDER_HOURS.HOUR_AT,
                        DSL.sum(SENDER_HOURS.SENT),
                        DSL.sum(SENDER_HOURS.DELIVERED),
                        DSL.sum(SENDER_HOURS.SEEN),
                        DSL.sum(SENDER_HOURS.FAILED),
                        DSL.sum(SENDER_HOURS.RECEIVED),
                        DSL.sum(SENDER_HOURS.WAITED_MS))
                .from(SENDERS)
                .join(SENDER_HOURS)
                .on(SENDER_HOURS.TENANT_ID.eq(SENDERS.TENANT_ID))
                .and(SENDER_HOURS.SENDER_ID.eq(SENDERS.ID))
                .where(
                        SENDERS.TENANT_ID.eq(tenant),
                        SENDERS.ID.in(masters).or(SENDERS.MASTER_ID.in(masters)),
                        SENDER_HOURS.HOUR_AT.ge(from))
                .groupBy(pool, SENDER_HOURS.HOUR_AT)
                .orderBy(SENDER_HOURS.HOUR_AT)
                .fetchGroups(row -> row.value1(), row -> summed(row.value2(), row, 2));
    }

    /// @param first where the sums of the row begin
    private static SenderHours summed(Instant hour, Record row, int first) {
        return new SenderHours(
                hour,
                row.get(first, Long.class),
                row.get(first + 1, Long.class),
                row.get(first + 2, Long.class),
                row.get(first + 3, Long.class),
                row.get(first + 4, Long.class),
                Duration.ofMillis(row.get(first + 5, Long.class)));
    }

    private static SenderHours hours(Record row) {
        return new SenderHours(
                row.get(SENDER_HOURS.HOUR_AT),
                row.get(SENDER_HOURS.SENT),
                row.get(SENDER_HOURS.DELIVERED),
                row.get(SENDER_HOURS.SEEN),
                row.get(SENDER_HOURS.FAILED),
                row.get(SENDER_HOURS.RECEIVED),
                Duration.ofMillis(row.get(SENDER_HOURS.WAITED_MS)));
    }
}
