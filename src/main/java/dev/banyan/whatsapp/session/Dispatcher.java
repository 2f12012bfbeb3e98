package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.LivePool;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.Node;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.failover.PoolMoved;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.failover.ReconnectionDue;
import dev.banyan.whatsapp.failover.SenderHealthDetermined;
import dev.banyan.whatsapp.messages.Deliveries;
import dev.banyan.whatsapp.messages.MessagesReassigned;
import dev.banyan.whatsapp.messages.Wake;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Wakes the pools that have messages waiting, whatever the trigger. The state "being handed over" is committed before
/// the driver is called: after a crash in between the message still says so, and the next start marks it as uncertain.
/// The messages of one contact stay in order: the next is sent when the result of the previous one is known, or when a
/// person has to decide about it.
@Singleton
public final class Dispatcher implements Wake, Recurring {

    private static final int AT_ONCE = 100;
    /// How long a number that has failed may take to report the result of a message.
    private static final Duration FAILED_ANSWERS_WITHIN = Duration.ofSeconds(30);

    /// How long a message may wait for its turn at a gateway. What waits longer goes back into the queue, before a
    /// result is missed: nothing that was never handed over is ever in doubt.
    private static final Duration TURN_WITHIN = Liveness.ANSWERS_WITHIN.minusSeconds(30);

    private static final int POOLS_AT_ONCE = 10_000;
    /// When is looked again at what another server was changing.
    private static final Duration CHANGED_WITHIN = Duration.ofSeconds(1);

    private static final String STOPPED =
            "The server stopped while this was being sent. It may have reached the contact.";

    /// @param message as it was handed over
    /// @param at when this server took it over: a later change is the work of another one
    private record Resumed(OutgoingMessage message, Instant at) {}

    private final Database database;
    private final LiveSenders liveSenders;
    private final Deliveries deliveries;
    private final NumberWatch numbers;
    private final Nodes nodes;
    private final LivePools pools;
    private final Timers timers;
    private final Clock clock;
    /// What other runs of a server were handing over and this one repeats when the number is connected.
    private final Map<SenderKey, List<Resumed>> resumed = new ConcurrentHashMap<>();
    /// Where other servers were changing messages when this one mended what they have left; empty: everywhere.
    private final RetryingBatch<Optional<List<SenderKey>>> beingChanged;
    /// Numbers that are connected again.
    private final RetryingBatch<Sender> backAgain;

    public Dispatcher(
            Database database,
            LiveSenders liveSenders,
            Deliveries deliveries,
            NumberWatch numbers,
            Nodes nodes,
            LivePools pools,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.liveSenders = liveSenders;
        this.deliveries = deliveries;
        this.numbers = numbers;
        this.nodes = nodes;
        this.pools = pools;
        this.timers = timers;
        this.clock = clock;
        this.beingChanged = new RetryingBatch<>(timers, this::restoreRest);
        this.backAgain = new RetryingBatch<>(timers, this::cameBack);
    }

    /// Runs at startup, before any sender reconnects: messages that were being handed over when a server stopped may or
    /// may not have been sent. Those that can be repeated are, as after a broken connection; the rest is
    /// uncertain. Servers that still run keep theirs.
    public void restore() {
        restore(Optional.empty());
    }

    /// Runs when these pools have come from another server: what that one was handing over may or may not have been
    /// sent.
    void restore(List<SenderKey> taken) {
        restore(Optional.of(taken));
    }

    /// A server that is slow, or was cut off in the middle, may still store a result: neither the message nor its pool
    /// waits for that transaction.
    private void restore(Optional<List<SenderKey>> taken) {
        if (!isRestored(taken)) {
            timers.in(CHANGED_WITHIN, () -> beingChanged.add(taken));
        }
    }

    private void restoreRest(List<Optional<List<SenderKey>>> rest) {
        rest.stream()
                .map(taken -> taken.map(some -> some.stream()
                        .filter(pool -> pools.mayFinish(pool.asPool()))
                        .toList()))
                .filter(taken -> taken.filter(List::isEmpty).isEmpty())
                .forEach(this::restore);
    }

    /// @return false if some are being changed by others right now
    private boolean isRestored(Optional<List<SenderKey>> taken) {
        while (true) {
            List<OutgoingMessage> left = database.read(tx -> leftBehind(tx, taken));
            if (left.isEmpty()) {
                return true;
            }
            Map<Boolean, List<OutgoingMessage>> repeatable = left.stream()
                    .collect(Collectors.partitioningBy(message -> liveSenders.isRepeatable(number(message), message)));
            int free = database.write(tx -> {
                Set<UUID> unchanged = new UnansweredStore(tx).free(left);
                deliveries.uncertain(tx, only(unchanged, repeatable.getOrDefault(false, List.of())), STOPPED);
                only(unchanged, repeatable.getOrDefault(true, List.of())).forEach(message -> takeOver(tx, message));
                return unchanged.size();
            });
            if (free < left.size() || left.size() < AT_ONCE) {
                return free == left.size();
            }
        }
    }

    private List<OutgoingMessage> leftBehind(Tx tx, Optional<List<SenderKey>> taken) {
        var store = new UnansweredStore(tx);
        return taken.map(some -> store.leftBehind(some, nodes.id(), AT_ONCE))
                .orElseGet(() ->
                        store.leftBehind(nodes.live(tx).stream().map(Node::id).toList(), AT_ONCE));
    }

    private static List<OutgoingMessage> only(Set<UUID> ids, List<OutgoingMessage> messages) {
        return messages.stream().filter(message -> ids.contains(message.id())).toList();
    }

    /// Until its number is connected, the message keeps its state. If that takes too long, it is uncertain.
    private void takeOver(Tx tx, OutgoingMessage message) {
        Instant now = clock.instant();
        if (new UnansweredStore(tx).takeOver(message.tenant(), message.id(), nodes.id(), now)) {
            tx.afterCommit(() -> {
                SenderKey number = number(message);
                resumed.merge(
                        number,
                        List.of(new Resumed(message, now)),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList());
                if (liveSenders.isOpen(number)) {
                    timers.now(() -> resume(number));
                }
            });
        }
    }

    /// Finds out what became of the messages that a number was sending when a server stopped.
    private void resume(SenderKey number) {
        List<Resumed> left = resumed.getOrDefault(number, List.of());
        List<OutgoingMessage> open = left.stream()
                .filter(one -> database.read(
                                number.tenant(),
                                tx -> new OutgoingStore(tx)
                                        .find(number.tenant(), one.message().id()))
                        .filter(now -> now.state() == DeliveryState.SENDING
                                && now.changedAt().equals(one.at()))
                        .isPresent())
                .map(Resumed::message)
                .toList();
        if (!open.isEmpty()) {
            liveSenders.resume(number, open, STOPPED);
        }
        resumed.remove(number, left); // not before: the database may have been away
    }

    private static SenderKey number(OutgoingMessage message) {
        return new SenderKey(message.tenant(), message.sender().orElseThrow());
    }

    /// Called by a job: sends due messages, and stops waiting for drivers that have not answered.
    public void sweep() {
        Instant now = clock.instant();
        takeBack(now.minus(TURN_WITHIN));
        // Reports that are not stored yet must not lead to a second sending.
        if (!deliveries.isBehind()) {
            uncertain(
                    tx -> new UnansweredStore(tx).unanswered(nodes.id(), now.minus(Liveness.ANSWERS_WITHIN), AT_ONCE),
                    "WhatsApp did not say whether this was sent. It may have reached the contact.");
            numbers.failed()
                    .forEach((number, failedAt) -> failed(number, earlier(failedAt, now.minus(FAILED_ANSWERS_WITHIN))));
        }
        if (nodes.isOurs()) {
            deliveries.queueScheduled();
            deliveries.expire();
        }
        wakeOurs(database.read(tx -> new UnansweredStore(tx).duePools(now, POOLS_AT_ONCE)));
        // Their queues are lent to others, whether due or not.
        wakeOurs(database.read(tx -> new PoolStateStore(tx).decided(POOLS_AT_ONCE)));
    }

    private void takeBack(Instant before) {
        database.read(tx -> new UnansweredStore(tx).unanswered(nodes.id(), before, AT_ONCE)).stream()
                .map(Dispatcher::number)
                .distinct()
                .forEach(sender -> liveSenders.takeBack(sender, "It waited too long for its turn at the gateway."));
    }

    private void wakeOurs(List<SenderKey> found) {
        Set<LivePool> ours = pools.forUs(found.stream().map(SenderKey::asPool).toList());
        found.stream().filter(pool -> ours.contains(pool.asPool())).forEach(this::wake);
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "dispatch-messages", "Sends waiting messages.", this::sweep)
                .onEachServer();
    }

    private void failed(SenderKey number, Instant before) {
        uncertain(
                tx -> new UnansweredStore(tx).unansweredBy(number.tenant(), number.id(), nodes.id(), before, AT_ONCE),
                "The number failed while this was being sent. It may have reached the contact.");
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void uncertain(Function<Tx, List<OutgoingMessage>> some, String why) {
        boolean more = !database.read(some::apply).isEmpty();
        while (more) {
            more = database.write(tx -> {
                List<OutgoingMessage> unanswered = some.apply(tx);
                deliveries.uncertain(tx, unanswered, why);
                return unanswered.size() == AT_ONCE;
            });
        }
    }

    /// Wakes a pool that has messages waiting. Returns at once.
    @Override
    public void wake(SenderKey pool) {
        liveSenders.wake(pool);
    }

    /// Sends a contact's next message after the previous one.
    public void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        if (message.sender().isPresent() && message.state() != DeliveryState.SENDING) {
            switch (message.state()) {
                case SENT, FAILED, UNCERTAIN, CANCELED -> wake(new SenderKey(message.tenant(), message.pool()));
                case SCHEDULED, QUEUED, SENDING, DELIVERED, READ -> {}
            }
        }
    }

    /// Sends the messages that waited for a number that came back.
    public void senderConnected(@Observes SenderConnected connected) {
        backAgain.add(connected.sender());
    }

    /// Checks the queue again: messages of a removed number go over another or fail, and changed limits
    /// may allow others.
    public void senderChanged(@Observes SenderChanged changed) {
        if (pools.hasSome(changed.tenant())) {
            timers.now(() -> dispatchSoon(new SenderKey(changed.tenant(), changed.sender())));
        }
    }

    /// Sends what a failed pool has lent.
    public void messagesLent(@Observes MessagesReassigned lent) {
        wake(lent.to());
    }

    /// Sends what a failover has moved.
    public void poolMoved(@Observes PoolMoved moved) {
        wake(new SenderKey(moved.tenant(), moved.from()));
        wake(new SenderKey(moved.tenant(), moved.to()));
    }

    /// Sends what waited for a number that has failed over others, and what it was given and has not sent.
    public void senderJudged(@Observes SenderHealthDetermined judged) {
        if (judged.failed()) {
            timers.now(() -> {
                liveSenders.takeBack(judged.sender(), "The number failed before this was sent.");
                dispatchSoon(judged.sender());
            });
        }
    }

    /// Connects a number that has failed, as at startup.
    public void reconnectionDue(@Observes ReconnectionDue due) {
        database.read(
                        due.sender().tenant(),
                        tx -> new SenderStore(tx)
                                .find(due.sender().tenant(), due.sender().id()))
                .filter(Sender::mayComeBack)
                .ifPresent(liveSenders::connectAgain);
    }

    /// Checks the queue again: messages go over other numbers now, or over this one again.
    public void healthChanged(@Observes SenderHealthChanged changed) {
        SenderKey pool = new SenderKey(changed.sender().tenant(), changed.pool());
        liveSenders.tellPool(pool, new PoolEntity.HealthChanged(changed.sender().id(), changed.healthy()));
        if (changed.healthy()) {
            timers.now(() -> dispatchSoon(changed.sender()));
        }
    }

    /// Checks all messages waiting for the pool of a sender again.
    private void dispatchSoon(SenderKey sender) {
        SenderKey pool = database.read(
                sender.tenant(),
                tx -> new SenderStore(tx)
                        .find(sender.tenant(), sender.id())
                        .map(Sender::pool)
                        .orElse(sender));
        if (pools.isOurs(pool.asPool())) { // every server with numbers of the account hears that one has changed
            sendWaiting(pool);
        }
    }

    /// Checks the messages waiting for the pools of these numbers again, each pool once: all its numbers may come back
    /// at once.
    private void cameBack(List<Sender> numbers) {
        numbers.forEach(number -> resume(number.key()));
        numbers.stream().map(Sender::pool).distinct().forEach(this::sendWaiting);
    }

    private void sendWaiting(SenderKey pool) {
        if (isWaitedFor(pool)) {
            // A check that saw the number away would put its messages off for a minute after they were hurried.
            liveSenders.awaitCheck(pool);
            int hurried;
            do {
                hurried = database.write(tx -> hurry(tx, pool));
                wake(pool);
            } while (hurried == OutboxStore.AT_ONCE);
        }
    }

    private int hurry(Tx tx, SenderKey pool) {
        var store = new OutboxStore(tx);
        Instant now = clock.instant();
        List<UUID> postponed = store.postponed(pool.tenant(), pool.id(), now);
        store.putOff(pool.tenant(), postponed, new Waiting(WaitReason.TURN, now));
        return postponed.size();
    }

    private boolean isWaitedFor(SenderKey pool) {
        return database.read(pool.tenant(), tx -> new OutgoingStore(tx).nextDue(pool.tenant(), pool.id()))
                .isPresent();
    }
}
