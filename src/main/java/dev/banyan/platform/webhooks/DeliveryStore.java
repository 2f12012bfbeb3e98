package dev.banyan.platform.webhooks;

import static dev.banyan.schema.Tables.WEBHOOK_DELIVERIES;
import static dev.banyan.schema.Tables.WEBHOOK_ENDPOINTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

final class DeliveryStore extends Store {

    /// A delivery after a try.
    record Tried(AccountId tenant, Delivery after) {}

    DeliveryStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        var insert = sql.insertInto(
                WEBHOOK_DELIVERIES,
                WEBHOOK_DELIVERIES.ID,
                WEBHOOK_DELIVERIES.TENANT_ID,
                WEBHOOK_DELIVERIES.ENDPOINT_ID,
                WEBHOOK_DELIVERIES.EVENT_ID,
                WEBHOOK_DELIVERIES.EVENT_TYPE,
                WEBHOOK_DELIVERIES.SUBJECT,
                WEBHOOK_DELIVERIES.BODY,
                WEBHOOK_DELIVERIES.STATE,
                WEBHOOK_DELIVERIES.ATTEMPTS,
                WEBHOOK_DELIVERIES.DUE_AT,
                WEBHOOK_DELIVERIES.CREATED_AT);
        for (Delivery delivery : deliveries) {
            insert = insert.values(
                    delivery.id(),
                    tenant,
                    delivery.endpoint(),
                    delivery.event(),
                    delivery.type(),
                    delivery.subject(),
                    delivery.body(),
                    delivery.state().key(),
                    delivery.attempts(),
                    delivery.due(),
                    delivery.createdAt());
        }
        insert.execute();
    }

    Optional<Delivery> find(AccountId tenant, UUID endpoint, UUID id) {
        return sql.selectFrom(WEBHOOK_DELIVERIES)
                .where(of(tenant, endpoint), WEBHOOK_DELIVERIES.ID.eq(id))
                .fetchOptional(DeliveryStore::delivery);
    }

    /// Returns the newest first.
    ///
    /// @param hidden types that are left out
    List<Delivery> list(AccountId tenant, UUID endpoint, Collection<String> hidden, Delivery.Wanted wanted, int limit) {
        return sql.selectFrom(WEBHOOK_DELIVERIES)
                .where(
                        of(tenant, endpoint),
                        hidden.isEmpty() ? DSL.noCondition() : WEBHOOK_DELIVERIES.EVENT_TYPE.notIn(hidden),
                        wanted.event().map(WEBHOOK_DELIVERIES.EVENT_TYPE::eq).orElse(DSL.noCondition()),
                        wanted.state()
                                .map(state -> WEBHOOK_DELIVERIES.STATE.eq(state.key()))
                                .orElse(DSL.noCondition()),
                        wanted.since().map(WEBHOOK_DELIVERIES.CREATED_AT::ge).orElse(DSL.noCondition()),
                        wanted.after().map(id -> WEBHOOK_DELIVERIES.ID.lt(id)).orElse(DSL.noCondition()))
                .orderBy(WEBHOOK_DELIVERIES.ID.desc())
                .limit(limit)
                .fetch(DeliveryStore::delivery);
    }

    /// Returns what is due at each of these endpoints, the oldest events first: one look into an index for each,
    /// however much waits.
    ///
    /// @param limit for each endpoint
    @AllTenants("a node sends for all tenants at once")
    Map<UUID, List<Delivery>> due(Collection<UUID> endpoints, Instant now, int limit) {
        if (endpoints.isEmpty()) {
            return Map.of();
        }
        var due = new HashMap<>(due(endpoints, WEBHOOK_DELIVERIES.DUE_AT.le(now), limit));
        List<UUID> others =
                endpoints.stream().filter(id -> !due.containsKey(id)).toList();
        if (!others.isEmpty()) { // what was stored before the clock was set back
            due.putAll(due(others, WEBHOOK_DELIVERIES.DUE_AT.gt(now.plus(Delivery.LONGEST_WAIT)), limit));
        }
        return due;
    }

    private Map<UUID, List<Delivery>> due(Collection<UUID> endpoints, Condition isDue, int limit) {
        var first = DSL.select(WEBHOOK_DELIVERIES.ID)
                .from(WEBHOOK_DELIVERIES)
                .where(WEBHOOK_DELIVERIES.ENDPOINT_ID.eq(WEBHOOK_ENDPOINTS.ID), isWaiting(), isDue)
                .orderBy(WEBHOOK_DELIVERIES.DUE_AT, WEBHOOK_DELIVERIES.ID)
                .limit(limit);
        var delivery = WEBHOOK_DELIVERIES.as("delivery");
        return sql
                .select(delivery.fields())
                // In this order: SQLite would else begin with all deliveries.
                .from(WEBHOOK_ENDPOINTS.crossJoin(delivery))
                .where(
                        WEBHOOK_ENDPOINTS.ID.in(endpoints),
                        // PostgreSQL would ask an IN of each delivery.
                        sql.family() == SQLDialect.SQLITE
                                ? delivery.ID.in(first)
                                : delivery.ID.eq(DSL.any(DSL.array(first))))
                .orderBy(delivery.DUE_AT, delivery.ID)
                .fetchInto(WEBHOOK_DELIVERIES)
                .stream()
                .map(DeliveryStore::delivery)
                .collect(Collectors.groupingBy(Delivery::endpoint));
    }

    /// Stores what came of tries. The statement is written once, for the first one.
    @AllTenants("a node stores together what it has sent for all tenants")
    void tried(List<Tried> tried) {
        if (tried.isEmpty()) {
            return;
        }
        Delivery first = tried.getFirst().after();
        var update = sql.update(WEBHOOK_DELIVERIES)
                .set(WEBHOOK_DELIVERIES.STATE, first.state().key())
                .set(WEBHOOK_DELIVERIES.ATTEMPTS, first.attempts())
                .set(WEBHOOK_DELIVERIES.DUE_AT, first.due())
                .set(WEBHOOK_DELIVERIES.TRIED_AT, first.triedAt().orElse(null))
                .set(WEBHOOK_DELIVERIES.TOOK_MS, first.tookMillis().orElse(null))
                .set(WEBHOOK_DELIVERIES.STATUS, first.status().orElse(null))
                .set(WEBHOOK_DELIVERIES.ERROR, first.error().orElse(null))
                .set(WEBHOOK_DELIVERIES.ANSWER, first.answer().orElse(null))
                .where(
                        of(tried.getFirst().tenant(), first.endpoint()),
                        WEBHOOK_DELIVERIES.ID.eq(first.id()),
                        isWaiting());
        sql.batch(update, tried.stream().map(DeliveryStore::values).toArray(Object[][]::new))
                .execute();
    }

    /// Returns the values of the statement above, in its order.
    private static Object[] values(Tried tried) {
        Delivery after = tried.after();
        return new Object[] {
            after.state().key(),
            after.attempts(),
            after.due(),
            after.triedAt().orElse(null),
            after.tookMillis().orElse(null),
            after.status().orElse(null),
            after.error().orElse(null),
            after.answer().orElse(null),
            tried.tenant(),
            after.endpoint(),
            after.id()
        };
    }

    /// Lets deliveries that ended be sent again, from the beginning of their tries; the oldest first.
    ///
    /// @param which one, all that failed, or all since a time
    /// @return how many; at most `limit`
    int again(AccountId tenant, UUID endpoint, Replay which, Instant now, int limit) {
        List<UUID> ids = sql.select(WEBHOOK_DELIVERIES.ID)
                .from(WEBHOOK_DELIVERIES)
                .where(of(tenant, endpoint), isWaiting().not(), which(which))
                .orderBy(WEBHOOK_DELIVERIES.ID)
                .limit(limit)
                .fetch(WEBHOOK_DELIVERIES.ID);
        return ids.isEmpty()
                ? 0
                : sql.update(WEBHOOK_DELIVERIES)
                        .set(WEBHOOK_DELIVERIES.STATE, Delivery.State.WAITING.key())
                        .set(WEBHOOK_DELIVERIES.ATTEMPTS, 0)
                        .set(WEBHOOK_DELIVERIES.DUE_AT, now)
                        .where(of(tenant, endpoint), WEBHOOK_DELIVERIES.ID.in(ids))
                        .execute();
    }

    private static Condition which(Replay which) {
        return switch (which) {
            case Replay.One(UUID id) -> WEBHOOK_DELIVERIES.ID.eq(id);
            case Replay.Failed _ -> WEBHOOK_DELIVERIES.STATE.eq(Delivery.State.FAILED.key());
            case Replay.Since(Instant time) -> WEBHOOK_DELIVERIES.CREATED_AT.ge(time);
        };
    }

    @AllTenants("a job deletes old deliveries of all tenants")
    int deleteEndedBefore(Instant time, int limit) {
        return deleteSome(
                WEBHOOK_DELIVERIES.ID,
                WEBHOOK_DELIVERIES
                        .CREATED_AT
                        .lt(time)
                        .and(WEBHOOK_DELIVERIES.STATE.ne(DSL.inline(Delivery.State.WAITING.key()))),
                limit);
    }

    /// Ends deliveries of these types without a try if more wait: the oldest, but for those that may be on their way.
    void dropWaiting(AccountId tenant, UUID endpoint, List<String> types, int most, String why) {
        List<UUID> waiting = sql.select(WEBHOOK_DELIVERIES.ID)
                .from(WEBHOOK_DELIVERIES)
                .where(of(tenant, endpoint), isWaiting(), WEBHOOK_DELIVERIES.EVENT_TYPE.in(types))
                .orderBy(WEBHOOK_DELIVERIES.DUE_AT, WEBHOOK_DELIVERIES.ID)
                .fetch(WEBHOOK_DELIVERIES.ID);
        if (waiting.size() > most) {
            int first = Math.min(DeliveryLedger.AT_ONCE, most);
            sql.update(WEBHOOK_DELIVERIES)
                    .set(WEBHOOK_DELIVERIES.STATE, Delivery.State.FAILED.key())
                    .set(WEBHOOK_DELIVERIES.ERROR, why)
                    .where(
                            of(tenant, endpoint),
                            isWaiting(),
                            WEBHOOK_DELIVERIES.ID.in(waiting.subList(first, first + waiting.size() - most)))
                    .execute();
        }
    }

    /// Deletes all but the newest deliveries of these types, unless they wait.
    void deleteEnded(AccountId tenant, UUID endpoint, List<String> types, int most) {
        Condition those = of(tenant, endpoint).and(WEBHOOK_DELIVERIES.EVENT_TYPE.in(types));
        sql.select(WEBHOOK_DELIVERIES.ID)
                .from(WEBHOOK_DELIVERIES)
                .where(those)
                .orderBy(WEBHOOK_DELIVERIES.ID.desc())
                .offset(most)
                .limit(1)
                .fetchOptional(WEBHOOK_DELIVERIES.ID)
                .ifPresent(id -> sql.deleteFrom(WEBHOOK_DELIVERIES)
                        .where(those, isWaiting().not(), WEBHOOK_DELIVERIES.ID.le(id))
                        .execute());
    }

    private static Condition of(AccountId tenant, UUID endpoint) {
        return WEBHOOK_DELIVERIES.TENANT_ID.eq(tenant).and(WEBHOOK_DELIVERIES.ENDPOINT_ID.eq(endpoint));
    }

    private static Condition isWaiting() {
        return WEBHOOK_DELIVERIES.STATE.eq(DSL.inline(Delivery.State.WAITING.key()));
    }

    private static Delivery delivery(Record row) {
        return new Delivery(
                row.get(WEBHOOK_DELIVERIES.ID),
                row.get(WEBHOOK_DELIVERIES.ENDPOINT_ID),
                row.get(WEBHOOK_DELIVERIES.EVENT_ID),
                row.get(WEBHOOK_DELIVERIES.EVENT_TYPE),
                row.get(WEBHOOK_DELIVERIES.SUBJECT),
                row.get(WEBHOOK_DELIVERIES.BODY),
                Keyed.of(Delivery.State.class, row.get(WEBHOOK_DELIVERIES.STATE)),
                row.get(WEBHOOK_DELIVERIES.ATTEMPTS),
                row.get(WEBHOOK_DELIVERIES.DUE_AT),
                Optional.ofNullable(row.get(WEBHOOK_DELIVERIES.TRIED_AT)),
                Optional.ofNullable(row.get(WEBHOOK_DELIVERIES.TOOK_MS)),
                Optional.ofNullable(row.get(WEBHOOK_DELIVERIES.STATUS)),
                Optional.ofNullable(row.get(WEBHOOK_DELIVERIES.ERROR)),
                Optional.ofNullable(row.get(WEBHOOK_DELIVERIES.ANSWER)),
                row.get(WEBHOOK_DELIVERIES.CREATED_AT));
    }
}
