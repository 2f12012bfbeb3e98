package dev.banyan.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// What drivers tell of messages that were handed over, on its way to the database: what comes while a transaction is
/// under way shares the next one, in the order in which it came.
final class Receipts {

    private static final int AT_ONCE = 500;
    /// Who tells more than this at a time waits until it is written down.
    private static final int MOST_WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(Receipts.class);

    private final Queue<DriverEvent.OfMessage> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Object writing = new Object();
    private final Executor threads;
    private final Consumer<List<DriverEvent.OfMessage>> write;

    Receipts(Executor threads, Consumer<List<DriverEvent.OfMessage>> write) {
        this.threads = threads;
        this.write = write;
    }

    void add(DriverEvent.OfMessage event) {
        waiting.add(event);
        if (count.incrementAndGet() > MOST_WAITING) {
            writeSome();
        }
        schedule();
    }

    private void schedule() {
        if (!isScheduled.getAndSet(true)) {
            threads.execute(this::work);
        }
    }

    private void work() {
        try {
            while (writeSome()) {}
        } finally {
            isScheduled.set(false);
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /// @return whether there was anything
    private boolean writeSome() {
        synchronized (writing) {
            var some = new ArrayList<DriverEvent.OfMessage>();
            for (var event = waiting.poll(); event != null; event = some.size() < AT_ONCE ? waiting.poll() : null) {
                some.add(event);
            }
            count.addAndGet(-some.size());
            if (!some.isEmpty()) {
                write(some);
            }
            return !some.isEmpty();
        }
    }

    /// What cannot be written takes nobody else with it. Its message stays as it is, and is uncertain in the end.
    private void write(List<DriverEvent.OfMessage> events) {
        try {
            write.accept(events);
        } catch (RuntimeException failure) {
            if (events.size() == 1) {
                LOG.errorf(
                        failure,
                        "What %s told of a message is lost",
                        events.getFirst().sender().id());
            } else {
                events.forEach(event -> write(List.of(event)));
            }
        }
    }
}
