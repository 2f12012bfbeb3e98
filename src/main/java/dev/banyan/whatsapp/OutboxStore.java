package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Reads and writes outgoing messages in batches: one prepared statement for all messages of a batch.
public final class OutboxStore extends Store {

    /// Messages of a long queue that are changed in one transaction.
    public static final int AT_ONCE = 5_000;

    /// A state change of a message.
    ///
    /// @param due when a message that waits again may be handed over
    /// @param provider WhatsApp's id, if it has just become known
    /// @param refusal why it has failed, if a driver told
    public record Step(
            OutgoingMessage before,
            OutgoingMessage after,
            Instant due,
            Optional<String> provider,
            Optional<OutgoingMessage.Refusal> refusal) {

        public Step(OutgoingMessage before, OutgoingMessage after, Instant due, Optional<String> provider) {
            this(before, after, due, provider, Optional.empty());
        }
    }

    /// @param reason why this number was chosen, for people
    public record Handed(OutgoingMessage before, OutgoingMessage after, String reason) {}

    /// The current load of a number.
    public record Load(int underWay, int uncertain) {

        private Load plus(Load other) {
            return new Load(underWay + other.underWay, uncertain + other.uncertain);
        }
    }

    private final SenderStore senders;

    public OutboxStore(Tx tx) {
        super(tx);
        this.senders = new SenderStore(tx);
    }

    /// @return for each message, whether it was inserted: a key is accepted once per tenant
    public List<Boolean> insert(AccountId tenant, List<OutgoingMessage> messages, Optional<UUID> batch) {
        Set<SenderId> real = messages.stream()
                .map(OutgoingMessage::orderedFor)
                .distinct()
                .filter(pool -> senders.isRealPool(tenant, pool))
                .collect(Collectors.toSet());
        BatchBindStep all = sql.batch(sql.insertInto(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.ID, later(OUTGOING_MESSAGES.ID))
                .set(OUTGOING_MESSAGES.TENANT_ID, later(OUTGOING_MESSAGES.TENANT_ID))
                .set(OUTGOING_MESSAGES.MASTER_ID, later(OUTGOING_MESSAGES.MASTER_ID))
                .set(OUTGOING_MESSAGES.PHONE, later(OUTGOING_MESSAGES.PHONE))
                .set(OUTGOING_MESSAGES.BODY, later(OUTGOING_MESSAGES.BODY))
                .set(OUTGOING_MESSAGES.MEDIA_NAME, later(OUTGOING_MESSAGES.MEDIA_NAME))
                .set(OUTGOING_MESSAGES.MEDIA_TYPE, later(OUTGOING_MESSAGES.MEDIA_TYPE))
                .set(OUTGOING_MESSAGES.MEDIA_PATH, later(OUTGOING_MESSAGES.MEDIA_PATH))
                .set(OUTGOING_MESSAGES.CONTENT, later(OUTGOING_MESSAGES.CONTENT))
                .set(OUTGOING_MESSAGES.QUOTED_PROVIDER_ID, later(OUTGOING_MESSAGES.QUOTED_PROVIDER_ID))
                .set(OUTGOING_MESSAGES.IS_QUOTED_OURS, later(OUTGOING_MESSAGES.IS_QUOTED_OURS))
                .set(OUTGOING_MESSAGES.IDEMPOTENCY_KEY, later(OUTGOING_MESSAGES.IDEMPOTENCY_KEY))
                .set(OUTGOING_MESSAGES.BATCH_ID, later(OUTGOING_MESSAGES.BATCH_ID))
                .set(OUTGOING_MESSAGES.HOME_MASTER_ID, later(OUTGOING_MESSAGES.HOME_MASTER_ID))
                .set(OUTGOING_MESSAGES.STATE, later(OUTGOING_MESSAGES.STATE))
                .set(OUTGOING_MESSAGES.ATTEMPTS, DSL.inline(0))
                .set(OUTGOING_MESSAGES.DUE_AT, later(OUTGOING_MESSAGES.DUE_AT))
                .set(OUTGOING_MESSAGES.SEND_AT, later(OUTGOING_MESSAGES.SEND_AT))
                .set(OUTGOING_MESSAGES.EXPIRES_AT, later(OUTGOING_MESSAGES.EXPIRES_AT))
                .set(OUTGOING_MESSAGES.CREATED_AT, later(OUTGOING_MESSAGES.CREATED_AT))
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, later(OUTGOING_MESSAGES.STATE_CHANGED_AT))
                .set(OUTGOING_MESSAGES.IS_REAL, later(OUTGOING_MESSAGES.IS_REAL))
                .onConflictDoNothing());
        for (OutgoingMessage message : messages) {
            all = all.bind(
                    message.id(),
                    tenant,
                    message.pool(),
                    message.to(),
                    message.text(),
                    message.media().map(Media::name).orElse(null),
                    message.media().map(Media::type).orElse(null),
                    message.media().map(Media::path).orElse(null),
                    message.content().column().orElse(null),
                    message.content()
                            .quoted()
                            .map(MessageContent.Quoted::provider)
                            .orElse(null),
                    message.content()
                            .quoted()
                            .map(MessageContent.Quoted::isOurs)
                            .orElse(null),
                    message.key(),
                    batch.orElse(null),
                    message.home().orElse(null),
                    message.state().key(),
                    message.state() == DeliveryState.SCHEDULED
                            ? message.schedule().sendAt().orElseThrow()
                            : message.createdAt(),
                    message.schedule().sendAt().orElse(null),
                    message.schedule().expiresAt().orElse(null),
                    message.createdAt(),
                    message.changedAt(),
                    real.contains(message.orderedFor()));
        }
        return done(all);
    }

    /// Lets the due messages that were ordered for real numbers wait in a pool that has none any more, at most
    /// [#AT_ONCE] of them.
    ///
    /// @param why a full sentence for people
    /// @return how many wait now
    public int awaitRealNumbers(AccountId tenant, SenderId pool, Waiting wait, String why, Instant now) {
        List<UUID> due = some(OutgoingStore.waiting(tenant, pool)
                .and(OUTGOING_MESSAGES.DUE_AT.le(now))
                .and(OUTGOING_MESSAGES.IS_REAL.eq(true)));
        sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.ERROR, why)
                .where(foundOtherwise(tenant), OUTGOING_MESSAGES.ID.in(due), isIn(DeliveryState.QUEUED))
                .execute();
        putOff(tenant, due, wait);
        return due.size();
    }

    /// Returns whether one of these messages was ordered for real numbers.
    public boolean hasReal(AccountId tenant, Collection<UUID> ids) {
        return sql.fetchExists(
                OUTGOING_MESSAGES,
                foundOtherwise(tenant),
                OUTGOING_MESSAGES.ID.in(ids),
                OUTGOING_MESSAGES.IS_REAL.eq(true));
    }

    /// Returns how many messages that were ordered for real numbers wait for a pool.
    public int waitingForReal(AccountId tenant, SenderId pool) {
        return sql.fetchCount(
                OUTGOING_MESSAGES, OutgoingStore.waiting(tenant, pool), OUTGOING_MESSAGES.IS_REAL.eq(true));
    }

    /// Marks these messages as handed over and counts the attempt.
    ///
    /// @param node that hands them over
    /// @return for each message, whether it was still waiting
    public List<Boolean> handOver(AccountId tenant, List<Handed> handed, UUID node) {
        BatchBindStep all = sql.batch(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.STATE, DSL.inline(DeliveryState.SENDING.key()))
                .set(OUTGOING_MESSAGES.SENDER_ID, later(OUTGOING_MESSAGES.SENDER_ID))
                .set(OUTGOING_MESSAGES.ERROR, DSL.castNull(OUTGOING_MESSAGES.ERROR))
                .set(OUTGOING_MESSAGES.WAITS_FOR, DSL.castNull(OUTGOING_MESSAGES.WAITS_FOR))
                .set(OUTGOING_MESSAGES.REASON, later(OUTGOING_MESSAGES.REASON))
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, later(OUTGOING_MESSAGES.STATE_CHANGED_AT))
                .set(OUTGOING_MESSAGES.NODE_ID, later(OUTGOING_MESSAGES.NODE_ID))
                .set(OUTGOING_MESSAGES.ATTEMPTS, OUTGOING_MESSAGES.ATTEMPTS.plus(DSL.inline(1)))
                .where(byId(), OUTGOING_MESSAGES.STATE.concat(DSL.inline("")).eq(inline(DeliveryState.QUEUED))));
        for (Handed one : handed) {
            all = all.bind(
                    one.after().sender().orElseThrow(),
                    one.reason(),
                    one.after().changedAt(),
                    node.toString(),
                    tenant.toString(),
                    one.before().id());
        }
        return done(all);
    }

    /// Stores new states.
    ///
    /// @return for each step, whether the message was unchanged since it was read
    public List<Boolean> become(AccountId tenant, List<Step> steps) {
        BatchBindStep all = sql.batch(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.STATE, later(OUTGOING_MESSAGES.STATE))
                .set(OUTGOING_MESSAGES.ERROR, later(OUTGOING_MESSAGES.ERROR))
                .set(
                        OUTGOING_MESSAGES.PROVIDER_ID,
                        DSL.coalesce(later(OUTGOING_MESSAGES.PROVIDER_ID), OUTGOING_MESSAGES.PROVIDER_ID))
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, later(OUTGOING_MESSAGES.STATE_CHANGED_AT))
                .set(OUTGOING_MESSAGES.DUE_AT, later(OUTGOING_MESSAGES.DUE_AT))
                .set(OUTGOING_MESSAGES.WAITS_FOR, later(OUTGOING_MESSAGES.WAITS_FOR))
                .set(OUTGOING_MESSAGES.REFUSAL, later(OUTGOING_MESSAGES.REFUSAL))
                .where(byId(), OUTGOING_MESSAGES.STATE.concat(DSL.inline("")).eq(later(OUTGOING_MESSAGES.STATE))));
        for (Step step : steps) {
            all = all.bind(
                    step.after().state().key(),
                    step.after().error().orElse(null),
                    step.provider().orElse(null),
                    step.after().changedAt(),
                    step.due(),
                    // A message that waits again is one that a driver could not send.
                    step.after().state() == DeliveryState.QUEUED ? WaitReason.RETRY.key() : null,
                    step.refusal().map(OutgoingMessage.Refusal::column).orElse(null),
                    tenant.toString(),
                    step.before().id(),
                    step.before().state().key());
        }
        return done(all);
    }

    /// Returns waiting messages of a pool that are due, at most [#AT_ONCE]: a long queue is changed bit by bit, so that
    /// it does not stop everyone else from writing.
    public List<UUID> due(AccountId tenant, SenderId pool, Instant now) {
        return some(OutgoingStore.waiting(tenant, pool).and(OUTGOING_MESSAGES.DUE_AT.le(now)));
    }

    /// Returns waiting messages of a pool that are put off, at most [#AT_ONCE].
    public List<UUID> postponed(AccountId tenant, SenderId pool, Instant now) {
        return some(OutgoingStore.waiting(tenant, pool).and(OUTGOING_MESSAGES.DUE_AT.gt(now)));
    }

    private List<UUID> some(Condition which) {
        return sql.select(OUTGOING_MESSAGES.ID)
                .from(OUTGOING_MESSAGES)
                .where(which)
                .orderBy(OUTGOING_MESSAGES.DUE_AT)
                .limit(AT_ONCE)
                .fetch(row -> row.value1());
    }

    /// Postpones these messages.
    public void putOff(AccountId tenant, List<UUID> messages, Waiting wait) {
        putOff(tenant, messages.stream().collect(Collectors.toMap(Function.identity(), _ -> wait)));
    }

    /// Lends messages to the pool that stands in for the one they wait for, due now.
    ///
    /// @return how many were still waiting
    public int lend(AccountId tenant, List<OutgoingMessage> messages, SenderId to, Instant now) {
        if (messages.isEmpty()) {
            return 0;
        }
        BatchBindStep all = sql.batch(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.MASTER_ID, later(OUTGOING_MESSAGES.MASTER_ID))
                .set(
                        OUTGOING_MESSAGES.HOME_MASTER_ID,
                        DSL.coalesce(OUTGOING_MESSAGES.HOME_MASTER_ID, OUTGOING_MESSAGES.MASTER_ID))
                .set(OUTGOING_MESSAGES.DUE_AT, later(OUTGOING_MESSAGES.DUE_AT))
                .set(OUTGOING_MESSAGES.WAITS_FOR, DSL.castNull(OUTGOING_MESSAGES.WAITS_FOR))
                .where(byId(), OUTGOING_MESSAGES.STATE.concat(DSL.inline("")).eq(inline(DeliveryState.QUEUED))));
        for (OutgoingMessage message : messages) {
            all = all.bind(to, now, tenant.toString(), message.id());
        }
        return (int) done(all).stream().filter(moved -> moved).count();
    }

    /// Postpones these messages, each until its own time.
    public void putOff(AccountId tenant, Map<UUID, Waiting> until) {
        if (until.isEmpty()) {
            return;
        }
        BatchBindStep all = sql.batch(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.DUE_AT, later(OUTGOING_MESSAGES.DUE_AT))
                .set(OUTGOING_MESSAGES.WAITS_FOR, later(OUTGOING_MESSAGES.WAITS_FOR))
                .where(byId(), OUTGOING_MESSAGES.STATE.concat(DSL.inline("")).eq(inline(DeliveryState.QUEUED))));
        for (var one : until.entrySet()) {
            all = all.bind(
                    one.getValue().retryAt(),
                    WaitReason.column(one.getValue().reason()).orElse(null),
                    tenant.toString(),
                    one.getKey());
        }
        all.execute();
    }

    private static List<Boolean> done(BatchBindStep batch) {
        return IntStream.of(batch.execute()).mapToObj(count -> count != 0).toList();
    }

    /// Selects a tenant's message by id. If the database could also use the index on the tenant, it might choose that
    /// one while it has no statistics, and would then scan all rows of the tenant.
    private static Condition byId() {
        return OUTGOING_MESSAGES
                .TENANT_ID
                .concat(DSL.inline(""))
                .eq(DSL.val((String) null, String.class))
                .and(OUTGOING_MESSAGES.ID.eq(later(OUTGOING_MESSAGES.ID)));
    }

    public Map<String, OutgoingMessage> findByKeys(AccountId tenant, Collection<String> keys) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.IDEMPOTENCY_KEY.in(keys))
                .fetchMap(OUTGOING_MESSAGES.IDEMPOTENCY_KEY, OutgoingStore::message);
    }

    /// Finds messages by WhatsApp's ids; the same id may occur with several senders.
    public Map<Provided, OutgoingMessage> findByProviders(AccountId tenant, Collection<Provided> wanted) {
        Map<SenderId, List<String>> bySender = wanted.stream()
                .collect(
                        Collectors.groupingBy(Provided::sender, Collectors.mapping(Provided::id, Collectors.toList())));
        Condition any = DSL.or(bySender.entrySet().stream()
                .map(one -> OUTGOING_MESSAGES
                        .SENDER_ID
                        .eq(one.getKey())
                        .and(OUTGOING_MESSAGES.PROVIDER_ID.in(one.getValue())))
                .toList());
        var found = new HashMap<Provided, OutgoingMessage>();
        sql.selectFrom(OUTGOING_MESSAGES).where(foundOtherwise(tenant), any).forEach(row -> {
            OutgoingMessage message = OutgoingStore.message(row);
            found.put(new Provided(message.sender().orElseThrow(), row.get(OUTGOING_MESSAGES.PROVIDER_ID)), message);
        });
        return found;
    }

    /// WhatsApp's id of a sender's message.
    public record Provided(SenderId sender, String id) {}

    /// Returns how often each message was handed over.
    public Map<UUID, Integer> tries(AccountId tenant, Collection<UUID> ids) {
        return sql.select(OUTGOING_MESSAGES.ID, OUTGOING_MESSAGES.ATTEMPTS)
                .from(OUTGOING_MESSAGES)
                .where(foundOtherwise(tenant), OUTGOING_MESSAGES.ID.in(ids))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Returns how many messages wait for a pool, counting up to `most`.
    public int waiting(AccountId tenant, SenderId pool, int most) {
        return sql.fetchCount(sql.select(OUTGOING_MESSAGES.ID)
                .from(OUTGOING_MESSAGES)
                .where(OutgoingStore.waiting(tenant, pool))
                .limit(most));
    }

    /// Returns those of these contacts for whom messages wait in the queue of a pool or are being handed over.
    public Set<ContactAddress> awaited(AccountId tenant, SenderId pool, Collection<ContactAddress> contacts) {
        return new HashSet<>(sql.selectDistinct(OUTGOING_MESSAGES.PHONE)
                .from(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.MASTER_ID.eq(pool),
                        OUTGOING_MESSAGES.PHONE.in(Set.copyOf(contacts)),
                        OUTGOING_MESSAGES.STATE.in(inline(DeliveryState.QUEUED), inline(DeliveryState.SENDING)))
                .fetch(row -> row.value1()));
    }

    /// Returns for each number of a pool what it is sending and how many of its messages are uncertain since `since`.
    public Map<SenderId, Load> loads(AccountId tenant, SenderId pool, Instant since) {
        var loads = new HashMap<SenderId, Load>();
        Condition underWay = OUTGOING_MESSAGES
                .STATE
                .in(inline(DeliveryState.QUEUED), inline(DeliveryState.SENDING))
                .and(isIn(DeliveryState.SENDING));
        senders(tenant, pool, underWay).forEach(sender -> loads.merge(sender, new Load(1, 0), Load::plus));
        Condition uncertain = isIn(DeliveryState.UNCERTAIN).and(OUTGOING_MESSAGES.STATE_CHANGED_AT.ge(since));
        senders(tenant, pool, uncertain).forEach(sender -> loads.merge(sender, new Load(0, 1), Load::plus));
        return loads;
    }

    /// Returns one entry per message. Grouped in memory, because SQLite would scan all messages of the tenant to group
    /// them in index order.
    private List<SenderId> senders(AccountId tenant, SenderId pool, Condition condition) {
        return sql
                .select(OUTGOING_MESSAGES.SENDER_ID)
                .from(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.MASTER_ID.eq(pool), condition)
                .fetch(OUTGOING_MESSAGES.SENDER_ID)
                .stream()
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /// A number and a contact.
    public record Pair(SenderId sender, ContactAddress contact) {}

    /// @param last when the last message was sent, or later
    public record Talked(int count, Instant last) {}

    /// Returns how many messages these contacts have received from each number of a pool since `since`.
    public Map<Pair, Talked> talked(
            AccountId tenant, SenderId pool, Collection<ContactAddress> contacts, Instant since) {
        var talked = new HashMap<Pair, Talked>();
        sql.select(OUTGOING_MESSAGES.SENDER_ID, OUTGOING_MESSAGES.PHONE, OUTGOING_MESSAGES.STATE_CHANGED_AT)
                .from(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.PHONE.in(Set.copyOf(contacts)),
                        OUTGOING_MESSAGES.MASTER_ID.concat("").eq(pool.value()),
                        OUTGOING_MESSAGES.SENDER_ID.concat("").isNotNull(),
                        OUTGOING_MESSAGES.STATE.notIn(inline(DeliveryState.QUEUED), inline(DeliveryState.FAILED)),
                        OUTGOING_MESSAGES.STATE_CHANGED_AT.ge(since))
                .forEach(row -> talked.merge(
                        new Pair(row.value1(), row.value2()),
                        new Talked(1, row.value3()),
                        (one, other) -> new Talked(
                                one.count() + other.count(),
                                one.last().isAfter(other.last()) ? one.last() : other.last())));
        return talked;
    }

    /// Returns the pairs in which the contact has received a message from the number, so they are existing chats.
    public Set<Pair> reached(AccountId tenant, Collection<SenderId> senders, Collection<ContactAddress> contacts) {
        return new HashSet<>(sql.select(OUTGOING_MESSAGES.SENDER_ID, OUTGOING_MESSAGES.PHONE)
                .from(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.PHONE.in(Set.copyOf(contacts)),
                        OUTGOING_MESSAGES
                                .SENDER_ID
                                .concat("")
                                .in(senders.stream().map(SenderId::value).toList()),
                        OUTGOING_MESSAGES.STATE.in(
                                inline(DeliveryState.SENT),
                                inline(DeliveryState.DELIVERED),
                                inline(DeliveryState.READ)))
                .fetch(row -> new Pair(row.value1(), row.value2())));
    }

    /// Checks the tenant of rows that other conditions select. SQLite has no statistics about the number of rows and
    /// would otherwise scan all messages of the tenant.
    static Condition foundOtherwise(AccountId tenant) {
        return OUTGOING_MESSAGES.TENANT_ID.concat("").eq(tenant.toString());
    }

    /// Inlines the states, so that the database sees that a partial index covers these rows.
    @AllTenants("a condition combined with others that check the tenant")
    public static Condition isIn(DeliveryState state) {
        return OUTGOING_MESSAGES.STATE.eq(inline(state));
    }

    @AllTenants("a constant of the schema")
    static Field<String> inline(DeliveryState state) {
        return DSL.inline(state.key());
    }
}
