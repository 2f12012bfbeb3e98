package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record4;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

public final class OutgoingStore {

    private final DSLContext sql;

    public OutgoingStore(Tx tx) {
        this.sql = tx.sql();
    }

    public Optional<OutgoingMessage> find(AccountId tenant, UUID id) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(owned(tenant), OUTGOING_MESSAGES.ID.eq(id.toString()))
                .fetchOptional(OutgoingStore::message);
    }

    /// Stores a new state, unless the message was changed in the meantime.
    ///
    /// @param due when a waiting message may be handed over
    public boolean become(AccountId tenant, OutgoingMessage before, OutgoingMessage after, Instant due) {
        return sql.update(OUTGOING_MESSAGES)
                        .set(OUTGOING_MESSAGES.STATE, after.state().key())
                        .set(
                                OUTGOING_MESSAGES.SENDER_ID,
                                after.sender().map(SenderId::value).orElse(null))
                        .set(OUTGOING_MESSAGES.ERROR, after.error().orElse(null))
                        .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, after.changedAt())
                        .set(OUTGOING_MESSAGES.DUE_AT, due)
                        .where(
                                owned(tenant),
                                OUTGOING_MESSAGES.ID.eq(before.id().toString()),
                                OUTGOING_MESSAGES.STATE.eq(before.state().key()))
                        .execute()
                == 1;
    }

    /// Returns how often the message was handed over.
    public int tries(AccountId tenant, UUID id) {
        return sql.select(OUTGOING_MESSAGES.ATTEMPTS)
                .from(OUTGOING_MESSAGES)
                .where(owned(tenant), OUTGOING_MESSAGES.ID.eq(id.toString()))
                .fetchOptional(OUTGOING_MESSAGES.ATTEMPTS)
                .orElse(0);
    }

    /// Returns what may be handed over now: the oldest waiting message of each contact, except contacts whose last
    /// message is still being handed over.
    public List<OutgoingMessage> next(AccountId tenant, SenderId pool, Instant now, int limit) {
        var other = OUTGOING_MESSAGES.as("other");
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        waiting(tenant, pool),
                        OUTGOING_MESSAGES.DUE_AT.le(now),
                        DSL.notExists(sql.selectOne()
                                .from(other)
                                .where(
                                        other.TENANT_ID.eq(OUTGOING_MESSAGES.TENANT_ID),
                                        other.MASTER_ID.eq(OUTGOING_MESSAGES.MASTER_ID),
                                        other.PHONE.eq(OUTGOING_MESSAGES.PHONE),
                                        other.STATE.in(
                                                OutboxStore.inline(DeliveryState.QUEUED),
                                                OutboxStore.inline(DeliveryState.SENDING)),
                                        other.STATE
                                                .eq(OutboxStore.inline(DeliveryState.SENDING))
                                                .or(other.ID.lt(OUTGOING_MESSAGES.ID)))))
                .orderBy(OUTGOING_MESSAGES.DUE_AT, OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns when the first message waiting for a pool may be sent; empty if none waits.
    public Optional<Instant> nextDue(AccountId tenant, SenderId pool) {
        return sql.select(OUTGOING_MESSAGES.DUE_AT)
                .from(OUTGOING_MESSAGES)
                .where(waiting(tenant, pool))
                .orderBy(OUTGOING_MESSAGES.DUE_AT)
                .limit(1)
                .fetchOptional(OUTGOING_MESSAGES.DUE_AT);
    }

    /// Returns all messages waiting for a pool, oldest first.
    public List<OutgoingMessage> queued(AccountId tenant, SenderId pool, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(waiting(tenant, pool))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns what waits for the pools of a tenant and what is being handed over, with the time of the oldest.
    PoolFigures.Waiting waiting(AccountId tenant) {
        var pools = new HashMap<SenderId, Long>();
        var senders = new HashMap<SenderId, Long>();
        var oldest = new AtomicReference<Optional<Instant>>(Optional.empty());
        underWay(tenant).forEach(row -> {
            long count = row.value3();
            pools.merge(new SenderId(row.value1()), count, Long::sum);
            Optional.ofNullable(row.value2()).ifPresent(id -> senders.merge(new SenderId(id), count, Long::sum));
            oldest.updateAndGet(
                    known -> known.filter(time -> time.isBefore(row.value4())).or(() -> Optional.of(row.value4())));
        });
        return new PoolFigures.Waiting(Map.copyOf(pools), Map.copyOf(senders), oldest.get());
    }

    /// Inlines the states, so that SQLite uses the partial index of messages in progress; otherwise it would scan all
    /// messages of the tenant in order.
    ResultQuery<Record4<String, String, Integer, Instant>> underWay(AccountId tenant) {
        Field<String> pool = OUTGOING_MESSAGES.MASTER_ID.concat(DSL.inline(""));
        Field<String> sender = OUTGOING_MESSAGES.SENDER_ID.concat(DSL.inline(""));
        return sql.select(pool, sender, DSL.count(), DSL.min(OUTGOING_MESSAGES.CREATED_AT))
                .from(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.MASTER_ID.gt(DSL.inline("")),
                        OUTGOING_MESSAGES.STATE.in(
                                OutboxStore.inline(DeliveryState.QUEUED), OutboxStore.inline(DeliveryState.SENDING)))
                .groupBy(pool, sender);
    }

    /// Returns the messages that have waited for a pool since before `before`.
    public List<OutgoingMessage> queuedBefore(AccountId tenant, SenderId pool, Instant before, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(waiting(tenant, pool), OUTGOING_MESSAGES.CREATED_AT.lt(before))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Postpones the due messages of a pool until `due`.
    public void putOff(AccountId tenant, SenderId pool, Instant now, Instant due) {
        sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.DUE_AT, due)
                .where(waiting(tenant, pool), OUTGOING_MESSAGES.DUE_AT.le(now))
                .execute();
    }

    /// Makes all messages waiting for a pool due now.
    ///
    /// @return how many had been postponed
    public int dispatchSoon(AccountId tenant, SenderId pool, Instant now) {
        return sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.DUE_AT, now)
                .where(waiting(tenant, pool), OUTGOING_MESSAGES.DUE_AT.gt(now))
                .execute();
    }

    /// Returns the messages of this number to this contact, newest first.
    public List<OutgoingMessage> sentTo(AccountId tenant, SenderId sender, Phone contact, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.eq(sender.value()),
                        OUTGOING_MESSAGES.PHONE.eq(contact.e164()),
                        OUTGOING_MESSAGES.STATE.in(
                                DeliveryState.SENT.key(), DeliveryState.DELIVERED.key(), DeliveryState.READ.key()))
                .orderBy(OUTGOING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns the contacts that a number has sent to with the time of the last message, latest first.
    public Map<Phone, Instant> contacts(AccountId tenant, SenderId sender, int limit) {
        var last = DSL.max(OUTGOING_MESSAGES.CREATED_AT);
        return sql.select(OUTGOING_MESSAGES.PHONE, last)
                .from(OUTGOING_MESSAGES)
                .where(owned(tenant), OUTGOING_MESSAGES.SENDER_ID.eq(sender.value()))
                .groupBy(OUTGOING_MESSAGES.PHONE)
                .orderBy(last.desc())
                .limit(limit)
                .fetchMap(row -> new Phone(row.value1()), row -> row.value2());
    }

    /// Returns the messages that a number has sent and that are not delivered yet: WhatsApp's ids with their contacts.
    public Map<String, Phone> underWay(AccountId tenant, SenderId sender, int limit) {
        return sql.select(OUTGOING_MESSAGES.PROVIDER_ID, OUTGOING_MESSAGES.PHONE)
                .from(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.eq(sender.value()),
                        OUTGOING_MESSAGES.STATE.eq(DeliveryState.SENT.key()),
                        OUTGOING_MESSAGES.PROVIDER_ID.isNotNull())
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetchMap(OUTGOING_MESSAGES.PROVIDER_ID, row -> new Phone(row.value2()));
    }

    /// Returns WhatsApp's ids of the messages in this state.
    public List<String> providers(AccountId tenant, SenderId sender, Phone contact, DeliveryState state, int limit) {
        return sql.select(OUTGOING_MESSAGES.PROVIDER_ID)
                .from(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.eq(sender.value()),
                        OUTGOING_MESSAGES.PHONE.eq(contact.e164()),
                        OUTGOING_MESSAGES.STATE.eq(state.key()),
                        OUTGOING_MESSAGES.PROVIDER_ID.isNotNull())
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OUTGOING_MESSAGES.PROVIDER_ID);
    }

    /// Returns the pools of all tenants that have messages due.
    @AllTenants("a job sends due messages of all tenants")
    public List<SenderKey> duePools(Instant now, int limit) {
        return sql.selectDistinct(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.MASTER_ID)
                .from(OUTGOING_MESSAGES)
                .where(OutboxStore.isIn(DeliveryState.QUEUED), OUTGOING_MESSAGES.DUE_AT.le(now))
                .limit(limit)
                .fetch(row -> new SenderKey(row.value1(), new SenderId(row.value2())));
    }

    /// Returns the messages of all tenants that were handed over before `before` and have no result.
    @AllTenants("a job and the startup find messages without a result, of all tenants")
    public List<OutgoingMessage> unanswered(Instant before, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OutboxStore.isIn(DeliveryState.SENDING), OUTGOING_MESSAGES.STATE_CHANGED_AT.le(before))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    private static Condition waiting(AccountId tenant, SenderId pool) {
        return owned(tenant)
                .and(OUTGOING_MESSAGES.MASTER_ID.eq(pool.value()))
                .and(OutboxStore.isIn(DeliveryState.QUEUED));
    }

    private static Condition owned(AccountId tenant) {
        return OUTGOING_MESSAGES.TENANT_ID.eq(tenant);
    }

    public Map<UUID, OutgoingMessage> findAll(AccountId tenant, Collection<UUID> ids) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        OutboxStore.foundOtherwise(tenant),
                        OUTGOING_MESSAGES.ID.in(ids.stream().map(UUID::toString).toList()))
                .fetchMap(row -> UUID.fromString(row.get(OUTGOING_MESSAGES.ID)), OutgoingStore::message);
    }

    @AllTenants("maps a row to a message")
    public static OutgoingMessage message(Record row) {
        return new OutgoingMessage(
                UUID.fromString(row.get(OUTGOING_MESSAGES.ID)),
                row.get(OUTGOING_MESSAGES.TENANT_ID),
                new SenderId(row.get(OUTGOING_MESSAGES.MASTER_ID)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.SENDER_ID)).map(SenderId::new),
                new Phone(row.get(OUTGOING_MESSAGES.PHONE)),
                row.get(OUTGOING_MESSAGES.BODY),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.MEDIA_PATH))
                        .map(path -> new Media(
                                row.get(OUTGOING_MESSAGES.MEDIA_NAME), row.get(OUTGOING_MESSAGES.MEDIA_TYPE), path)),
                row.get(OUTGOING_MESSAGES.IDEMPOTENCY_KEY),
                DeliveryState.of(row.get(OUTGOING_MESSAGES.STATE)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.ERROR)),
                row.get(OUTGOING_MESSAGES.CREATED_AT),
                row.get(OUTGOING_MESSAGES.STATE_CHANGED_AT));
    }
}
