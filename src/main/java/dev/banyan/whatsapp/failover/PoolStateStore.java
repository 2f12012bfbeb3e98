package dev.banyan.whatsapp.failover;

import static dev.banyan.schema.Tables.POOL_STATES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.Field;
import org.jooq.Record;

public final class PoolStateStore extends Store {

    private static final SqlCache FIND = new SqlCache();
    private static final SqlCache DECIDED = new SqlCache();

    public PoolStateStore(Tx tx) {
        super(tx);
    }

    public PoolState find(AccountId tenant, SenderId master) {
        return FIND.one(
                        sql,
                        () -> sql.selectFrom(POOL_STATES)
                                .where(POOL_STATES.TENANT_ID.eq(tenant), POOL_STATES.MASTER_ID.eq(master)),
                        tenant,
                        master)
                .map(PoolStateStore::state)
                .orElse(PoolState.NORMAL);
    }

    /// Returns the state, which nobody else changes before the end of the transaction.
    public PoolState lock(AccountId tenant, SenderId master) {
        return RowLock.on(
                        sql.selectFrom(POOL_STATES)
                                .where(POOL_STATES.TENANT_ID.eq(tenant), POOL_STATES.MASTER_ID.eq(master)),
                        sql)
                .fetchOptional(PoolStateStore::state)
                .orElse(PoolState.NORMAL);
    }

    /// Returns the states of those of these pools that are not normal.
    public Map<SenderId, PoolState> findAll(AccountId tenant, Collection<SenderId> masters) {
        return sql.selectFrom(POOL_STATES)
                .where(POOL_STATES.TENANT_ID.eq(tenant), POOL_STATES.MASTER_ID.in(masters))
                .fetchMap(row -> row.get(POOL_STATES.MASTER_ID), PoolStateStore::state);
    }

    public Map<SenderId, PoolState> all(AccountId tenant) {
        return sql.selectFrom(POOL_STATES)
                .where(POOL_STATES.TENANT_ID.eq(tenant))
                .fetchMap(row -> row.get(POOL_STATES.MASTER_ID), PoolStateStore::state);
    }

    /// Returns the states of a pool and of those that it stands in for.
    Map<SenderId, PoolState> concerning(AccountId tenant, SenderId master) {
        return sql.selectFrom(POOL_STATES)
                .where(
                        POOL_STATES.TENANT_ID.eq(tenant),
                        POOL_STATES.MASTER_ID.eq(master).or(POOL_STATES.STAND_IN_ID.eq(master)))
                .fetchMap(row -> row.get(POOL_STATES.MASTER_ID), PoolStateStore::state);
    }

    /// Replaces a pool that stands in for others, because it has failed itself and `to` stands in for it.
    void replaceStandIn(AccountId tenant, SenderId from, SenderId to) {
        sql.update(POOL_STATES)
                .set(POOL_STATES.STAND_IN_ID, to)
                .set(POOL_STATES.VERSION, POOL_STATES.VERSION.plus(1))
                .where(POOL_STATES.TENANT_ID.eq(tenant), POOL_STATES.STAND_IN_ID.eq(from))
                .execute();
    }

    /// Returns the pools of all tenants that something was decided about which is not over.
    @AllTenants("a job looks after the failovers of all tenants")
    public List<SenderKey> decided(int limit) {
        return DECIDED.fetch(
                row -> new SenderKey(row.get(POOL_STATES.TENANT_ID), row.get(POOL_STATES.MASTER_ID)),
                sql,
                () -> sql.select(POOL_STATES.TENANT_ID, POOL_STATES.MASTER_ID)
                        .from(POOL_STATES)
                        .where(POOL_STATES.DECISION_ID.isNotNull())
                        .orderBy(POOL_STATES.TENANT_ID, POOL_STATES.MASTER_ID)
                        .limit(limit),
                (long) limit);
    }

    /// Stores a new state if the pool has not changed since it was read.
    ///
    /// @return false if it has; the caller decides again
    public boolean save(AccountId tenant, SenderId master, PoolState state) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        values.put(POOL_STATES.PAUSE, state.pause().map(Pause::key).orElse(null));
        values.put(POOL_STATES.FAILOVER, state.failover().key());
        values.put(POOL_STATES.STAND_IN_ID, state.standIn().orElse(null));
        values.put(POOL_STATES.DECISION_ID, state.decision().orElse(null));
        values.put(POOL_STATES.CHANGED_AT, state.changedAt());
        values.put(POOL_STATES.VERSION, state.version() + 1);
        if (state.version() == 0) {
            return Tx.changed(sql.insertInto(POOL_STATES)
                    .set(POOL_STATES.TENANT_ID, tenant)
                    .set(POOL_STATES.MASTER_ID, master)
                    .set(values)
                    .onConflictDoNothing());
        }
        return Tx.changed(sql.update(POOL_STATES)
                .set(values)
                .where(
                        POOL_STATES.TENANT_ID.eq(tenant),
                        POOL_STATES.MASTER_ID.eq(master),
                        POOL_STATES.VERSION.eq(state.version())));
    }

    private static PoolState state(Record row) {
        return new PoolState(
                Optional.ofNullable(row.get(POOL_STATES.PAUSE)).flatMap(Pause::parse),
                Keyed.of(FailoverState.class, row.get(POOL_STATES.FAILOVER)),
                Optional.ofNullable(row.get(POOL_STATES.STAND_IN_ID)),
                Optional.ofNullable(row.get(POOL_STATES.DECISION_ID)),
                row.get(POOL_STATES.CHANGED_AT),
                row.get(POOL_STATES.VERSION));
    }
}
