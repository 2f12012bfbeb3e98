package dev.banyan.whatsapp.proxies;

import static dev.banyan.schema.Tables.PROXIES;
import static dev.banyan.schema.Tables.SENDER_PROXIES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import org.jooq.Record;
import org.jooq.impl.DSL;

final class ProxyStore extends Store {

    /// @param sealedPassword empty for none
    record Stored(Proxy proxy, Optional<String> sealedPassword) {

        /// Returns true if it differs from another one only by when it was changed. A password that is typed again is
        /// sealed anew, and counts as a change.
        boolean leaves(Stored before) {
            return proxy.changedAt(before.proxy().updatedAt()).equals(before.proxy())
                    && sealedPassword.equals(before.sealedPassword());
        }
    }

    /// The proxy of a number.
    ///
    /// @param automatic whether it was chosen among all of the account
    record Assigned(ProxyId proxy, boolean automatic) {}

    ProxyStore(Tx tx) {
        super(tx);
    }

    /// Returns all proxies of an account, oldest first.
    List<Proxy> list(AccountId tenant) {
        return sql.selectFrom(PROXIES)
                .where(PROXIES.TENANT_ID.eq(tenant))
                .orderBy(PROXIES.CREATED_AT, PROXIES.ID)
                .fetch(ProxyStore::proxy);
    }

    Optional<Stored> find(AccountId tenant, ProxyId id) {
        return sql.selectFrom(PROXIES)
                .where(PROXIES.TENANT_ID.eq(tenant), PROXIES.ID.eq(id))
                .fetchOptional(ProxyStore::stored);
    }

    Optional<ProxyId> findNamed(AccountId tenant, String name) {
        return sql.fetchOptionalValue(PROXIES.ID, PROXIES.TENANT_ID.eq(tenant).and(PROXIES.NAME.eq(name)));
    }

    void insert(AccountId tenant, Stored stored) {
        Proxy proxy = stored.proxy();
        sql.insertInto(PROXIES)
                .set(PROXIES.ID, proxy.id())
                .set(PROXIES.TENANT_ID, tenant)
                .set(PROXIES.CREATED_AT, proxy.createdAt())
                .set(values(stored))
                .execute();
    }

    void update(AccountId tenant, Stored stored) {
        sql.update(PROXIES)
                .set(values(stored))
                .where(
                        PROXIES.TENANT_ID.eq(tenant),
                        PROXIES.ID.eq(stored.proxy().id()))
                .execute();
    }

    private static Columns values(Stored stored) {
        Proxy proxy = stored.proxy();
        return new Columns()
                .with(PROXIES.NAME, proxy.name())
                .with(PROXIES.KIND, proxy.kind().key())
                .with(PROXIES.HOST, proxy.host())
                .with(PROXIES.PORT, proxy.port())
                .with(PROXIES.USER_NAME, proxy.user())
                .with(PROXIES.SEALED_PASSWORD, stored.sealedPassword())
                .with(PROXIES.CAPACITY, proxy.capacity())
                .with(PROXIES.IS_ENABLED, proxy.enabled())
                .with(PROXIES.UPDATED_AT, proxy.updatedAt());
    }

    /// Deletes a proxy; its numbers have none from now on.
    void delete(AccountId tenant, ProxyId id) {
        sql.deleteFrom(PROXIES)
                .where(PROXIES.TENANT_ID.eq(tenant), PROXIES.ID.eq(id))
                .execute();
    }

    /// Returns how many numbers use each proxy; those without numbers are absent.
    Map<ProxyId, Integer> uses(AccountId tenant) {
        var uses = new HashMap<ProxyId, Integer>();
        sql.select(SENDER_PROXIES.PROXY_ID, DSL.count())
                .from(SENDER_PROXIES)
                .where(SENDER_PROXIES.TENANT_ID.eq(tenant))
                .groupBy(SENDER_PROXIES.PROXY_ID)
                .forEach(row -> uses.put(row.value1(), row.value2()));
        return uses;
    }

    List<SenderId> senders(AccountId tenant, ProxyId id) {
        return sql.select(SENDER_PROXIES.SENDER_ID)
                .from(SENDER_PROXIES)
                .where(SENDER_PROXIES.TENANT_ID.eq(tenant), SENDER_PROXIES.PROXY_ID.eq(id))
                .orderBy(SENDER_PROXIES.SENDER_ID)
                .fetch(row -> row.value1());
    }

    Optional<Assigned> assigned(AccountId tenant, SenderId sender) {
        return sql.select(SENDER_PROXIES.PROXY_ID, SENDER_PROXIES.IS_AUTOMATIC)
                .from(SENDER_PROXIES)
                .where(SENDER_PROXIES.TENANT_ID.eq(tenant), SENDER_PROXIES.SENDER_ID.eq(sender))
                .fetchOptional(row -> new Assigned(row.value1(), row.value2()));
    }

    /// Returns the proxy of a number.
    Optional<Stored> of(AccountId tenant, SenderId sender) {
        return assigned(tenant, sender).flatMap(found -> find(tenant, found.proxy()));
    }

    void assign(AccountId tenant, SenderId sender, Assigned wanted) {
        put(
                SENDER_PROXIES,
                new Columns().with(SENDER_PROXIES.TENANT_ID, tenant).with(SENDER_PROXIES.SENDER_ID, sender),
                new Columns()
                        .with(SENDER_PROXIES.PROXY_ID, wanted.proxy())
                        .with(SENDER_PROXIES.IS_AUTOMATIC, wanted.automatic()));
    }

    void unassign(AccountId tenant, SenderId sender) {
        sql.deleteFrom(SENDER_PROXIES)
                .where(SENDER_PROXIES.TENANT_ID.eq(tenant), SENDER_PROXIES.SENDER_ID.eq(sender))
                .execute();
    }

    @AllTenants("the doctor checks that all sealed passwords can be opened")
    List<String> sealedPasswords() {
        return sql.fetchValues(PROXIES.SEALED_PASSWORD, PROXIES.SEALED_PASSWORD.isNotNull());
    }

    @AllTenants("binds passwords to their addresses once, after an update")
    List<Stored> sealedBefore(String prefix) {
        return sql.selectFrom(PROXIES)
                .where(PROXIES.SEALED_PASSWORD.startsWith(prefix))
                .fetch(ProxyStore::stored);
    }

    private static Stored stored(Record row) {
        return new Stored(proxy(row), Optional.ofNullable(row.get(PROXIES.SEALED_PASSWORD)));
    }

    private static Proxy proxy(Record row) {
        return new Proxy(
                row.get(PROXIES.ID),
                row.get(PROXIES.TENANT_ID),
                row.get(PROXIES.NAME),
                Keyed.of(Proxy.Kind.class, row.get(PROXIES.KIND)),
                row.get(PROXIES.HOST),
                row.get(PROXIES.PORT),
                row.get(PROXIES.USER_NAME),
                row.get(PROXIES.SEALED_PASSWORD) != null,
                row.get(PROXIES.CAPACITY),
                row.get(PROXIES.IS_ENABLED),
                row.get(PROXIES.CREATED_AT),
                row.get(PROXIES.UPDATED_AT));
    }
}
