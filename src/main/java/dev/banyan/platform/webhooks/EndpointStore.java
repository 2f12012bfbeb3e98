package dev.banyan.platform.webhooks;

import static dev.banyan.schema.Tables.WEBHOOK_DELIVERIES;
import static dev.banyan.schema.Tables.WEBHOOK_ENDPOINTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

final class EndpointStore extends Store {

    /// No claim and no pause is longer. One that ends later was made before the clock was set back, and has ended.
    static final Duration LONGEST_CLAIM = Duration.ofMinutes(1);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final String BETWEEN = " ";

    /// An endpoint that has something to be sent.
    record Key(AccountId tenant, UUID id) {}

    /// Which events an endpoint wants. This is all that an event needs to know.
    record Subscription(UUID endpoint, List<String> events) {
        boolean wants(String type) {
            return events.stream().anyMatch(pattern -> EventType.matches(pattern, type));
        }
    }

    /// The secrets of an endpoint, sealed.
    ///
    /// @param old the one before, which still signs too
    record Secrets(String current, Optional<String> old, Optional<Instant> oldUntil) {}

    /// An endpoint to which a node may send.
    record Claimed(Endpoint endpoint, Secrets secrets) {}

    EndpointStore(Tx tx) {
        super(tx);
    }

    void insert(Owner owner, Endpoint endpoint, String sealedSecret) {
        sql.insertInto(WEBHOOK_ENDPOINTS)
                .set(WEBHOOK_ENDPOINTS.ID, endpoint.id())
                .set(WEBHOOK_ENDPOINTS.TENANT_ID, owner.tenant())
                .set(WEBHOOK_ENDPOINTS.ACCOUNT_ID, owner.account())
                .set(
                        WEBHOOK_ENDPOINTS.SUB_CLIENT_ID,
                        endpoint.whose().workspace().orElse(null))
                .set(WEBHOOK_ENDPOINTS.URL, endpoint.url())
                .set(WEBHOOK_ENDPOINTS.EVENTS, String.join(BETWEEN, endpoint.events()))
                .set(WEBHOOK_ENDPOINTS.SECRET, sealedSecret)
                .set(WEBHOOK_ENDPOINTS.IS_ACTIVE, true)
                .set(WEBHOOK_ENDPOINTS.SET_UP_BY_IDENTITY_ID, person(endpoint.maker()))
                .set(WEBHOOK_ENDPOINTS.SET_UP_BY_KEY_ID, key(endpoint.maker()))
                .set(WEBHOOK_ENDPOINTS.FAILURES, 0)
                .set(WEBHOOK_ENDPOINTS.RESUMES_AT, Instant.EPOCH)
                .set(WEBHOOK_ENDPOINTS.FREE_AT, Instant.EPOCH)
                .set(WEBHOOK_ENDPOINTS.CREATED_AT, endpoint.createdAt())
                .set(WEBHOOK_ENDPOINTS.UPDATED_AT, endpoint.createdAt())
                .execute();
    }

    Optional<Endpoint> find(Owner owner, Optional<String> workspace, UUID id) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(owned(owner, workspace), WEBHOOK_ENDPOINTS.ID.eq(id))
                .fetchOptional(EndpointStore::endpoint);
    }

    /// Returns the endpoints of an account, without those of its workspaces, or of a workspace; the oldest first.
    List<Endpoint> list(Owner owner, Optional<String> workspace, int limit) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(owned(owner, workspace))
                .orderBy(WEBHOOK_ENDPOINTS.CREATED_AT, WEBHOOK_ENDPOINTS.ID)
                .limit(limit)
                .fetch(EndpointStore::endpoint);
    }

    /// Returns the endpoints of an account that are on, with those of its workspaces; the oldest first.
    List<Endpoint> active(Owner owner, int limit) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(
                        WEBHOOK_ENDPOINTS.TENANT_ID.eq(owner.tenant()),
                        WEBHOOK_ENDPOINTS.ACCOUNT_ID.eq(owner.account()),
                        WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true))
                .orderBy(WEBHOOK_ENDPOINTS.CREATED_AT, WEBHOOK_ENDPOINTS.ID)
                .limit(limit)
                .fetch(EndpointStore::endpoint);
    }

    /// Returns the endpoints that are on and hear of what happens in an account, or in one of its workspaces: those of
    /// its agency, its own, and the workspace’s.
    List<Subscription> hearing(Owner owner, Optional<String> workspace) {
        return sql.select(WEBHOOK_ENDPOINTS.ID, WEBHOOK_ENDPOINTS.EVENTS)
                .from(WEBHOOK_ENDPOINTS)
                .where(
                        WEBHOOK_ENDPOINTS.TENANT_ID.eq(owner.tenant()),
                        WEBHOOK_ENDPOINTS.ACCOUNT_ID.in(owner.tenant(), owner.account()),
                        isOfNoWorkspace()
                                .or(workspace
                                        .map(id -> WEBHOOK_ENDPOINTS.SUB_CLIENT_ID.eq(id))
                                        .orElse(DSL.falseCondition())),
                        WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true))
                .fetch(row -> new Subscription(row.value1(), events(row.value2())));
    }

    /// Returns whether a tenant has any endpoint that is on, in any of its accounts and workspaces.
    boolean hasActive(AccountId tenant) {
        return sql.fetchExists(sql.selectOne()
                .from(WEBHOOK_ENDPOINTS)
                .where(WEBHOOK_ENDPOINTS.TENANT_ID.eq(tenant), WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true)));
    }

    void update(
            Owner owner,
            Optional<String> workspace,
            UUID id,
            String url,
            List<String> events,
            boolean active,
            Optional<Maker> maker,
            Instant now) {
        sql.update(WEBHOOK_ENDPOINTS)
                .set(WEBHOOK_ENDPOINTS.URL, url)
                .set(WEBHOOK_ENDPOINTS.EVENTS, String.join(BETWEEN, events))
                .set(WEBHOOK_ENDPOINTS.IS_ACTIVE, active)
                .set(WEBHOOK_ENDPOINTS.SET_UP_BY_IDENTITY_ID, person(maker))
                .set(WEBHOOK_ENDPOINTS.SET_UP_BY_KEY_ID, key(maker))
                .setNull(WEBHOOK_ENDPOINTS.OFF_REASON)
                .setNull(WEBHOOK_ENDPOINTS.FAILING_SINCE_AT)
                .set(WEBHOOK_ENDPOINTS.FAILURES, 0)
                .set(WEBHOOK_ENDPOINTS.RESUMES_AT, Instant.EPOCH)
                .set(WEBHOOK_ENDPOINTS.UPDATED_AT, now)
                .where(owned(owner, workspace), WEBHOOK_ENDPOINTS.ID.eq(id))
                .execute();
    }

    boolean delete(Owner owner, Optional<String> workspace, UUID id) {
        return Tx.changed(
                sql.deleteFrom(WEBHOOK_ENDPOINTS).where(owned(owner, workspace), WEBHOOK_ENDPOINTS.ID.eq(id)));
    }

    Optional<Secrets> secrets(AccountId tenant, UUID id) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS).where(is(tenant, id)).fetchOptional(EndpointStore::secrets);
    }

    void rotate(AccountId tenant, UUID id, Secrets secrets) {
        change(
                tenant,
                id,
                new Columns()
                        .with(WEBHOOK_ENDPOINTS.SECRET, secrets.current())
                        .with(WEBHOOK_ENDPOINTS.OLD_SECRET, secrets.old())
                        .with(WEBHOOK_ENDPOINTS.OLD_SECRET_ENDS_AT, secrets.oldUntil()));
    }

    /// Locks endpoints, always in the same order, so that two nodes which want the same ones never wait for each other.
    @AllTenants("a node sends for all tenants at once")
    void lock(Collection<Key> keys) {
        if (sql.family() != SQLDialect.SQLITE) { // which has one writer
            sql.select(WEBHOOK_ENDPOINTS.ID)
                    .from(WEBHOOK_ENDPOINTS)
                    .where(are(keys))
                    .orderBy(WEBHOOK_ENDPOINTS.ID)
                    .forNoKeyUpdate()
                    .execute();
        }
    }

    /// Lets a node send to those of these endpoints for a minute at which something is due, to which no other node
    /// sends, and which are neither paused nor off.
    @AllTenants("a node sends for all tenants at once")
    List<Claimed> claim(Collection<Key> keys, Instant now) {
        return keys.isEmpty()
                ? List.of()
                : sql.update(WEBHOOK_ENDPOINTS)
                        .set(WEBHOOK_ENDPOINTS.FREE_AT, now.plus(LONGEST_CLAIM))
                        .where(are(keys), isDue(now))
                        .returning()
                        .fetch(row -> new Claimed(endpoint(row), secrets(row)));
    }

    /// Ends a claim.
    void release(AccountId tenant, UUID id) {
        change(tenant, id, new Columns().with(WEBHOOK_ENDPOINTS.FREE_AT, Instant.EPOCH));
    }

    /// Ends claims after something has arrived, and failures with the pauses that came of them.
    @AllTenants("a node stores together what it has sent for all tenants")
    void succeeded(Collection<Key> keys) {
        if (!keys.isEmpty()) {
            sql.update(WEBHOOK_ENDPOINTS)
                    .set(WEBHOOK_ENDPOINTS.FREE_AT, Instant.EPOCH)
                    .setNull(WEBHOOK_ENDPOINTS.FAILING_SINCE_AT)
                    .set(WEBHOOK_ENDPOINTS.FAILURES, 0)
                    .set(WEBHOOK_ENDPOINTS.RESUMES_AT, Instant.EPOCH)
                    .where(are(keys))
                    .execute();
        }
    }

    /// Counts a failure at an address.
    ///
    /// @return how often it has failed, in a row; empty if the endpoint has another address by now
    Optional<Integer> failed(AccountId tenant, UUID id, String url, Instant now) {
        sql.update(WEBHOOK_ENDPOINTS)
                .set(WEBHOOK_ENDPOINTS.FAILURES, WEBHOOK_ENDPOINTS.FAILURES.plus(1))
                .set(
                        WEBHOOK_ENDPOINTS.FAILING_SINCE_AT,
                        DSL.coalesce(
                                WEBHOOK_ENDPOINTS.FAILING_SINCE_AT, DSL.val(now, WEBHOOK_ENDPOINTS.FAILING_SINCE_AT)))
                .where(is(tenant, id), WEBHOOK_ENDPOINTS.URL.eq(url))
                .execute();
        return sql.fetchOptionalValue(WEBHOOK_ENDPOINTS.FAILURES, is(tenant, id).and(WEBHOOK_ENDPOINTS.URL.eq(url)));
    }

    void pause(AccountId tenant, UUID id, Instant until) {
        change(tenant, id, new Columns().with(WEBHOOK_ENDPOINTS.RESUMES_AT, until));
    }

    void switchOff(AccountId tenant, UUID id, String reason) {
        change(
                tenant,
                id,
                new Columns().with(WEBHOOK_ENDPOINTS.IS_ACTIVE, false).with(WEBHOOK_ENDPOINTS.OFF_REASON, reason));
    }

    /// Returns endpoints of an account, and of its workspaces, that the server has switched off.
    List<Endpoint> switchedOff(Owner owner, int limit) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(
                        WEBHOOK_ENDPOINTS.TENANT_ID.eq(owner.tenant()),
                        WEBHOOK_ENDPOINTS.ACCOUNT_ID.eq(owner.account()),
                        WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(false),
                        WEBHOOK_ENDPOINTS.OFF_REASON.isNotNull())
                .orderBy(WEBHOOK_ENDPOINTS.CREATED_AT, WEBHOOK_ENDPOINTS.ID)
                .limit(limit)
                .fetch(EndpointStore::endpoint);
    }

    void hearOnly(AccountId tenant, UUID id, List<String> events) {
        change(tenant, id, new Columns().with(WEBHOOK_ENDPOINTS.EVENTS, String.join(BETWEEN, events)));
    }

    List<Endpoint> active(AccountId tenant) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(WEBHOOK_ENDPOINTS.TENANT_ID.eq(tenant), WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true))
                .orderBy(WEBHOOK_ENDPOINTS.ID)
                .fetch(EndpointStore::endpoint);
    }

    /// Returns endpoints that are on, in the order of their ids.
    @AllTenants("a job looks whether those who set them up still may hear")
    List<Endpoint> active(Optional<UUID> after, int limit) {
        return sql.selectFrom(WEBHOOK_ENDPOINTS)
                .where(
                        WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true),
                        after.map(id -> WEBHOOK_ENDPOINTS.ID.gt(id)).orElse(DSL.noCondition()))
                .orderBy(WEBHOOK_ENDPOINTS.ID)
                .limit(limit)
                .fetch(EndpointStore::endpoint);
    }

    /// Switches off all endpoints of an account, those of its workspaces too.
    void switchOffAll(Owner owner, String reason) {
        sql.update(WEBHOOK_ENDPOINTS)
                .set(WEBHOOK_ENDPOINTS.IS_ACTIVE, false)
                .set(WEBHOOK_ENDPOINTS.OFF_REASON, reason)
                .where(
                        WEBHOOK_ENDPOINTS.TENANT_ID.eq(owner.tenant()),
                        WEBHOOK_ENDPOINTS.ACCOUNT_ID.eq(owner.account()),
                        WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true))
                .execute();
    }

    @AllTenants("a person sets up endpoints in each account that they work for")
    void switchOffMadeBy(IdentityId maker, String reason) {
        sql.update(WEBHOOK_ENDPOINTS)
                .set(WEBHOOK_ENDPOINTS.IS_ACTIVE, false)
                .set(WEBHOOK_ENDPOINTS.OFF_REASON, reason)
                .where(WEBHOOK_ENDPOINTS.SET_UP_BY_IDENTITY_ID.eq(maker), WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true))
                .execute();
    }

    /// Returns endpoints with something that is due: two looks into an index for each endpoint, however much waits.
    @AllTenants("a job looks for what waits, of all tenants")
    List<Key> due(Instant now, int limit) {
        return sql.select(WEBHOOK_ENDPOINTS.TENANT_ID, WEBHOOK_ENDPOINTS.ID)
                .from(WEBHOOK_ENDPOINTS)
                .where(isDue(now))
                .limit(limit)
                .fetch(row -> new Key(row.value1(), row.value2()));
    }

    private static Condition isDue(Instant now) {
        return DSL.and(
                WEBHOOK_ENDPOINTS.IS_ACTIVE.eq(true),
                hasPassed(WEBHOOK_ENDPOINTS.RESUMES_AT, now, LONGEST_PAUSE),
                hasPassed(WEBHOOK_ENDPOINTS.FREE_AT, now, LONGEST_CLAIM),
                hasWaiting(WEBHOOK_DELIVERIES.DUE_AT.le(now))
                        .or(hasWaiting(WEBHOOK_DELIVERIES.DUE_AT.gt(now.plus(Delivery.LONGEST_WAIT)))));
    }

    private static Condition hasPassed(Field<Instant> time, Instant now, Duration longest) {
        return time.le(now).or(time.gt(now.plus(longest)));
    }

    private static Condition hasWaiting(Condition due) {
        return DSL.exists(DSL.selectOne()
                .from(WEBHOOK_DELIVERIES)
                .where(
                        WEBHOOK_DELIVERIES.ENDPOINT_ID.eq(WEBHOOK_ENDPOINTS.ID),
                        WEBHOOK_DELIVERIES.STATE.eq(DSL.inline(Delivery.State.WAITING.key())),
                        due));
    }

    /// Returns all sealed secrets, for the doctor.
    @AllTenants("the doctor checks that the secrets of all accounts can be opened")
    List<String> sealed() {
        return sql.select(WEBHOOK_ENDPOINTS.SECRET).from(WEBHOOK_ENDPOINTS).fetch(WEBHOOK_ENDPOINTS.SECRET);
    }

    private static Condition owned(Owner owner, Optional<String> workspace) {
        return WEBHOOK_ENDPOINTS
                .TENANT_ID
                .eq(owner.tenant())
                .and(WEBHOOK_ENDPOINTS.ACCOUNT_ID.eq(owner.account()))
                .and(workspace
                        .map(id -> WEBHOOK_ENDPOINTS.SUB_CLIENT_ID.eq(id))
                        .orElseGet(EndpointStore::isOfNoWorkspace));
    }

    private static Condition isOfNoWorkspace() {
        return WEBHOOK_ENDPOINTS.SUB_CLIENT_ID.isNull();
    }

    private static Condition is(AccountId tenant, UUID id) {
        return WEBHOOK_ENDPOINTS.TENANT_ID.eq(tenant).and(WEBHOOK_ENDPOINTS.ID.eq(id));
    }

    /// An id is of one tenant alone.
    private static Condition are(Collection<Key> keys) {
        return WEBHOOK_ENDPOINTS.ID.in(keys.stream().map(Key::id).toList());
    }

    private static @Nullable IdentityId person(Optional<Maker> maker) {
        return maker.map(Maker::identity).orElse(null);
    }

    private static @Nullable String key(Optional<Maker> maker) {
        return maker.orElse(null) instanceof Maker.Key key ? key.id() : null;
    }

    private static Optional<Maker> maker(Record row) {
        return Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.SET_UP_BY_IDENTITY_ID))
                .map(person -> Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.SET_UP_BY_KEY_ID))
                        .<Maker>map(key -> new Maker.Key(key, person))
                        .orElseGet(() -> new Maker.Person(person)));
    }

    private static Secrets secrets(Record row) {
        return new Secrets(
                row.get(WEBHOOK_ENDPOINTS.SECRET),
                Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.OLD_SECRET)),
                Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.OLD_SECRET_ENDS_AT)));
    }

    private static List<String> events(String stored) {
        return List.of(stored.split(BETWEEN));
    }

    private static Endpoint endpoint(Record row) {
        return new Endpoint(
                row.get(WEBHOOK_ENDPOINTS.ID),
                new EndpointOwner(
                        new Owner(row.get(WEBHOOK_ENDPOINTS.TENANT_ID), row.get(WEBHOOK_ENDPOINTS.ACCOUNT_ID)),
                        Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.SUB_CLIENT_ID))),
                row.get(WEBHOOK_ENDPOINTS.URL),
                events(row.get(WEBHOOK_ENDPOINTS.EVENTS)),
                row.get(WEBHOOK_ENDPOINTS.IS_ACTIVE),
                maker(row),
                Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.OFF_REASON)),
                Optional.ofNullable(row.get(WEBHOOK_ENDPOINTS.FAILING_SINCE_AT)),
                row.get(WEBHOOK_ENDPOINTS.CREATED_AT));
    }

    private void change(AccountId tenant, UUID id, Columns changed) {
        sql.update(WEBHOOK_ENDPOINTS).set(changed).where(is(tenant, id)).execute();
    }
}
