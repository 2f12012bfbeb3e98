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

/// Things that come one by one and are worked on together, in the order in which they came: what comes while some are
/// being worked on shares the next turn.
final class Gathering<T> {

    private static final int AT_ONCE = 2_000;
    /// Who brings more than this at a time helps first.
    private static final int MOST_WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(Gathering.class);

    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Object working = new Object();
    private volatile boolean closed;
    private final Executor threads;
    private final Consumer<List<T>> work;

    Gathering(Executor threads, Consumer<List<T>> work) {
        this.threads = threads;
        this.work = work;
    }

    /// Works on what is there, and takes nothing more: the server ends.
    void close() {
        closed = true;
        while (workOnSome()) {}
    }

    void add(T one) {
        if (closed) {
            return;
        }
        waiting.add(one);
        if (count.incrementAndGet() > MOST_WAITING) {
            workOnSome();
        }
        schedule();
    }

    private void schedule() {
        if (!isScheduled.getAndSet(true)) {
            threads.execute(this::run);
        }
    }

    private void run() {
        try {
            while (workOnSome()) {}
        } finally {
            isScheduled.set(false);
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /// @return whether there was anything
    private boolean workOnSome() {
        synchronized (working) {
            var some = new ArrayList<T>();
            for (T one = waiting.poll(); one != null; one = some.size() < AT_ONCE ? waiting.poll() : null) {
                some.add(one);
            }
            count.addAndGet(-some.size());
            if (!some.isEmpty()) {
                workOn(some);
            }
            return !some.isEmpty();
        }
    }

    /// What fails takes nothing else with it.
    private void workOn(List<T> some) {
        try {
            work.accept(some);
        } catch (RuntimeException failure) {
            if (closed) {
                LOG.warnf("%d came too late: the server ends", some.size());
            } else if (some.size() == 1) {
                LOG.errorf(failure, "Lost: a %s", some.getFirst().getClass().getSimpleName());
            } else {
                some.forEach(one -> workOn(List.of(one)));
            }
        }
    }
}
