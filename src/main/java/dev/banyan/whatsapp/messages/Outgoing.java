package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import jakarta.inject.Singleton;

/// Queues outgoing messages; every message is sent through this class. A message is stored before any attempt to send
/// it, so none is lost, and its key prevents it from being sent twice. `Dispatcher` sends, [Deliveries]
/// stores the results.
@Singleton
public record Outgoing(
        Database database,
        Wake wake,
        Deliveries deliveries,
        SendCounters counters,
        SendingAbilities abilities,
        Audit audit,
        Uuids uuids,
        Clock clock) {

    /// Limit of the text of an order, in code points.
    public static final int LONGEST_TEXT = MessageBody.LONGEST;

    private static final int AT_ONCE = 100;

    /// A message to be sent.
    ///
    /// @param pool the master whose pool sends it
    /// @param key the idempotency key of the caller, at most 128 characters, unique per tenant
    public record Order(
            SenderId pool,
            ContactAddress to,
            String text,
            Optional<Media> media,
            MessageContent content,
            String key,
            MessageSchedule schedule) {

        private Order to(ContactAddress known) {
            return known.equals(to) ? this : new Order(pool, known, text, media, content, key, schedule);
        }

        /// A message of text, or with a file.
        public Order(
                SenderId pool,
                ContactAddress to,
                String text,
                Optional<Media> media,
                String key,
                MessageSchedule schedule) {
            this(pool, to, text, media, MessageContent.PLAIN, key, schedule);
        }

        /// A message of text, or with a file, to be sent at once.
        public Order(SenderId pool, ContactAddress to, String text, Optional<Media> media, String key) {
            this(pool, to, text, media, key, MessageSchedule.NONE);
        }
    }

    /// The result of an order.
    public sealed interface Ordered {

        /// The message is queued, or was sent already.
        ///
        /// @param again whether it was ordered before
        record Done(OutgoingMessage message, boolean again) implements Ordered {}

        /// There is no such pool.
        record NoPool(SenderId pool) implements Ordered {}

        record Rejected(Invalid invalid) implements Ordered {}

        /// The queue of the pool is full according to its settings: the caller should slow down.
        record Full(SenderId pool, Duration retryAfter) implements Ordered {}

        /// Someone is emptying the pool: it sends what it has and accepts nothing new.
        record Draining(SenderId pool) implements Ordered {}
    }

    /// The result of a decision about a message.
    public sealed interface Decided {

        record Done(OutgoingMessage message) implements Decided {}

        /// The message is in a state in which this makes no sense, or it has been decided already.
        record NotPossible(OutgoingMessage message) implements Decided {}

        record NotFound() implements Decided {}
    }

    /// When a full pool may have room again.
    static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(10);

    /// Queues a message in the caller's transaction; it is sent after the commit.
    ///
    /// @param actor who sends it: operators who help an account send nothing in its name
    public Ordered order(Tx tx, AccountId tenant, Actor actor, Order order) {
        return orderAll(tx, tenant, actor, List.of(order), Optional.empty()).getFirst();
    }

    /// Queues many messages at once. Valid ones are accepted, even if others fail.
    ///
    /// @param batch the caller's id for the batch
    /// @return the result of each, in order
    public List<Ordered> orderAll(Tx tx, AccountId tenant, Actor actor, List<Order> all, Optional<UUID> batch) {
        var results = new ArrayList<>(check(tx, tenant, actor, all));
        List<OutgoingMessage> fresh = results.stream()
                .flatMap(result -> result instanceof Ordered.Done(OutgoingMessage message, boolean again) && !again
                        ? Stream.of(message)
                        : Stream.empty())
                .toList();
        Set<String> repeated = insert(tx, tenant, fresh, batch);
        for (int i = 0; i < all.size(); i++) {
            switch (results.get(i)) {
                case Ordered.NoPool _, Ordered.Full _, Ordered.Draining _ ->
                    repeated.add(all.get(i).key());
                case Ordered.Done _, Ordered.Rejected _ -> {}
            }
        }
        answerRepeated(tx, tenant, all, repeated, results);
        return List.copyOf(results);
    }

    /// Checks many orders as [#orderAll] does, and stores nothing.
    ///
    /// @return what each would become, as if none had been ordered before
    public List<Ordered> check(Tx tx, AccountId tenant, Actor actor, List<Order> all) {
        actor.refuseSupport();
        List<Order> orders = all.stream()
                .map(order -> order.to(ContactAliases.resolveToKeep(tx, tenant, order.to())))
                .toList();
        var results = new ArrayList<Optional<Ordered>>();
        Instant now = clock.instant();
        for (Order order : orders) {
            results.add(MessageBody.broken(order.text(), order.media())
                    .or(() -> order.schedule().broken(now))
                    .or(() -> abilities.refusal(tx, tenant, order.pool(), order.to(), order.content(), order.media()))
                    .map(Ordered.Rejected::new));
        }
        Map<SenderId, Integer> room = room(tx, tenant, orders);
        Map<SenderId, PoolState> states = new PoolStateStore(tx).findAll(tenant, room.keySet());
        Map<SenderId, Set<ContactAddress>> awaited = awaited(tx, tenant, orders, states);
        var fresh = new HashMap<String, OutgoingMessage>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (results.get(i).isPresent()) {
                continue;
            }
            Optional<OutgoingMessage> before = Optional.ofNullable(fresh.get(order.key()));
            Optional<Integer> free = Optional.ofNullable(room.get(order.pool()));
            if (before.isPresent()) {
                results.set(i, Optional.of(new Ordered.Done(before.get(), true)));
            } else if (free.isEmpty()) {
                results.set(i, Optional.of(new Ordered.NoPool(order.pool())));
            } else if (state(states, order.pool()).isPaused(Pause.DRAIN)) {
                results.set(i, Optional.of(new Ordered.Draining(order.pool())));
            } else if (free.get() <= 0) {
                results.set(i, Optional.of(new Ordered.Full(order.pool(), TRY_AGAIN_AFTER)));
            } else {
                boolean isNext = !awaited.getOrDefault(order.pool(), Set.of()).contains(order.to());
                OutgoingMessage message = fresh(
                        tenant, order, state(states, order.pool()).standIn().filter(_ -> isNext));
                fresh.put(order.key(), message);
                room.put(order.pool(), free.get() - 1);
                results.set(i, Optional.of(new Ordered.Done(message, false)));
            }
        }
        return results.stream().flatMap(Optional::stream).toList();
    }

    /// Answers repeated orders as the first time, whatever the current state of the pool.
    private static void answerRepeated(
            Tx tx, AccountId tenant, List<Order> orders, Set<String> keys, List<Ordered> results) {
        if (keys.isEmpty()) {
            return;
        }
        Map<String, OutgoingMessage> known = new OutboxStore(tx).findByKeys(tenant, keys);
        for (int i = 0; i < orders.size(); i++) {
            OutgoingMessage before = known.get(orders.get(i).key());
            if (before != null && !(results.get(i) instanceof Ordered.Rejected)) {
                results.set(i, new Ordered.Done(before, true));
            }
        }
    }

    /// Returns how many more messages each of these pools accepts; pools that the tenant doesn't have are absent.
    private Map<SenderId, Integer> room(Tx tx, AccountId tenant, List<Order> orders) {
        Set<SenderId> ids = orders.stream().map(Order::pool).collect(Collectors.toSet());
        var room = new HashMap<SenderId, Integer>();
        Instant now = clock.instant();
        for (Sender pool : new SenderStore(tx).findAll(tenant, ids)) {
            if (pool.isMaster()) {
                int most = new PoolSettingsStore(tx).find(tenant, pool.id()).mostWaiting();
                SendCounter tally = counters.of(pool.key());
                int waiting = tally.waiting(now).orElseGet(() -> {
                    int count = new OutboxStore(tx).waiting(tenant, pool.id(), PoolSettings.LONGEST_QUEUE);
                    tally.readWaiting(count, now);
                    return count;
                });
                room.put(pool.id(), most - waiting);
            }
        }
        return room;
    }

    /// @return the keys that existed already
    private Set<String> insert(Tx tx, AccountId tenant, List<OutgoingMessage> fresh, Optional<UUID> batch) {
        var repeated = new HashSet<String>();
        if (fresh.isEmpty()) {
            return repeated;
        }
        List<Boolean> done = new OutboxStore(tx).insert(tenant, fresh, batch);
        var came = new HashMap<SenderId, Integer>();
        var stored = new ArrayList<OutgoingMessage>();
        for (int i = 0; i < fresh.size(); i++) {
            if (done.get(i)) {
                stored.add(fresh.get(i));
                came.merge(fresh.get(i).pool(), 1, Integer::sum);
            } else {
                repeated.add(fresh.get(i).key());
            }
        }
        deliveries.ordered(tx, tenant, stored);
        tx.afterCommit(() -> came.forEach((pool, count) -> {
            var key = new SenderKey(tenant, pool);
            counters.of(key).came(count);
            wake.wake(key);
        }));
        return repeated;
    }

    /// Returns, for pools that others stand in for, the contacts whose earlier messages are still in the pool's own
    /// queue: what is ordered for them now follows those.
    private static Map<SenderId, Set<ContactAddress>> awaited(
            Tx tx, AccountId tenant, List<Order> orders, Map<SenderId, PoolState> states) {
        return orders.stream()
                .filter(order -> state(states, order.pool()).standIn().isPresent())
                .collect(Collectors.groupingBy(
                        Order::pool,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                some -> new OutboxStore(tx)
                                        .awaited(
                                                tenant,
                                                some.getFirst().pool(),
                                                some.stream().map(Order::to).toList()))));
    }

    private static PoolState state(Map<SenderId, PoolState> states, SenderId pool) {
        return states.getOrDefault(pool, PoolState.NORMAL);
    }

    /// @param other the pool that sends for the one that was ordered; a scheduled message waits with its own
    private OutgoingMessage fresh(AccountId tenant, Order order, Optional<SenderId> other) {
        Instant now = clock.instant();
        Optional<Instant> later = order.schedule().sendAt().filter(time -> time.isAfter(now));
        Optional<SenderId> standIn = other.filter(_ -> later.isEmpty());
        return new OutgoingMessage(
                uuids.next(),
                tenant,
                standIn.orElse(order.pool()),
                standIn.map(_ -> order.pool()),
                Optional.empty(),
                order.to(),
                order.text(),
                order.media(),
                order.content(),
                order.key(),
                order.schedule(),
                later.isPresent() ? DeliveryState.SCHEDULED : DeliveryState.QUEUED,
                Optional.of(later.map(time -> new Waiting(WaitReason.SCHEDULED, time))
                        .orElseGet(() -> new Waiting(WaitReason.TURN, now))),
                Optional.empty(),
                now,
                now);
    }

    /// Queues a failed or uncertain message again, gives up an uncertain one, or cancels one that waits.
    public Decided decide(Tx tx, AccountId tenant, Actor actor, UUID id, QueueAction action) {
        Optional<OutgoingMessage> found = new OutgoingStore(tx).find(tenant, id);
        if (found.isEmpty()) {
            return new Decided.NotFound();
        }
        OutgoingMessage message = found.get();
        return apply(tx, message, action)
                .<Decided>map(after -> {
                    audit.note(tx, actor, new Owner(tenant, tenant), action.audited(), id.toString(), Map.of());
                    return new Decided.Done(after);
                })
                .orElseGet(() -> new Decided.NotPossible(message));
    }

    private Optional<OutgoingMessage> apply(Tx tx, OutgoingMessage message, QueueAction action) {
        Optional<OutgoingMessage> after = change(tx, message, action);
        if (action == QueueAction.REQUEUE && after.isPresent()) {
            requeued(tx, message.tenant(), Set.of(message.pool()));
        }
        return after;
    }

    /// Changes one of many messages; the caller tells their pools with [#requeued].
    Optional<OutgoingMessage> change(Tx tx, OutgoingMessage message, QueueAction action) {
        return action.appliesTo(message.state())
                ? deliveries.transition(tx, message, action.next(), action.note())
                : Optional.empty();
    }

    /// Sends what was queued again.
    void requeued(Tx tx, AccountId tenant, Set<SenderId> pools) {
        tx.afterCommit(() -> pools.forEach(pool -> wake.wake(new SenderKey(tenant, pool))));
    }

    /// Fails all messages waiting for a pool, because its conversations have ended or its access was withdrawn.
    ///
    /// @param why a full sentence for people
    /// @return how many there were
    public int stop(Tx tx, AccountId tenant, SenderId pool, String why) {
        var store = new OutgoingStore(tx);
        int stopped = 0;
        for (var waiting = store.queued(tenant, pool, AT_ONCE);
                !waiting.isEmpty();
                waiting = store.queued(tenant, pool, AT_ONCE)) {
            waiting.forEach(message -> deliveries.transition(tx, message, DeliveryState.FAILED, Optional.of(why)));
            stopped += waiting.size();
        }
        return stopped;
    }

    /// Cancels waiting messages that meet a filter.
    ///
    /// @param why a full sentence for people
    /// @return how many were canceled; if `most`, there may be more
    public int cancel(Tx tx, AccountId tenant, QueueFilter filter, String why, int most) {
        int canceled = 0;
        for (DeliveryState state : List.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED)) {
            for (OutgoingMessage message : new QueueStore(tx).some(tenant, filter, state, most - canceled)) {
                deliveries.transition(tx, message, DeliveryState.CANCELED, Optional.of(why));
                canceled++;
            }
        }
        return canceled;
    }

    /// Returns a message if it belongs to the tenant.
    public Optional<OutgoingMessage> find(AccountId tenant, UUID id) {
        return database.read(tenant, tx -> new OutgoingStore(tx).find(tenant, id));
    }

    /// Returns the messages with these ids in one query, without those of other tenants.
    public Map<UUID, OutgoingMessage> find(AccountId tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : database.read(tenant, tx -> new OutgoingStore(tx).findAll(tenant, ids));
    }
}
