package dev.banyan.platform.cluster;

import static dev.banyan.schema.Tables.NODES;
import static dev.banyan.schema.Tables.POOL_LEASES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/// Which node does the live work of which pool.
final class PoolLeaseStore extends Store {

    private static final int AT_ONCE = 500;

    PoolLeaseStore(Tx tx) {
        super(tx);
    }

    private static Condition is(LivePool pool) {
        return POOL_LEASES.TENANT_ID.eq(pool.account()).and(POOL_LEASES.POOL.eq(pool.pool()));
    }

    /// Of pools of several accounts, each with its own: a condition by row would keep the indexes out.
    private static Condition isOneOf(Collection<LivePool> pools) {
        return DSL.or(pools.stream()
                .collect(Collectors.groupingBy(
                        LivePool::account, Collectors.mapping(LivePool::pool, Collectors.toList())))
                .entrySet()
                .stream()
                .map(entry -> POOL_LEASES.TENANT_ID.eq(entry.getKey()).and(POOL_LEASES.POOL.in(entry.getValue())))
                .toList());
    }

    private static LivePool pool(Record2<AccountId, String> row) {
        return new LivePool(row.value1(), row.value2());
    }

    /// Adds pools that no node has yet; those that are known stay as they are.
    ///
    /// @param pools how many numbers each has
    @AllTenants("a node that starts makes all pools known")
    void add(Map<LivePool, Integer> pools) {
        var left = List.copyOf(pools.entrySet());
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            var insert = sql.insertInto(
                    POOL_LEASES,
                    POOL_LEASES.TENANT_ID,
                    POOL_LEASES.POOL,
                    POOL_LEASES.NODE_ID,
                    POOL_LEASES.NUMBERS,
                    POOL_LEASES.TAKEN_AT);
            for (Map.Entry<LivePool, Integer> one : left.subList(from, Math.min(left.size(), from + AT_ONCE))) {
                LivePool pool = one.getKey();
                insert = insert.values(pool.account(), pool.pool(), null, one.getValue(), Instant.EPOCH);
            }
            insert.onConflictDoNothing().execute();
        }
    }

    /// Takes a pool that no living node has, or keeps one's own.
    ///
    /// @param alive nodes that were seen since then live
    /// @return whether `node` has it now
    @AllTenants("a pool says whose it is")
    boolean take(LivePool pool, UUID node, Instant now, Instant alive) {
        return Tx.changed(sql.insertInto(POOL_LEASES)
                .set(POOL_LEASES.TENANT_ID, pool.account())
                .set(POOL_LEASES.POOL, pool.pool())
                .set(POOL_LEASES.NODE_ID, node)
                .set(POOL_LEASES.NUMBERS, 1)
                .set(POOL_LEASES.TAKEN_AT, now)
                .onConflict(POOL_LEASES.TENANT_ID, POOL_LEASES.POOL)
                .doUpdate()
                .set(POOL_LEASES.NODE_ID, node)
                .set(POOL_LEASES.TAKEN_AT, now)
                .where(isFree(alive).or(POOL_LEASES.NODE_ID.eq(node))));
    }

    private static Condition isFree(Instant alive) {
        return POOL_LEASES
                .NODE_ID
                .isNull()
                .or(DSL.notExists(DSL.selectOne()
                        .from(NODES)
                        .where(NODES.ID.eq(POOL_LEASES.NODE_ID), NODES.LAST_SEEN_AT.ge(alive))));
    }

    /// Returns the node that has a pool, whether it lives or not.
    @AllTenants("a pool says whose it is")
    Optional<UUID> holder(LivePool pool) {
        return sql.fetchOptionalValue(POOL_LEASES.NODE_ID, is(pool).and(POOL_LEASES.NODE_ID.isNotNull()));
    }

    /// Returns the same for several.
    @AllTenants("a pool says whose it is")
    Map<LivePool, UUID> holders(Collection<LivePool> pools) {
        var holders = new HashMap<LivePool, UUID>();
        var left = List.copyOf(pools);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            sql.select(POOL_LEASES.TENANT_ID, POOL_LEASES.POOL, POOL_LEASES.NODE_ID)
                    .from(POOL_LEASES)
                    .where(
                            isOneOf(left.subList(from, Math.min(left.size(), from + AT_ONCE))),
                            POOL_LEASES.NODE_ID.isNotNull())
                    .forEach(row -> holders.put(new LivePool(row.value1(), row.value2()), row.value3()));
        }
        return holders;
    }

    /// Takes pools that no living node has, those left the longest first. Another node that does the same at this
    /// moment takes others.
    ///
    /// @return those that `node` has now
    @AllTenants("a node takes the pools that another one has left")
    List<LivePool> takeFree(UUID node, Instant now, Instant alive, int limit) {
        var left = sql.select(POOL_LEASES.TENANT_ID, POOL_LEASES.POOL)
                .from(POOL_LEASES)
                .where(isFree(alive))
                .orderBy(POOL_LEASES.TAKEN_AT, POOL_LEASES.TENANT_ID, POOL_LEASES.POOL)
                .limit(limit);
        List<LivePool> free = RowLock.skippingLocked(left, sql).fetch(PoolLeaseStore::pool);
        if (!free.isEmpty()) {
            sql.update(POOL_LEASES)
                    .set(POOL_LEASES.NODE_ID, node)
                    .set(POOL_LEASES.TAKEN_AT, now)
                    .where(isOneOf(free))
                    .execute();
        }
        return free;
    }

    /// Returns whether there are pools that no living node has.
    @AllTenants("a node looks for the pools that another one has left")
    boolean hasFree(Instant alive) {
        return sql.fetchExists(DSL.selectOne().from(POOL_LEASES).where(isFree(alive)));
    }

    @AllTenants("a node looks for its own pools")
    List<LivePool> of(UUID node) {
        return sql.select(POOL_LEASES.TENANT_ID, POOL_LEASES.POOL)
                .from(POOL_LEASES)
                .where(POOL_LEASES.NODE_ID.eq(node))
                .fetch(PoolLeaseStore::pool);
    }

    /// Returns how many numbers each node has.
    @AllTenants("the nodes share the numbers evenly")
    Map<UUID, Integer> numbers() {
        return sql.select(POOL_LEASES.NODE_ID, DSL.sum(POOL_LEASES.NUMBERS))
                .from(POOL_LEASES)
                .where(POOL_LEASES.NODE_ID.isNotNull())
                .groupBy(POOL_LEASES.NODE_ID)
                .fetchMap(row -> row.value1(), row -> row.value2().intValue());
    }

    @AllTenants("a pool says whose it is")
    void resize(LivePool pool, int numbers) {
        sql.update(POOL_LEASES)
                .set(POOL_LEASES.NUMBERS, numbers)
                .where(is(pool))
                .execute();
    }

    /// Gives a pool to another node.
    ///
    /// @param to empty: to the first one that looks
    @AllTenants("a pool says whose it is")
    void give(LivePool pool, UUID from, Optional<UUID> to) {
        sql.update(POOL_LEASES)
                .set(POOL_LEASES.NODE_ID, to.orElse(null))
                .where(is(pool), POOL_LEASES.NODE_ID.eq(from))
                .execute();
    }

    /// Removes a pool of this node that does not exist any more.
    @AllTenants("a pool says whose it is")
    void remove(LivePool pool, UUID node) {
        sql.deleteFrom(POOL_LEASES)
                .where(is(pool), POOL_LEASES.NODE_ID.eq(node))
                .execute();
    }
}
