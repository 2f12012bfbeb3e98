package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record4;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.DSL;

public final class OutgoingStore extends Store {

    /// What waits, by pool and by assigned number; messages without a number wait for their pool.
    ///
    /// @param pool all messages waiting for the pool
    /// @param sender messages being handed over to the number, or assigned to it
    public record Waiting(Map<SenderId, Long> pool, Map<SenderId, Long> sender, Optional<Instant> oldest) {

        public long all() {
            return pool.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final SqlCache NEXT = new SqlCache();
    private static final SqlCache NEXT_DUE = new SqlCache();
    private static final SqlCache SCHEDULED_UNTIL = new SqlCache();
    private static final SqlCache EXPIRED = new SqlCache();

    public OutgoingStore(Tx tx) {
        super(tx);
    }

    public Optional<OutgoingMessage> find(AccountId tenant, UUID id) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(owned(tenant), OUTGOING_MESSAGES.ID.eq(id))
                .fetchOptional(OutgoingStore::message);
    }

    /// Stores a new state, unless the message was changed in the meantime.
    ///
    /// @param due when a waiting message may be handed over
    public boolean become(AccountId tenant, OutgoingMessage before, OutgoingMessage after, Instant due) {
        return Tx.changed(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.STATE, after.state().key())
                .set(OUTGOING_MESSAGES.SENDER_ID, after.sender().orElse(null))
                .set(OUTGOING_MESSAGES.ERROR, after.error().orElse(null))
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, after.changedAt())
                .set(OUTGOING_MESSAGES.DUE_AT, due)
                .set(OUTGOING_MESSAGES.EXPIRES_AT, after.schedule().expiresAt().orElse(null))
                .setNull(OUTGOING_MESSAGES.WAITS_FOR)
                .setNull(OUTGOING_MESSAGES.REFUSAL)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.ID.eq(before.id()),
                        OUTGOING_MESSAGES.STATE.eq(before.state().key())));
    }

    /// Returns how often the message was handed over.
    public int tries(AccountId tenant, UUID id) {
        return sql.fetchOptionalValue(OUTGOING_MESSAGES.ATTEMPTS, owned(tenant).and(OUTGOING_MESSAGES.ID.eq(id)))
                .orElse(0);
    }

    /// Returns what may be handed over now: the oldest waiting message of each contact, except contacts whose last
    /// message is still being handed over.
    public List<OutgoingMessage> next(AccountId tenant, SenderId pool, Instant now, int limit) {
        return messages(NEXT, () -> asNext(tenant, pool, now, limit), tenant, pool, now, (long) limit);
    }

    Select<? extends Record> asNext(AccountId tenant, SenderId pool, Instant now, int limit) {
        var other = OUTGOING_MESSAGES.as("other");
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        waiting(tenant, pool),
                        OUTGOING_MESSAGES.DUE_AT.le(now),
                        Lookup.findsNone(sql.selectOne()
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
                .limit(limit);
    }

    /// Returns when the first message waiting for a pool may be sent; empty if none waits.
    public Optional<Instant> nextDue(AccountId tenant, SenderId pool) {
        return NEXT_DUE.one(
                        sql,
                        () -> sql.select(OUTGOING_MESSAGES.DUE_AT)
                                .from(OUTGOING_MESSAGES)
                                .where(waiting(tenant, pool))
                                .orderBy(OUTGOING_MESSAGES.DUE_AT)
                                .limit(DSL.inline(1)),
                        tenant,
                        pool)
                .map(row -> row.get(OUTGOING_MESSAGES.DUE_AT));
    }

    /// Returns all messages of a pool that are not handed over yet, scheduled ones too, oldest first.
    public List<OutgoingMessage> queued(AccountId tenant, SenderId pool, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(notHandedOver(tenant, pool))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns what waits for the pools of a tenant and what is being handed over, with the time of the oldest.
    public Waiting waiting(AccountId tenant) {
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
        return new Waiting(Map.copyOf(pools), Map.copyOf(senders), oldest.get());
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
                        OUTGOING_MESSAGES.MASTER_ID.coerce(String.class).gt(DSL.inline("")),
                        OUTGOING_MESSAGES.STATE.in(
                                OutboxStore.inline(DeliveryState.QUEUED), OutboxStore.inline(DeliveryState.SENDING)))
                .groupBy(pool, sender);
    }

    /// Returns the messages that have waited for a pool since before `before`. One that was queued again waits anew.
    public List<OutgoingMessage> queuedBefore(AccountId tenant, SenderId pool, Instant before, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(waiting(tenant, pool), OUTGOING_MESSAGES.STATE_CHANGED_AT.lt(before))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Moves what waits for a pool to another one for good, due now.
    ///
    /// @param of only messages to contacts of this number; empty: all
    public int moveQueue(AccountId tenant, SenderId from, SenderId to, Optional<SenderId> of, Instant now) {
        Condition contacts = of.<Condition>map(number -> OUTGOING_MESSAGES.PHONE.in(sql.select(POOL_CONTACTS.PHONE)
                        .from(POOL_CONTACTS)
                        .where(
                                POOL_CONTACTS.TENANT_ID.eq(tenant),
                                POOL_CONTACTS.MASTER_ID.eq(from),
                                POOL_CONTACTS.SENDER_ID.eq(number))))
                .orElseGet(DSL::noCondition);
        return sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.MASTER_ID, to)
                .setNull(OUTGOING_MESSAGES.HOME_MASTER_ID)
                .set(
                        OUTGOING_MESSAGES.DUE_AT,
                        DSL.case_(OUTGOING_MESSAGES.STATE)
                                .when(OutboxStore.inline(DeliveryState.SCHEDULED), OUTGOING_MESSAGES.DUE_AT)
                                .else_(DSL.val(now, OUTGOING_MESSAGES.DUE_AT)))
                .setNull(OUTGOING_MESSAGES.WAITS_FOR)
                .where(notHandedOver(tenant, from), contacts)
                .execute();
    }

    /// Returns what waits to the pool that it was ordered for.
    ///
    /// @return how many messages were returned
    public int bringHome(AccountId tenant, SenderId home, Instant now) {
        return sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.MASTER_ID, OUTGOING_MESSAGES.HOME_MASTER_ID)
                .setNull(OUTGOING_MESSAGES.HOME_MASTER_ID)
                .setNull(OUTGOING_MESSAGES.WAITS_FOR)
                .set(
                        OUTGOING_MESSAGES.DUE_AT,
                        DSL.case_(OUTGOING_MESSAGES.STATE)
                                .when(OutboxStore.inline(DeliveryState.SCHEDULED), OUTGOING_MESSAGES.DUE_AT)
                                .else_(DSL.val(now, OUTGOING_MESSAGES.DUE_AT)))
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.HOME_MASTER_ID.eq(home),
                        OUTGOING_MESSAGES.STATE.in(
                                OutboxStore.inline(DeliveryState.SCHEDULED), OutboxStore.inline(DeliveryState.QUEUED)))
                .execute();
    }

    /// Returns how many messages of a pool are not handed over yet, scheduled ones too.
    public int countWaiting(AccountId tenant, SenderId pool) {
        return sql.fetchCount(OUTGOING_MESSAGES, notHandedOver(tenant, pool));
    }

    /// Returns how many messages wait in the queues of the pools that stand in for this one, scheduled ones too.
    public int countAwayFromHome(AccountId tenant, SenderId home) {
        return sql.fetchCount(
                OUTGOING_MESSAGES,
                owned(tenant),
                OUTGOING_MESSAGES.HOME_MASTER_ID.eq(home),
                OUTGOING_MESSAGES.STATE.in(
                        OutboxStore.inline(DeliveryState.SCHEDULED), OutboxStore.inline(DeliveryState.QUEUED)));
    }

    /// Makes messages that wait for the end of quiet hours due now if their contact has written since `since`.
    public void answerDuringQuietHours(AccountId tenant, SenderId pool, Instant since, Instant now) {
        sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.DUE_AT, now)
                .setNull(OUTGOING_MESSAGES.WAITS_FOR)
                .where(
                        waiting(tenant, pool),
                        OUTGOING_MESSAGES.DUE_AT.gt(now),
                        OUTGOING_MESSAGES.WAITS_FOR.eq(WaitReason.QUIET_HOURS.key()),
                        OUTGOING_MESSAGES.PHONE.in(sql.select(INCOMING_MESSAGES.PHONE)
                                .from(INCOMING_MESSAGES)
                                .where(
                                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                                        INCOMING_MESSAGES.MASTER_ID.eq(pool),
                                        INCOMING_MESSAGES.GROUP_ID.isNull(),
                                        INCOMING_MESSAGES.ID.ge(Uuids.firstAt(since)))))
                .execute();
    }

    /// Returns the messages of this number to this contact, newest first.
    public List<OutgoingMessage> sentTo(AccountId tenant, SenderId sender, ContactAddress contact, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.eq(sender),
                        OUTGOING_MESSAGES.PHONE.eq(contact),
                        OUTGOING_MESSAGES.STATE.in(
                                DeliveryState.SENT.key(), DeliveryState.DELIVERED.key(), DeliveryState.READ.key()))
                .orderBy(OUTGOING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns the contacts that a number has sent to with the time of the last message, latest first.
    public Map<ContactAddress, Instant> contacts(AccountId tenant, SenderId sender, int limit) {
        var last = DSL.max(OUTGOING_MESSAGES.CREATED_AT);
        return sql.select(OUTGOING_MESSAGES.PHONE, last)
                .from(OUTGOING_MESSAGES)
                .where(owned(tenant), OUTGOING_MESSAGES.SENDER_ID.eq(sender))
                .groupBy(OUTGOING_MESSAGES.PHONE)
                .orderBy(last.desc())
                .limit(limit)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// A message on its way to its contact.
    ///
    /// @param provider WhatsApp's id
    public record UnderWay(SenderId sender, ContactAddress to, String provider) {}

    /// Returns the messages that these numbers have sent and that are not delivered yet.
    public List<UnderWay> underWay(AccountId tenant, Collection<SenderId> senders, int limit) {
        return sql.select(OUTGOING_MESSAGES.SENDER_ID, OUTGOING_MESSAGES.PHONE, OUTGOING_MESSAGES.PROVIDER_ID)
                .from(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.in(senders),
                        OUTGOING_MESSAGES.STATE.eq(DeliveryState.SENT.key()),
                        OUTGOING_MESSAGES.PROVIDER_ID.isNotNull())
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(row -> new UnderWay(row.value1(), row.value2(), row.value3()));
    }

    /// Returns WhatsApp's ids of the messages in this state.
    public List<String> providers(
            AccountId tenant, SenderId sender, ContactAddress contact, DeliveryState state, int limit) {
        return sql.select(OUTGOING_MESSAGES.PROVIDER_ID)
                .from(OUTGOING_MESSAGES)
                .where(
                        owned(tenant),
                        OUTGOING_MESSAGES.SENDER_ID.eq(sender),
                        OUTGOING_MESSAGES.PHONE.eq(contact),
                        OUTGOING_MESSAGES.STATE.eq(state.key()),
                        OUTGOING_MESSAGES.PROVIDER_ID.isNotNull())
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OUTGOING_MESSAGES.PROVIDER_ID);
    }

    /// Returns the scheduled messages of all tenants whose time has come.
    @AllTenants("a job queues scheduled messages of all tenants")
    public List<OutgoingMessage> scheduledUntil(Instant now, int limit) {
        return messages(
                SCHEDULED_UNTIL,
                () -> sql.selectFrom(OUTGOING_MESSAGES)
                        .where(OutboxStore.isIn(DeliveryState.SCHEDULED), OUTGOING_MESSAGES.DUE_AT.le(now))
                        .orderBy(OUTGOING_MESSAGES.DUE_AT, OUTGOING_MESSAGES.ID)
                        .limit(limit),
                now,
                (long) limit);
    }

    /// Returns the messages of all tenants that have not been handed over by the time that their sender set.
    @AllTenants("a job ends expired messages of all tenants")
    public List<OutgoingMessage> expired(Instant now, int limit) {
        return messages(
                EXPIRED,
                () -> sql.selectFrom(OUTGOING_MESSAGES)
                        .where(
                                OUTGOING_MESSAGES.EXPIRES_AT.le(now),
                                OUTGOING_MESSAGES.STATE.in(
                                        OutboxStore.inline(DeliveryState.SCHEDULED),
                                        OutboxStore.inline(DeliveryState.QUEUED)))
                        .orderBy(OUTGOING_MESSAGES.EXPIRES_AT)
                        .limit(limit),
                now,
                (long) limit);
    }

    private List<OutgoingMessage> messages(SqlCache written, Supplier<? extends Select<?>> query, Object... values) {
        return written.fetch(sql, query, values).stream()
                .map(OutgoingStore::message)
                .toList();
    }

    static Condition waiting(AccountId tenant, SenderId pool) {
        return owned(tenant).and(OUTGOING_MESSAGES.MASTER_ID.eq(pool)).and(OutboxStore.isIn(DeliveryState.QUEUED));
    }

    private static Condition notHandedOver(AccountId tenant, SenderId pool) {
        return owned(tenant)
                .and(OUTGOING_MESSAGES.MASTER_ID.eq(pool))
                .and(OutboxStore.isIn(DeliveryState.QUEUED).or(OutboxStore.isIn(DeliveryState.SCHEDULED)));
    }

    private static Condition owned(AccountId tenant) {
        return OUTGOING_MESSAGES.TENANT_ID.eq(tenant);
    }

    public Map<UUID, OutgoingMessage> findAll(AccountId tenant, Collection<UUID> ids) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OutboxStore.foundOtherwise(tenant), OUTGOING_MESSAGES.ID.in(ids))
                .fetchMap(row -> row.get(OUTGOING_MESSAGES.ID), OutgoingStore::message);
    }

    /// Returns why these messages were refused, as far as drivers told.
    public Map<UUID, OutgoingMessage.Refusal> refusals(AccountId tenant, Collection<UUID> ids) {
        return sql.select(OUTGOING_MESSAGES.ID, OUTGOING_MESSAGES.REFUSAL)
                .from(OUTGOING_MESSAGES)
                .where(
                        OutboxStore.foundOtherwise(tenant),
                        OUTGOING_MESSAGES.ID.in(ids),
                        OUTGOING_MESSAGES.REFUSAL.isNotNull())
                .fetchMap(row -> row.value1(), row -> OutgoingMessage.Refusal.of(row.value2()));
    }

    @AllTenants("maps a row to a message")
    public static OutgoingMessage message(Record row) {
        DeliveryState state = Keyed.of(DeliveryState.class, row.get(OUTGOING_MESSAGES.STATE));
        return new OutgoingMessage(
                row.get(OUTGOING_MESSAGES.ID),
                row.get(OUTGOING_MESSAGES.TENANT_ID),
                row.get(OUTGOING_MESSAGES.MASTER_ID),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.HOME_MASTER_ID)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.SENDER_ID)),
                row.get(OUTGOING_MESSAGES.PHONE),
                row.get(OUTGOING_MESSAGES.BODY),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.MEDIA_PATH))
                        .map(path -> new Media(
                                row.get(OUTGOING_MESSAGES.MEDIA_NAME), row.get(OUTGOING_MESSAGES.MEDIA_TYPE), path)),
                MessageContent.of(
                        Optional.ofNullable(row.get(OUTGOING_MESSAGES.CONTENT)),
                        Optional.ofNullable(row.get(OUTGOING_MESSAGES.QUOTED_PROVIDER_ID))
                                .map(id -> new MessageContent.Quoted(id, row.get(OUTGOING_MESSAGES.IS_QUOTED_OURS)))),
                row.get(OUTGOING_MESSAGES.IDEMPOTENCY_KEY),
                new MessageSchedule(
                        Optional.ofNullable(row.get(OUTGOING_MESSAGES.SEND_AT)),
                        Optional.ofNullable(row.get(OUTGOING_MESSAGES.EXPIRES_AT))),
                state,
                waiting(row, state),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.ERROR)),
                row.get(OUTGOING_MESSAGES.CREATED_AT),
                row.get(OUTGOING_MESSAGES.STATE_CHANGED_AT));
    }

    private static Optional<OutgoingMessage.Waiting> waiting(Record row, DeliveryState state) {
        Instant due = row.get(OUTGOING_MESSAGES.DUE_AT);
        return switch (state) {
            case SCHEDULED -> Optional.of(new OutgoingMessage.Waiting(WaitReason.SCHEDULED, due));
            case QUEUED ->
                Optional.of(new OutgoingMessage.Waiting(
                        Optional.ofNullable(row.get(OUTGOING_MESSAGES.WAITS_FOR))
                                .map(key -> Keyed.of(WaitReason.class, key))
                                .orElse(WaitReason.TURN),
                        due));
            case SENDING, SENT, DELIVERED, READ, FAILED, UNCERTAIN, CANCELED -> Optional.empty();
        };
    }
}
