package dev.banyan.accounts.keys;

import static dev.banyan.schema.Tables.API_KEYS;
import static dev.banyan.schema.Tables.API_KEY_DAYS;

import module java.base;
import dev.banyan.accounts.ApiKey;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

/// API keys and their daily requests.
public final class ApiKeyStore extends Store {

    private static final String BETWEEN = " ";

    record Proved(ApiKey key, String secretHash) {}

    public ApiKeyStore(Tx tx) {
        super(tx);
    }

    public void insert(AccountId tenant, ApiKey key, String secretHash) {
        sql.insertInto(API_KEYS)
                .set(API_KEYS.ID, key.id())
                .set(API_KEYS.TENANT_ID, tenant)
                .set(API_KEYS.NAME, key.name())
                .set(API_KEYS.SECRET_HASH, secretHash)
                .set(API_KEYS.PERMISSIONS, String.join(BETWEEN, key.permissions()))
                .set(API_KEYS.IS_ACTIVE, key.active())
                .set(API_KEYS.DISABLED_REASON, key.disabledReason().orElse(null))
                .set(API_KEYS.CREATED_BY, key.madeBy())
                .set(API_KEYS.CREATED_AT, key.createdAt())
                .set(API_KEYS.SCOPE, key.limits().scope().text())
                .set(API_KEYS.EXPIRES_AT, key.limits().expiresAt().orElse(null))
                .set(
                        API_KEYS.NETWORKS,
                        key.limits().networks().isEmpty()
                                ? null
                                : String.join(BETWEEN, key.limits().networks()))
                .set(API_KEYS.REQUESTS_PER_MINUTE, key.limits().perMinute().orElse(null))
                .set(API_KEYS.IS_TEST, key.test())
                .execute();
    }

    /// Finds the key that a program sends, of any account: the key tells whose it is.
    @AllTenants("found by the secret of the key")
    Optional<Proved> findForProgram(String id) {
        return sql.selectFrom(API_KEYS)
                .where(API_KEYS.ID.eq(id))
                .fetchOptional(row -> new Proved(key(row), row.get(API_KEYS.SECRET_HASH)));
    }

    public Optional<ApiKey> find(AccountId tenant, String id) {
        return sql.selectFrom(API_KEYS)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .fetchOptional(ApiKeyStore::key);
    }

    /// Returns the account's keys, oldest first.
    List<ApiKey> list(AccountId tenant, int most) {
        return sql.selectFrom(API_KEYS)
                .where(API_KEYS.TENANT_ID.eq(tenant))
                .orderBy(API_KEYS.CREATED_AT, API_KEYS.ID)
                .limit(most)
                .fetch(ApiKeyStore::key);
    }

    public int count(AccountId tenant) {
        return sql.fetchCount(API_KEYS, API_KEYS.TENANT_ID.eq(tenant));
    }

    /// Returns true if the key is among the oldest of its account.
    boolean isAmongOldest(AccountId tenant, String id, long most) {
        return most > 0
                && sql.select(API_KEYS.ID)
                        .from(API_KEYS)
                        .where(API_KEYS.TENANT_ID.eq(tenant))
                        .orderBy(API_KEYS.CREATED_AT, API_KEYS.ID)
                        .limit(most)
                        .fetch(API_KEYS.ID)
                        .contains(id);
    }

    public void update(AccountId tenant, String id, String name, List<String> permissions) {
        sql.update(API_KEYS)
                .set(API_KEYS.NAME, name)
                .set(API_KEYS.PERMISSIONS, String.join(BETWEEN, permissions))
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .execute();
    }

    /// Enables a key. The person who enables it is responsible for it from now on.
    void enable(AccountId tenant, String id, IdentityId by) {
        sql.update(API_KEYS)
                .set(API_KEYS.IS_ACTIVE, true)
                .setNull(API_KEYS.DISABLED_REASON)
                .set(API_KEYS.CREATED_BY, by)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .execute();
    }

    public void disable(AccountId tenant, String id, String reason) {
        sql.update(API_KEYS)
                .set(API_KEYS.IS_ACTIVE, false)
                .set(API_KEYS.DISABLED_REASON, reason)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .execute();
    }

    /// Disables the keys that a person made. Owners may enable them again.
    public void disableMadeBy(AccountId tenant, IdentityId maker, String reason) {
        disable(tenant, API_KEYS.CREATED_BY.eq(maker), reason);
    }

    @AllTenants("a person makes keys in each account that they work for")
    public void disableMadeBy(IdentityId maker, String reason) {
        sql.update(API_KEYS)
                .set(API_KEYS.IS_ACTIVE, false)
                .set(API_KEYS.DISABLED_REASON, reason)
                .where(API_KEYS.CREATED_BY.eq(maker), API_KEYS.IS_ACTIVE.eq(true))
                .execute();
    }

    public void disableMadeBefore(AccountId tenant, IdentityId maker, Instant end, String reason) {
        disable(tenant, API_KEYS.CREATED_BY.eq(maker).and(API_KEYS.CREATED_AT.lt(end)), reason);
    }

    private void disable(AccountId tenant, Condition which, String reason) {
        sql.update(API_KEYS)
                .set(API_KEYS.IS_ACTIVE, false)
                .set(API_KEYS.DISABLED_REASON, reason)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.IS_ACTIVE.eq(true), which)
                .execute();
    }

    public void delete(AccountId tenant, String id) {
        sql.deleteFrom(API_KEYS)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .execute();
    }

    void noteUse(AccountId tenant, String id, Instant at, String ip) {
        sql.update(API_KEYS)
                .set(API_KEYS.LAST_USED_AT, at)
                .set(API_KEYS.LAST_USED_IP, ip)
                .where(API_KEYS.TENANT_ID.eq(tenant), API_KEYS.ID.eq(id))
                .execute();
    }

    /// Adds to the requests of a day.
    ///
    /// @return the new total, over all nodes
    long addRequests(AccountId tenant, LocalDate day, long requests) {
        int on = (int) day.toEpochDay();
        sql.insertInto(API_KEY_DAYS)
                .set(API_KEY_DAYS.TENANT_ID, tenant)
                .set(API_KEY_DAYS.ON_DAY, on)
                .set(API_KEY_DAYS.REQUESTS, requests)
                .onConflict(API_KEY_DAYS.TENANT_ID, API_KEY_DAYS.ON_DAY)
                .doUpdate()
                .set(API_KEY_DAYS.REQUESTS, API_KEY_DAYS.REQUESTS.plus(requests))
                .execute();
        return requests(tenant, day);
    }

    long requests(AccountId tenant, LocalDate day) {
        return requestsSince(tenant, day).getOrDefault(day, 0L);
    }

    /// Returns the requests per day; days without requests are missing.
    Map<LocalDate, Long> requestsSince(AccountId tenant, LocalDate first) {
        return sql.select(API_KEY_DAYS.ON_DAY, API_KEY_DAYS.REQUESTS)
                .from(API_KEY_DAYS)
                .where(API_KEY_DAYS.TENANT_ID.eq(tenant), API_KEY_DAYS.ON_DAY.ge((int) first.toEpochDay()))
                .fetchMap(row -> LocalDate.ofEpochDay(row.value1()), row -> row.value2());
    }

    @AllTenants("a job deletes old counts of all tenants")
    int deleteDaysBefore(LocalDate day) {
        return sql.deleteFrom(API_KEY_DAYS)
                .where(API_KEY_DAYS.ON_DAY.lt((int) day.toEpochDay()))
                .execute();
    }

    private static ApiKey key(Record row) {
        return new ApiKey(
                row.get(API_KEYS.ID),
                row.get(API_KEYS.TENANT_ID),
                row.get(API_KEYS.NAME),
                List.of(row.get(API_KEYS.PERMISSIONS).split(BETWEEN)),
                row.get(API_KEYS.IS_ACTIVE),
                Optional.ofNullable(row.get(API_KEYS.DISABLED_REASON)),
                row.get(API_KEYS.CREATED_BY),
                row.get(API_KEYS.CREATED_AT),
                Optional.ofNullable(row.get(API_KEYS.LAST_USED_AT)),
                Optional.ofNullable(row.get(API_KEYS.LAST_USED_IP)),
                new KeyLimits(
                        KeyLimits.Scope.of(row.get(API_KEYS.SCOPE)),
                        Optional.ofNullable(row.get(API_KEYS.EXPIRES_AT)),
                        Optional.ofNullable(row.get(API_KEYS.NETWORKS))
                                .map(networks -> List.of(networks.split(BETWEEN)))
                                .orElse(List.of()),
                        Optional.ofNullable(row.get(API_KEYS.REQUESTS_PER_MINUTE))),
                row.get(API_KEYS.IS_TEST));
    }
}
