package dev.banyan.whatsapp.drivers;

import static dev.banyan.schema.Tables.GATEWAY_WEBHOOKS;
import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Webhooks that were acknowledged and are not processed yet.
public final class HookStore extends Store {

    private static final int FETCHED = 8;
    private static final Field<SenderId> POOL =
            DSL.coalesce(SENDERS.MASTER_ID, SENDERS.ID).as("pool");

    /// @param remote the number that this part of a webhook is about, as its gateway calls it; `""` for what is about
    ///     none, and empty for a whole webhook
    /// @param pool of that number
    /// @param repeatKey equal for repeats of the same webhook
    /// @param nextAt when it is processed again, unless it is done by then
    public record Row(
            UUID id,
            AccountId tenant,
            ConnectionId connection,
            Optional<String> remote,
            Optional<SenderKey> pool,
            String repeatKey,
            String body,
            int tries,
            Instant nextAt,
            Instant createdAt) {

        public Row dueAt(Instant time) {
            return new Row(id, tenant, connection, remote, pool, repeatKey, body, tries, time, createdAt);
        }
    }

    public HookStore(Tx tx) {
        super(tx);
    }

    /// @return false if the same webhook waits already
    public boolean insert(AccountId tenant, Row row) {
        return Tx.changed(sql.insertInto(GATEWAY_WEBHOOKS)
                .set(GATEWAY_WEBHOOKS.ID, row.id())
                .set(GATEWAY_WEBHOOKS.TENANT_ID, tenant)
                .set(GATEWAY_WEBHOOKS.CONNECTION_ID, row.connection())
                .set(GATEWAY_WEBHOOKS.REMOTE_ID, row.remote().orElse(null))
                .set(GATEWAY_WEBHOOKS.REPEAT_KEY, row.repeatKey())
                .set(GATEWAY_WEBHOOKS.BODY, row.body())
                .set(GATEWAY_WEBHOOKS.TRIES, row.tries())
                .set(GATEWAY_WEBHOOKS.NEXT_AT, row.nextAt())
                .set(GATEWAY_WEBHOOKS.CREATED_AT, row.createdAt())
                .onConflictDoNothing());
    }

    /// Returns webhooks that are due, the longest due first.
    ///
    /// @param after the last one of the previous page
    /// @param bytes of their texts after which no further one is read
    @AllTenants("a job processes the webhooks of all accounts")
    public List<Row> due(Instant now, Optional<Row> after, int limit, int bytes) {
        var due = new ArrayList<Row>();
        long read = 0;
        try (var rows = sql.select(GATEWAY_WEBHOOKS.fields())
                .select(POOL)
                .from(GATEWAY_WEBHOOKS)
                .leftJoin(SENDERS)
                .on(
                        SENDERS.TENANT_ID.eq(GATEWAY_WEBHOOKS.TENANT_ID),
                        SENDERS.CONNECTION_ID.eq(GATEWAY_WEBHOOKS.CONNECTION_ID),
                        SENDERS.REMOTE_ID.eq(GATEWAY_WEBHOOKS.REMOTE_ID))
                .where(
                        GATEWAY_WEBHOOKS.NEXT_AT.le(now),
                        after.map(row -> DSL.row(GATEWAY_WEBHOOKS.NEXT_AT, GATEWAY_WEBHOOKS.ID)
                                        .gt(row.nextAt(), row.id()))
                                .orElseGet(DSL::noCondition))
                .orderBy(GATEWAY_WEBHOOKS.NEXT_AT, GATEWAY_WEBHOOKS.ID)
                .limit(limit)
                .fetchSize(FETCHED) // PostgreSQL would hand over all of them
                .fetchLazy()) {
            while (read < bytes && rows.hasNext()) {
                Row row = row(Objects.requireNonNull(rows.fetchNext()));
                due.add(row);
                read += row.body().length();
            }
        }
        return due;
    }

    /// Puts webhooks off.
    ///
    /// @param failed whether that is because processing has failed
    @AllTenants("the job that processes the webhooks of all accounts has read these")
    public void putOff(Collection<UUID> ids, Instant until, boolean failed) {
        sql.update(GATEWAY_WEBHOOKS)
                .set(GATEWAY_WEBHOOKS.NEXT_AT, until)
                .set(GATEWAY_WEBHOOKS.TRIES, failed ? GATEWAY_WEBHOOKS.TRIES.plus(1) : GATEWAY_WEBHOOKS.TRIES)
                .where(GATEWAY_WEBHOOKS.ID.in(ids))
                .execute();
    }

    /// Makes the webhooks about numbers of these pools due that a server was processing or has put off.
    public void hurry(AccountId tenant, Collection<SenderId> pools, Instant now) {
        sql.update(GATEWAY_WEBHOOKS)
                .set(GATEWAY_WEBHOOKS.NEXT_AT, now)
                .where(
                        GATEWAY_WEBHOOKS.TENANT_ID.eq(tenant),
                        GATEWAY_WEBHOOKS.NEXT_AT.gt(now),
                        DSL.exists(DSL.selectOne()
                                .from(SENDERS)
                                .where(
                                        SENDERS.TENANT_ID.eq(GATEWAY_WEBHOOKS.TENANT_ID),
                                        SENDERS.CONNECTION_ID.eq(GATEWAY_WEBHOOKS.CONNECTION_ID),
                                        SENDERS.REMOTE_ID.eq(GATEWAY_WEBHOOKS.REMOTE_ID),
                                        DSL.coalesce(SENDERS.MASTER_ID, SENDERS.ID)
                                                .in(pools))))
                .execute();
    }

    @AllTenants("the job that processes the webhooks of all accounts has processed these")
    public void delete(Collection<UUID> ids) {
        sql.deleteFrom(GATEWAY_WEBHOOKS).where(GATEWAY_WEBHOOKS.ID.in(ids)).execute();
    }

    @AllTenants("maps a row")
    private static Row row(Record row) {
        AccountId tenant = row.get(GATEWAY_WEBHOOKS.TENANT_ID);
        return new Row(
                row.get(GATEWAY_WEBHOOKS.ID),
                tenant,
                row.get(GATEWAY_WEBHOOKS.CONNECTION_ID),
                Optional.ofNullable(row.get(GATEWAY_WEBHOOKS.REMOTE_ID)),
                Optional.ofNullable(row.get(POOL)).map(pool -> new SenderKey(tenant, pool)),
                row.get(GATEWAY_WEBHOOKS.REPEAT_KEY),
                row.get(GATEWAY_WEBHOOKS.BODY),
                row.get(GATEWAY_WEBHOOKS.TRIES),
                row.get(GATEWAY_WEBHOOKS.NEXT_AT),
                row.get(GATEWAY_WEBHOOKS.CREATED_AT));
    }
}
