package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutboxStore.Handed;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.changes.RejectedEvents;
import dev.banyan.whatsapp.failover.NextNumber;
import dev.banyan.whatsapp.history.MessagePrice;
import dev.banyan.whatsapp.history.MessagePriceStore;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Stores the results of outgoing messages, as far as the transitions of [DeliveryState] allow; others came too late
/// and change nothing.
@Singleton
public final class Deliveries {

    /// Number of attempts after which a person decides about a message that may have been sent, and after which one
    /// that WhatsApp accepts and then takes back has failed.
    static final int TRIES = 5;
    /// Pause before the second attempt; doubled before each further one, up to five minutes.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final int DOUBLED_AT_MOST = 6;

    private static final int AT_ONCE = 500;
    /// Nobody waits for an older code.
    private static final Duration CODE_LIVES = Duration.ofMinutes(2);
    private static final int CODE_TRIES = 3;
    private static final String EXPIRED = "Expired before it could be sent.";
    private static final int LANES = 2;
    private static final int LONGEST_ERROR = 300;

    private final Database database;
    private final MessageNews news;
    private final SendCounters counters;
    private final InFlightMessages inFlight;
    private final Clock clock;
    /// Several lanes, because a single one would wait for the disk between two writes. Reports of one sender stay in
    /// order in their lane.
    private final List<RetryingBatch<DriverReport>> lanes;
    private final Set<SenderKey> backlogged = ConcurrentHashMap.newKeySet();

    public Deliveries(
            Database database,
            MessageNews news,
            SendCounters counters,
            InFlightMessages inFlight,
            Timers timers,
            RejectedEvents aside,
            Clock clock) {
        this.database = database;
        this.news = news;
        this.counters = counters;
        this.inFlight = inFlight;
        this.clock = clock;
        this.lanes = Stream.generate(() -> new RetryingBatch<DriverReport>(
                        timers, this::write, report -> report.event().sender(), (report, why) -> {
                            aside.keep(report.event(), why);
                            report.kept();
                        }))
                .limit(LANES)
                .toList();
    }

    /// Changes the state of a message, if the transition is allowed and the message was not changed in the meantime.
    Optional<OutgoingMessage> transition(Tx tx, OutgoingMessage message, DeliveryState next, Optional<String> error) {
        Instant now = clock.instant();
        if (!message.state().mayBecome(next)) {
            return Optional.empty();
        }
        OutgoingMessage after = message.became(next, error.map(Deliveries::sanitize), now);
        if (!new OutgoingStore(tx).become(message.tenant(), message, after, now)) {
            return Optional.empty();
        }
        if (next == DeliveryState.FAILED) {
            count(tx, after, now);
        }
        tx.afterCommit(() -> inFlight.forget(message.id()));
        publish(tx, message, after);
        return Optional.of(after);
    }

    /// Counts a failure that no driver reported, for the pool's master if no number was chosen.
    private static void count(Tx tx, OutgoingMessage failed, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        new SenderHoursStore(tx)
                .add(
                        failed.tenant(),
                        failed.sender().orElse(failed.pool()),
                        new SenderHours(hour, 0, 0, 0, 1, 0, Duration.ZERO));
    }

    static String sanitize(String error) {
        return MessageBody.tamed(error, LONGEST_ERROR);
    }

    /// Tells of new messages.
    void ordered(Tx tx, AccountId tenant, List<OutgoingMessage> messages) {
        news.ordered(tx, tenant, messages);
    }

    /// Stores a message that was sent without us, on the phone of a number.
    ///
    /// @param provider WhatsApp's id of it
    /// @return false if it is known already
    public boolean sentElsewhere(Tx tx, OutgoingMessage message, String provider) {
        if (!new OutboxStore(tx)
                .insert(message.tenant(), List.of(message), Optional.empty())
                .getFirst()) {
            return false;
        }
        new EchoStore(tx).sent(message.tenant(), message.id(), message.sender().orElseThrow(), provider);
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        new SenderHoursStore(tx)
                .add(
                        message.tenant(),
                        message.sender().orElseThrow(),
                        new SenderHours(hour, 1, 0, 0, 0, 0, Duration.ZERO));
        news.sentElsewhere(tx, message);
        return true;
    }

    private void publish(Tx tx, OutgoingMessage before, OutgoingMessage after) {
        tx.afterCommit(() -> counters.moved(before, after));
        news.changed(tx, before, after);
    }

    /// @return the messages that are handed over, without those that another node handed over first
    List<OutgoingMessage> handOver(Tx tx, AccountId tenant, List<Handed> going, UUID node) {
        if (going.isEmpty()) {
            return List.of();
        }
        var handed = new ArrayList<OutgoingMessage>(going.size());
        List<Boolean> done = new OutboxStore(tx).handOver(tenant, going, node);
        for (int i = 0; i < going.size(); i++) {
            if (done.get(i)) {
                publish(tx, going.get(i).before(), going.get(i).after());
                handed.add(going.get(i).after());
            }
        }
        tx.afterCommit(() -> handed.forEach(inFlight::keep));
        return handed;
    }

    /// Marks messages as uncertain: it is unknown whether they were sent. A person decides, or the pool's
    /// policy has decided.
    public void uncertain(Tx tx, List<OutgoingMessage> messages, String why) {
        var policies = new HashMap<SenderKey, UncertainPolicy>();
        for (OutgoingMessage message : messages) {
            UncertainPolicy policy = policies.computeIfAbsent(
                    new SenderKey(message.tenant(), message.pool()),
                    pool -> new PoolSettingsStore(tx)
                            .find(pool.tenant(), pool.id())
                            .uncertain());
            switch (policy) {
                case ASK -> transition(tx, message, DeliveryState.UNCERTAIN, Optional.of(why));
                case RESEND -> {
                    int tries = new OutgoingStore(tx).tries(message.tenant(), message.id());
                    if (tries < TRIES) {
                        transition(tx, message, DeliveryState.QUEUED, Optional.of(why + " It will be sent again."));
                    } else {
                        transition(tx, message, DeliveryState.UNCERTAIN, Optional.of(why));
                    }
                }
            }
        }
    }

    /// Queues the scheduled messages whose time has come.
    public void queueScheduled() {
        step(
                tx -> new OutgoingStore(tx).scheduledUntil(clock.instant(), AT_ONCE),
                (tx, message) -> transition(tx, message, DeliveryState.QUEUED, Optional.empty()));
    }

    /// Fails the messages that have not been handed over by the time that their sender set.
    public void expire() {
        step(
                tx -> new OutgoingStore(tx).expired(clock.instant(), AT_ONCE),
                (tx, message) -> transition(tx, message, DeliveryState.FAILED, Optional.of(EXPIRED)));
    }

    /// Lets the next number send codes of which no receipt came in time, or a backup pool if there is none.
    ///
    /// @return the pools that have something to send by it
    public Set<SenderKey> moveCodes() {
        var pools = new HashSet<SenderKey>();
        database.read(tx -> new PoolSettingsStore(tx).ofCodes())
                .forEach(codes -> pools.addAll(database.write(tx -> moveCodes(tx, codes))));
        return pools;
    }

    private Set<SenderKey> moveCodes(Tx tx, PoolSettingsStore.OfCodes codes) {
        Instant now = clock.instant();
        SenderKey pool = codes.pool();
        List<OutgoingMessage> late = new QueueStore(tx)
                .withoutReceipt(pool.tenant(), pool.id(), now.minus(CODE_LIVES), now.minus(codes.within()), AT_ONCE);
        if (late.isEmpty()) {
            return Set.of();
        }
        var next = NextNumber.of(tx, pool);
        var pools = new HashSet<SenderKey>();
        for (OutgoingMessage message : late) {
            int tries = new OutgoingStore(tx).tries(pool.tenant(), message.id());
            message.sender()
                    .filter(_ -> mayBeACode(message) && tries < CODE_TRIES)
                    .flatMap(next::find)
                    .flatMap(from -> next.after(from, tries)
                            .filter(number -> message.to().isReachedBy(number.id(), number.remote())
                                    && (message.isTemplate() || !number.driver().isBusinessPlatform()))
                            .flatMap(number -> transition(
                                            tx, message, DeliveryState.QUEUED, Optional.of(noReceipt(codes, from)))
                                    .map(after -> next.give(after, number, now))))
                    .ifPresent(pools::add);
        }
        return pools;
    }

    /// What was written on the phone is never sent by us, and a reaction belongs to the number that was written to.
    private static boolean mayBeACode(OutgoingMessage message) {
        return !message.isFromPhone() && !(message.content().detail() instanceof MessageContent.Reaction);
    }

    private static String noReceipt(PoolSettingsStore.OfCodes codes, Sender from) {
        return "No receipt within " + codes.within().toSeconds() + " seconds over " + from.shownName() + ".";
    }

    private void step(Function<Tx, List<OutgoingMessage>> some, BiConsumer<Tx, OutgoingMessage> change) {
        boolean more = true;
        while (more) {
            more = database.write(tx -> {
                List<OutgoingMessage> messages = some.apply(tx);
                messages.forEach(message -> change.accept(tx, message));
                return messages.size() == AT_ONCE;
            });
        }
    }

    /// Accepts a driver's report about an outgoing message, and acknowledges it once it is stored.
    ///
    /// @throws DatabaseUnavailable when too many reports are waiting for the database already
    public void reported(DriverReport report) {
        int lane = Math.floorMod(report.event().sender().hashCode(), LANES);
        if (!lanes.get(lane).add(report)) {
            throw new DatabaseUnavailable("The database is away, and too much is waiting to be written down already");
        }
    }

    /// Returns whether drivers' reports are waiting to be stored.
    public boolean isBehind() {
        return !backlogged.isEmpty() || lanes.stream().anyMatch(RetryingBatch::isBehind);
    }

    /// Records whether reports of this sender's driver are waiting for the database.
    public void setBacklogged(SenderKey sender, boolean is) {
        if (is) {
            backlogged.add(sender);
        } else {
            backlogged.remove(sender);
        }
    }

    /// Stores the pending reports of drivers before the database is closed.
    void atShutdown(@Observes ShutdownEvent event) {
        lanes.forEach(RetryingBatch::close);
    }

    private void write(List<DriverReport> reports) {
        var byTenant = new LinkedHashMap<AccountId, List<DriverEvent.OfMessage>>();
        for (DriverReport report : reports) {
            if (report.event() instanceof DriverEvent.OfMessage event) {
                byTenant.computeIfAbsent(event.sender().tenant(), _ -> new ArrayList<>())
                        .add(event);
            }
        }
        database.write(tx -> {
            Instant now = clock.instant();
            for (var one : byTenant.entrySet()) {
                write(tx, one.getKey(), one.getValue(), now);
            }
            return true;
        });
        reports.forEach(DriverReport::kept);
    }

    private void write(Tx tx, AccountId tenant, List<DriverEvent.OfMessage> events, Instant now) {
        Progress progress = write(tx, tenant, events, now, Optional.of(inFlight));
        List<DriverEvent.OfMessage> overtaken = progress.overtaken(events);
        if (!overtaken.isEmpty()) {
            write(tx, tenant, overtaken, now, Optional.empty());
        }
        new MessagePriceStore(tx)
                .put(
                        tenant,
                        events.stream()
                                .filter(DriverEvent.Priced.class::isInstance)
                                .map(DriverEvent.Priced.class::cast)
                                .map(one -> new MessagePriceStore.Priced(
                                        one.sender().id(),
                                        one.provider(),
                                        new MessagePrice(one.category(), one.isBillable())))
                                .toList());
    }

    private Progress write(
            Tx tx,
            AccountId tenant,
            List<DriverEvent.OfMessage> events,
            Instant now,
            Optional<InFlightMessages> memory) {
        var progress = Progress.read(tx, tenant, events, now, memory);
        events.forEach(progress::happened);
        for (Progress.Change change : progress.write(tx)) {
            publish(tx, change.before(), change.after());
        }
        tx.afterCommit(() -> progress.remember(inFlight));
        return progress;
    }
}
