package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.PoolMoved;
import dev.banyan.whatsapp.messages.PoolMetersStore.Queue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The metrics of pools. The first [#MOST] pools that do something have series of their own; all others share those
/// called `other`, so that the labels are bounded. What happens is counted as it happens; what waits is counted
/// by a job.
@Singleton
public final class PoolMeters implements Recurring {

    static final int MOST = 200;

    /// The states whose messages are counted in the table: those that have not ended.
    private static final List<DeliveryState> OPEN =
            List.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNCERTAIN);

    private static final Tags OTHERS = Tags.of("account", "other", "pool", "other");

    private final Database database;
    private final Liveness liveness;
    private final MeterRegistry registry;
    private final Clock clock;
    private final MultiGauge queue;
    private final MultiGauge oldest;
    private final MultiGauge healthy;
    private final Timer decisions;
    private final Set<SenderKey> known = ConcurrentHashMap.newKeySet();

    PoolMeters(Database database, Liveness liveness, MeterRegistry registry, Clock clock) {
        this.database = database;
        this.liveness = liveness;
        this.registry = registry;
        this.clock = clock;
        this.queue = MultiGauge.builder("banyan.pool.queue")
                .description("Messages of a pool that have not ended, by state")
                .register(registry);
        this.oldest = MultiGauge.builder("banyan.pool.queue.oldest")
                .description("Age of the oldest message that waits for a pool")
                .baseUnit("seconds")
                .register(registry);
        this.healthy = MultiGauge.builder("banyan.pool.senders.healthy")
                .description("Numbers of a pool that respond")
                .register(registry);
        this.decisions = Timer.builder("banyan.failover.decision")
                .description("From the first look at a failed pool to the end of the move")
                .register(registry);
    }

    /// Returns the labels of a pool.
    private Tags tags(SenderKey pool) {
        return isKnown(pool)
                ? Tags.of("account", pool.tenant().toString(), "pool", pool.id().value())
                : OTHERS;
    }

    private boolean isKnown(SenderKey pool) {
        return known.contains(pool) || known.size() < MOST && known.add(pool);
    }

    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        switch (message.state()) {
            case SENT, DELIVERED, READ, FAILED, UNCERTAIN, CANCELED ->
                registry.counter(
                                "banyan.pool.messages",
                                tags(new SenderKey(message.tenant(), message.pool()))
                                        .and("state", message.state().key()))
                        .increment();
            case SCHEDULED, QUEUED, SENDING -> {}
        }
    }

    /// Makes a pool known as soon as one of its numbers is connected.
    void healthChanged(@Observes SenderHealthChanged changed) {
        isKnown(new SenderKey(changed.sender().tenant(), changed.pool()));
    }

    void poolMoved(@Observes PoolMoved moved) {
        String kind = moved.decision().kind().key();
        registry.counter(
                        "banyan.pool.failovers",
                        tags(new SenderKey(moved.tenant(), moved.from())).and("kind", kind))
                .increment();
        decisions.record(moved.decision().took());
    }

    @Override
    public Job job() {
        return Job.scheduled(
                        "15s",
                        "20s",
                        "measure-pools",
                        "Counts what waits in the pools, for the metrics.",
                        this::measure)
                .onEachServer();
    }

    /// Reads the outbox and the health of the known pools.
    void measure() {
        Instant now = clock.instant();
        var counts = new HashMap<Tags, Double>();
        var ages = new HashMap<Tags, Double>();
        for (DeliveryState state : OPEN) {
            for (Queue one : database.read(tx -> new PoolMetersStore(tx).queues(state, MOST * 5))) {
                Tags tags = tags(one.pool());
                counts.merge(tags.and("state", state.key()), (double) one.count(), Double::sum);
                if (state == DeliveryState.QUEUED) {
                    double age = Math.max(0, Duration.between(one.oldest(), now).toMillis() / 1_000.0);
                    ages.merge(tags, age, Math::max);
                }
            }
        }
        var well = new HashMap<Tags, Double>();
        for (SenderKey pool : List.copyOf(known)) {
            Tags tags = tags(pool);
            OPEN.forEach(state -> counts.putIfAbsent(tags.and("state", state.key()), 0.0));
            ages.putIfAbsent(tags, 0.0);
            long healthyOnes =
                    database.read(pool.tenant(), tx -> new SenderStore(tx).pool(pool.tenant(), pool.id())).stream()
                            .filter(liveness::isHealthy)
                            .count();
            well.put(tags, (double) healthyOnes);
        }
        show(queue, counts);
        show(oldest, ages);
        show(healthy, well);
    }

    private static void show(MultiGauge gauge, Map<Tags, Double> values) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        values.forEach((tags, value) -> rows.add(MultiGauge.Row.of(tags, value)));
        gauge.register(rows, true);
    }
}
