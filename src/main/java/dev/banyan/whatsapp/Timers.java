package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.jobs.OwnWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Runs tasks now, or at a later time by the injected clock. One thread waits for all of them and sleeps while there is
/// nothing to do; each task runs on a virtual thread of its own.
@Singleton
public final class Timers {

    private static final Duration LONGEST_SLEEP = Duration.ofMillis(250);

    /// A pending task.
    public final class Timer implements Comparable<Timer> {

        private final Instant due;
        private final long number;
        private final Runnable task;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Timer(Instant due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        public void cancel() {
            open.set(false);
        }

        private void run() {
            if (open.compareAndSet(true, false)) {
                try {
                    task.run();
                } catch (RuntimeException failure) {
                    failures.failed("A timed task failed", failure);
                }
            }
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Clock clock;
    private final Executor threads;
    private final RepeatedFailures failures;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Object lock = new Object();
    private long made;
    private boolean watched;
    private boolean closed;

    @Inject
    Timers(Clock clock, @OwnWork ExecutorService threads) {
        this(clock, (Executor) threads);
    }

    private Timers(Clock clock, Executor threads) {
        this.clock = clock;
        this.threads = threads;
        this.failures = new RepeatedFailures(Timers.class, clock);
    }

    /// Creates timers whose tasks run only in [#runDue], for tests.
    ///
    /// @param threads run what is to be done at once
    public static Timers byHand(Clock clock, Executor threads) {
        var timers = new Timers(clock, threads);
        timers.watched = true;
        return timers;
    }

    /// Runs a task at once, on a thread of its own.
    public void now(Runnable task) {
        threads.execute(task);
    }

    public Timer in(Duration wait, Runnable task) {
        synchronized (lock) {
            var timer = new Timer(clock.instant().plus(wait), made++, task);
            timers.add(timer);
            if (!watched && !closed) {
                watched = true;
                Thread.ofPlatform().daemon().name("sender-timers").start(this::watch);
            }
            lock.notifyAll();
            return timer;
        }
    }

    /// Runs all due tasks in the current thread. For tests that set the clock.
    public void runDue() {
        runDue(Runnable::run);
    }

    /// Runs all due tasks on these threads, for tests whose tasks wait for something.
    public void runDue(Executor threads) {
        for (Optional<Timer> due = nextDue(); due.isPresent(); due = nextDue()) {
            threads.execute(due.get()::run);
        }
    }

    private Optional<Timer> nextDue() {
        synchronized (lock) {
            Timer first = timers.peek();
            if (first == null || first.due.isAfter(clock.instant())) {
                return Optional.empty();
            }
            timers.remove();
            return Optional.of(first);
        }
    }

    private void watch() {
        try {
            while (true) {
                nextDue().ifPresent(timer -> Thread.startVirtualThread(timer::run));
                synchronized (lock) {
                    if (closed) {
                        return;
                    }
                    Timer first = timers.peek();
                    if (first == null) {
                        lock.wait();
                    } else if (first.due.isAfter(clock.instant())) {
                        Duration wait = Duration.between(clock.instant(), first.due);
                        // Wait in short steps, because the clock can be set; tests do so.
                        lock.wait(Math.clamp(wait.toMillis(), 1, LONGEST_SLEEP.toMillis()));
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() {
        synchronized (lock) {
            closed = true;
            timers.clear();
            lock.notifyAll();
        }
    }
}
