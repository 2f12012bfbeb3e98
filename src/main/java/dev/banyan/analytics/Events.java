package dev.banyan.analytics;

import module java.base;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// Queues events of visitors. Returns at once and never fails, so that responses to visitors don't wait for counters.
/// Events beyond the capacity of the [Recorder] are dropped, and counted as dropped.
@Singleton
public final class Events {

    private static final int ROOM = 65_536;

    /// An event with its time, taken when it happened.
    record RecordedEvent(Event event, Visit visit, long atMs) {}

    private final ArrayBlockingQueue<RecordedEvent> waiting = new ArrayBlockingQueue<>(ROOM);
    private final Clock clock;
    private final Counter dropped;

    Events(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        this.dropped = Counter.builder("banyan.visits.dropped")
                .description("Visitor events dropped because too many arrived at once")
                .register(registry);
        Gauge.builder("banyan.visits.waiting", waiting, Collection::size)
                .description("Visitor events waiting to be counted")
                .register(registry);
    }

    public void happened(Event event, Visit visit) {
        if (!waiting.offer(new RecordedEvent(event, visit, clock.millis()))) {
            dropped.increment();
        }
    }

    /// Takes the waiting events.
    void take(Collection<RecordedEvent> into, int most) {
        waiting.drainTo(into, most);
    }
}
