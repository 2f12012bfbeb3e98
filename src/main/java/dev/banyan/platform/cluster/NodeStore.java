package dev.banyan.platform.cluster;

import static dev.banyan.schema.Tables.LEASES;
import static dev.banyan.schema.Tables.NODES;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The nodes on this database, and what only one of them may do.
final class NodeStore extends Store {

    /// @param fence grows with each new holder
    record Lease(UUID holder, long fence, Instant until) {}

    NodeStore(Tx tx) {
        super(tx);
    }

    /// Returns the time of the database, which all nodes agree on.
    @AllTenants("the clock of the database")
    Instant now() {
        String milliseconds = sql.dialect().family() == SQLDialect.SQLITE
                ? "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
                : "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
        return Instant.ofEpochMilli(
                sql.select(DSL.field(milliseconds, Long.class)).fetchSingle().value1());
    }

    /// Lets nodes that join at the same time do so one after the other.
    @AllTenants("nodes belong to the server")
    void lock() {
        if (sql.dialect().family() != SQLDialect.SQLITE) { // which has one writer
            sql.execute("LOCK TABLE nodes IN EXCLUSIVE MODE");
        }
    }

    @AllTenants("nodes belong to the server")
    void insert(Node node) {
        sql.insertInto(NODES)
                .set(NODES.ID, node.id())
                .set(NODES.NAME, node.name())
                .set(NODES.KEY_ID, node.keyId())
                .set(NODES.STARTED_AT, node.startedAt())
                .set(NODES.LAST_SEEN_AT, node.seenAt())
                .execute();
    }

    /// @return false if it was taken for dead and is no longer there
    @AllTenants("nodes belong to the server")
    boolean seen(UUID node, Instant now) {
        return Tx.changed(sql.update(NODES).set(NODES.LAST_SEEN_AT, now).where(NODES.ID.eq(node)));
    }

    /// Returns the nodes that were seen since then, the oldest first.
    @AllTenants("nodes belong to the server")
    List<Node> seenSince(Instant since) {
        return sql.selectFrom(NODES)
                .where(NODES.LAST_SEEN_AT.ge(since))
                .orderBy(NODES.STARTED_AT, NODES.ID)
                .fetch(row -> new Node(
                        row.get(NODES.ID),
                        row.get(NODES.NAME),
                        row.get(NODES.KEY_ID),
                        row.get(NODES.STARTED_AT),
                        row.get(NODES.LAST_SEEN_AT)));
    }

    @AllTenants("nodes belong to the server")
    void remove(UUID node) {
        sql.deleteFrom(NODES).where(NODES.ID.eq(node)).execute();
        sql.update(LEASES)
                .set(LEASES.UNTIL_AT, Instant.EPOCH)
                .where(LEASES.NODE_ID.eq(node))
                .execute();
    }

    @AllTenants("nodes belong to the server")
    int removeSilentSince(Instant before) {
        return sql.deleteFrom(NODES).where(NODES.LAST_SEEN_AT.lt(before)).execute();
    }

    /// Takes a lease that is free, or renews one's own.
    ///
    /// @return the lease as it is now, whoever holds it
    @AllTenants("leases belong to the server")
    Lease take(String name, UUID node, Instant now, Duration lasts) {
        Instant until = now.plus(lasts);
        int renewed = sql.update(LEASES)
                .set(LEASES.UNTIL_AT, until)
                .where(LEASES.NAME.eq(name), LEASES.NODE_ID.eq(node), LEASES.UNTIL_AT.gt(now))
                .execute();
        if (renewed == 0) {
            sql.insertInto(LEASES)
                    .set(LEASES.NAME, name)
                    .set(LEASES.NODE_ID, node)
                    .set(LEASES.FENCE, 1L)
                    .set(LEASES.UNTIL_AT, until)
                    .onConflict(LEASES.NAME)
                    .doUpdate()
                    .set(LEASES.NODE_ID, node)
                    .set(LEASES.FENCE, LEASES.FENCE.plus(1))
                    .set(LEASES.UNTIL_AT, until)
                    .where(LEASES.UNTIL_AT.le(now))
                    .execute();
        }
        return find(name).orElseThrow();
    }

    @AllTenants("leases belong to the server")
    Optional<Lease> find(String name) {
        return sql.selectFrom(LEASES)
                .where(LEASES.NAME.eq(name))
                .fetchOptional(
                        row -> new Lease(row.get(LEASES.NODE_ID), row.get(LEASES.FENCE), row.get(LEASES.UNTIL_AT)));
    }
}
