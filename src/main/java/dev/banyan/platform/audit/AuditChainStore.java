package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_CHAINS;
import static dev.banyan.schema.Tables.AUDIT_EVENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;

/// The chains of all tenants, for sealing and for verifying.
final class AuditChainStore extends Store {

    /// The end of a chain.
    record Head(long sequence, String hash) {}

    /// A row without a place in its chain.
    record Unsealed(AccountId tenant, AuditLink link) {}

    /// A row with a place in its chain.
    record Sealed(AuditLink link, long sequence, String hash, Optional<String> details, Optional<String> salt) {}

    /// A row and the place that it gets.
    record ChainEnd(String id, long sequence, String hash) {}

    // Raw column values: a manipulated column must be found, and not stop the search.
    private static final Field<String> TENANT = raw(AUDIT_EVENTS.TENANT_ID, String.class);
    private static final Field<String> IDENTITY = raw(AUDIT_EVENTS.IDENTITY_ID, String.class);
    private static final Field<String> ACCOUNT = raw(AUDIT_EVENTS.ACCOUNT_ID, String.class);
    private static final Field<Long> OCCURRED_AT = raw(AUDIT_EVENTS.OCCURRED_AT, Long.class);
    private static final Field<String> CHAIN = raw(AUDIT_CHAINS.TENANT_ID, String.class);

    private static final List<SelectField<?>> LINK = List.of(
            AUDIT_EVENTS.ID,
            OCCURRED_AT,
            IDENTITY,
            ACCOUNT,
            AUDIT_EVENTS.ACTION,
            AUDIT_EVENTS.TARGET,
            AUDIT_EVENTS.DETAILS_DIGEST,
            AUDIT_EVENTS.IP);

    AuditChainStore(Tx tx) {
        super(tx);
    }

    /// Locks sealing for all other nodes until the end of the transaction, after waiting for a node that seals. The
    /// lock is the end of the server's own chain, which exists from the first time on.
    @AllTenants("one node at a time seals for all tenants")
    void holdAll() {
        begin(AccountId.SERVER);
        RowLock.on(
                        sql.select(AUDIT_CHAINS.SEQUENCE)
                                .from(AUDIT_CHAINS)
                                .where(AUDIT_CHAINS.TENANT_ID.eq(AccountId.SERVER)),
                        sql)
                .fetch();
    }

    private void begin(AccountId tenant) {
        sql.insertInto(AUDIT_CHAINS)
                .set(AUDIT_CHAINS.TENANT_ID, tenant)
                .set(AUDIT_CHAINS.SEQUENCE, 0L)
                .set(AUDIT_CHAINS.CHAIN_HASH, AuditLink.beginningOf(tenant))
                .onConflictDoNothing()
                .execute();
    }

    /// Returns the oldest rows without a place, of all tenants.
    @AllTenants("a job seals the rows of all tenants")
    List<Unsealed> unsealed(int limit) {
        return sql.select(LINK)
                .select(AUDIT_EVENTS.TENANT_ID)
                .from(AUDIT_EVENTS)
                .where(AUDIT_EVENTS.SEQUENCE.isNull())
                .orderBy(AUDIT_EVENTS.ID)
                .limit(limit)
                .fetch(row -> new Unsealed(Objects.requireNonNull(row.get(AUDIT_EVENTS.TENANT_ID)), link(row)));
    }

    Optional<Head> head(AccountId tenant) {
        return sql.select(AUDIT_CHAINS.SEQUENCE, AUDIT_CHAINS.CHAIN_HASH)
                .from(AUDIT_CHAINS)
                .where(AUDIT_CHAINS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new Head(row.value1(), row.value2()));
    }

    void seal(AccountId tenant, List<ChainEnd> places) {
        sql.batch(places.stream()
                        .map(place -> sql.update(AUDIT_EVENTS)
                                .set(AUDIT_EVENTS.SEQUENCE, place.sequence())
                                .set(AUDIT_EVENTS.CHAIN_HASH, place.hash())
                                .where(
                                        AUDIT_EVENTS.TENANT_ID.eq(tenant),
                                        AUDIT_EVENTS.ID.eq(place.id()),
                                        AUDIT_EVENTS.SEQUENCE.isNull()))
                        .toList())
                .execute();
        ChainEnd last = places.getLast();
        begin(tenant);
        sql.update(AUDIT_CHAINS)
                .set(AUDIT_CHAINS.SEQUENCE, last.sequence())
                .set(AUDIT_CHAINS.CHAIN_HASH, last.hash())
                .where(AUDIT_CHAINS.TENANT_ID.eq(tenant))
                .execute();
    }

    /// Returns the next tenants that have a chain, ordered by their ids as text.
    @AllTenants("the operator verifies all chains")
    List<String> chains(String after, int limit) {
        return sql.select(CHAIN)
                .from(AUDIT_CHAINS)
                .where(CHAIN.gt(after))
                .orderBy(CHAIN)
                .limit(limit)
                .fetch(row -> Objects.requireNonNull(row.value1()));
    }

    /// Returns tenants whose rows have places in a chain without a known end.
    @AllTenants("the operator verifies all chains")
    List<String> endless() {
        return sql.selectDistinct(TENANT)
                .from(AUDIT_EVENTS)
                .where(
                        AUDIT_EVENTS.SEQUENCE.isNotNull(),
                        DSL.notExists(sql.selectOne().from(AUDIT_CHAINS).where(CHAIN.eq(TENANT))))
                .orderBy(TENANT)
                .fetch(row -> Objects.requireNonNull(row.value1()));
    }

    /// Returns how many rows of each tenant wait for their place.
    @AllTenants("the operator verifies all chains")
    Map<String, Integer> waiting() {
        return sql.select(TENANT, DSL.count())
                .from(AUDIT_EVENTS)
                .where(AUDIT_EVENTS.SEQUENCE.isNull())
                .groupBy(TENANT)
                .fetchMap(TENANT, DSL.count());
    }

    /// Returns the next rows of a chain.
    List<Sealed> sealed(AccountId tenant, long after, int limit) {
        return sql.select(LINK)
                .select(AUDIT_EVENTS.SEQUENCE, AUDIT_EVENTS.CHAIN_HASH, AUDIT_EVENTS.DETAILS, AUDIT_EVENTS.DETAILS_SALT)
                .from(AUDIT_EVENTS)
                .where(AUDIT_EVENTS.TENANT_ID.eq(tenant), AUDIT_EVENTS.SEQUENCE.gt(after))
                .orderBy(AUDIT_EVENTS.SEQUENCE)
                .limit(limit)
                .fetch(row -> new Sealed(
                        link(row),
                        Objects.requireNonNull(row.get(AUDIT_EVENTS.SEQUENCE)),
                        Objects.requireNonNullElse(row.get(AUDIT_EVENTS.CHAIN_HASH), ""),
                        Optional.ofNullable(row.get(AUDIT_EVENTS.DETAILS)),
                        Optional.ofNullable(row.get(AUDIT_EVENTS.DETAILS_SALT))));
    }

    private static <T> Field<T> raw(Field<?> column, Class<T> type) {
        return DSL.field(column.getQualifiedName(), type);
    }

    private static AuditLink link(Record row) {
        return new AuditLink(
                row.get(AUDIT_EVENTS.ID),
                Objects.requireNonNull(row.get(OCCURRED_AT)),
                Optional.ofNullable(row.get(IDENTITY)),
                Optional.ofNullable(row.get(ACCOUNT)),
                row.get(AUDIT_EVENTS.ACTION),
                row.get(AUDIT_EVENTS.TARGET),
                row.get(AUDIT_EVENTS.DETAILS_DIGEST),
                row.get(AUDIT_EVENTS.IP));
    }
}
