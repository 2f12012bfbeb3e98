package dev.banyan.platform.cluster;

import static dev.banyan.schema.Tables.ACCOUNT_LEASES;
import static dev.banyan.schema.Tables.NODES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/// Which node does the live work of which account.
final class AccountLeaseStore {

    private static final int AT_ONCE = 500;

    private final DSLContext sql;

    AccountLeaseStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Adds accounts that no node has yet; those that are known stay as they are.
    @AllTenants("a node that starts makes all accounts with numbers known")
    void add(Collection<AccountId> accounts) {
        var left = List.copyOf(accounts);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            var insert = sql.insertInto(
                    ACCOUNT_LEASES, ACCOUNT_LEASES.TENANT_ID, ACCOUNT_LEASES.NODE_ID, ACCOUNT_LEASES.TAKEN_AT);
            for (AccountId account : left.subList(from, Math.min(left.size(), from + AT_ONCE))) {
                insert = insert.values(account, null, Instant.EPOCH);
            }
            insert.onConflictDoNothing().execute();
        }
    }

    /// Takes an account that no living node has, or keeps one's own.
    ///
    /// @param alive nodes that were seen since then live
    /// @return whether `node` has it now
    boolean take(AccountId tenant, UUID node, Instant now, Instant alive) {
        return Tx.changed(sql.insertInto(ACCOUNT_LEASES)
                .set(ACCOUNT_LEASES.TENANT_ID, tenant)
                .set(ACCOUNT_LEASES.NODE_ID, node)
                .set(ACCOUNT_LEASES.TAKEN_AT, now)
                .onConflict(ACCOUNT_LEASES.TENANT_ID)
                .doUpdate()
                .set(ACCOUNT_LEASES.NODE_ID, node)
                .set(ACCOUNT_LEASES.TAKEN_AT, now)
                .where(isFree(alive).or(ACCOUNT_LEASES.NODE_ID.eq(node))));
    }

    private static Condition isFree(Instant alive) {
        return ACCOUNT_LEASES
                .NODE_ID
                .isNull()
                .or(DSL.notExists(DSL.selectOne()
                        .from(NODES)
                        .where(NODES.ID.eq(ACCOUNT_LEASES.NODE_ID), NODES.SEEN_AT.ge(alive))));
    }

    /// Returns the node that has an account, whether it lives or not.
    Optional<UUID> holder(AccountId tenant) {
        return sql.fetchOptionalValue(
                ACCOUNT_LEASES.NODE_ID, ACCOUNT_LEASES.TENANT_ID.eq(tenant).and(ACCOUNT_LEASES.NODE_ID.isNotNull()));
    }

    /// Takes accounts that no living node has, those left the longest first. Another node that does the same at this
    /// moment takes others.
    ///
    /// @return those that `node` has now
    @AllTenants("a node takes the accounts that another one has left")
    List<AccountId> takeFree(UUID node, Instant now, Instant alive, int limit) {
        var left = sql.select(ACCOUNT_LEASES.TENANT_ID)
                .from(ACCOUNT_LEASES)
                .where(isFree(alive))
                .orderBy(ACCOUNT_LEASES.TAKEN_AT, ACCOUNT_LEASES.TENANT_ID)
                .limit(limit);
        List<AccountId> free = RowLock.skippingLocked(left, sql).fetch(Record1::value1);
        if (!free.isEmpty()) {
            sql.update(ACCOUNT_LEASES)
                    .set(ACCOUNT_LEASES.NODE_ID, node)
                    .set(ACCOUNT_LEASES.TAKEN_AT, now)
                    .where(ACCOUNT_LEASES.TENANT_ID.in(free))
                    .execute();
        }
        return free;
    }

    /// Returns whether there are accounts that no living node has.
    @AllTenants("a node looks for the accounts that another one has left")
    boolean hasFree(Instant alive) {
        return sql.fetchExists(DSL.selectOne().from(ACCOUNT_LEASES).where(isFree(alive)));
    }

    @AllTenants("a node looks for its own accounts")
    List<AccountId> of(UUID node) {
        return sql.fetchValues(ACCOUNT_LEASES.TENANT_ID, ACCOUNT_LEASES.NODE_ID.eq(node));
    }

    /// Returns how many accounts each node has.
    @AllTenants("the nodes share the accounts evenly")
    Map<UUID, Integer> counts() {
        return sql.select(ACCOUNT_LEASES.NODE_ID, DSL.count())
                .from(ACCOUNT_LEASES)
                .where(ACCOUNT_LEASES.NODE_ID.isNotNull())
                .groupBy(ACCOUNT_LEASES.NODE_ID)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Gives an account to another node.
    ///
    /// @param to empty: to the first one that looks
    void give(AccountId tenant, UUID from, Optional<UUID> to) {
        sql.update(ACCOUNT_LEASES)
                .set(ACCOUNT_LEASES.NODE_ID, to.orElse(null))
                .where(ACCOUNT_LEASES.TENANT_ID.eq(tenant), ACCOUNT_LEASES.NODE_ID.eq(from))
                .execute();
    }
}
