package dev.banyan.whatsapp.sending;

import dev.banyan.platform.db.UnusableDatabase;
import dev.banyan.whatsapp.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Things that come one by one and are worked on together, in the order in which they came: what comes while some are
/// being worked on shares the next turn. Those that fail stay first in line and are tried again after a while, so the
/// work must bear being done twice. One that fails alone holds up only what has the same key.
public final class RetryingBatch<T> {

    /// Before the second try; twice as long before each that follows, and never longer than the longest.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /// After as many, each is tried alone: perhaps it is one of them that makes all fail.
    static final int TRIES_TOGETHER = 4;
    /// After as many, one that fails alone is given up. That the database is away counts for neither.
    static final int TRIES = 12;
    /// Who brings more than this at a time helps first. Nothing more is taken while nothing can be done about it.
    static final int MOST_WAITING = 20_000;

    private static final int AT_ONCE = 2_000;

    private static final Logger LOG = Logger.getLogger(RetryingBatch.class);

    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Object working = new Object();
    /// What comes next. It may have been tried before.
    private List<T> head = new ArrayList<>();
    private int tries;
    /// Tries that may have failed by its own fault.
    private int doubts;
    private volatile boolean paused;
    private volatile boolean behind;
    private volatile boolean closed;
    private final Executor threads;
    private final Timers timers;
    private final Consumer<List<T>> work;
    private final Function<T, Object> key;
    private final BiConsumer<T, Throwable> givenUp;
    /// How often those of the head have failed alone, by their own fault.
    private final Map<T, Integer> alone = new IdentityHashMap<>();

    /// Everything keeps its order, and what is given up is lost.
    public RetryingBatch(Executor threads, Timers timers, Consumer<List<T>> work) {
        this(
                threads,
                timers,
                work,
                _ -> "",
                (one, why) -> LOG.errorf(why, "Lost: a %s", one.getClass().getSimpleName()));
    }

    /// @param key what has the same keeps its order
    /// @param givenUp hears of each that is given up; it fails with [UnusableDatabase] to have it kept for now
    RetryingBatch(
            Executor threads,
            Timers timers,
            Consumer<List<T>> work,
            Function<T, Object> key,
            BiConsumer<T, Throwable> givenUp) {
        this.threads = threads;
        this.timers = timers;
        this.work = work;
        this.key = key;
        this.givenUp = givenUp;
    }

    /// Works on what is there, and takes nothing more: the server ends.
    public void close() {
        closed = true;
        while (workOnSome()) {}
    }

    /// @return whether it is taken: not where too much waits for better times already
    public boolean add(T one) {
        if (closed) {
            return true;
        }
        if (behind && count.get() >= MOST_WAITING) {
            return false;
        }
        waiting.add(one);
        if (count.incrementAndGet() > MOST_WAITING) {
            workOnSome();
        }
        schedule();
        return true;
    }

    /// Whether something has failed and waits to be tried again.
    boolean isBehind() {
        return behind;
    }

    private void schedule() {
        if (!paused && !isScheduled.getAndSet(true)) {
            threads.execute(this::run);
        }
    }

    private void run() {
        try {
            while (workOnSome()) {}
        } finally {
            isScheduled.set(false);
            // A pause may have ended, or something have come, since we looked last.
            if (behind || !waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /// @return whether there was anything to be done now
    private boolean workOnSome() {
        synchronized (working) {
            if (paused && !closed) {
                return false;
            }
            fill();
            if (head.isEmpty()) {
                return false;
            }
            if (closed || doubts < TRIES_TOGETHER) {
                workTogether();
            } else {
                workOneByOne();
            }
            return true;
        }
    }

    private void fill() {
        int before = head.size();
        while (head.size() < AT_ONCE && !waiting.isEmpty()) {
            head.add(waiting.remove());
        }
        count.addAndGet(before - head.size());
    }

    private void workTogether() {
        try {
            work.accept(head);
            done();
        } catch (RuntimeException | Error failure) {
            if (closed) {
                LOG.warnf("%d came too late: the server ends", head.size());
                done();
            } else {
                later(failure);
            }
        }
    }

    private void done() {
        head = new ArrayList<>();
        alone.clear();
        tries = 0;
        doubts = 0;
        behind = false;
    }

    private void later(Throwable why) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        tries++;
        doubts += isDatabaseAway(why) ? 0 : 1;
        behind = true;
        paused = true;
        LOG.warnf("%d are tried again in %d s: %s", head.size(), pause.toSeconds(), why.getMessage());
        timers.in(pause, this::resume);
    }

    private void resume() {
        paused = false;
        schedule();
    }

    /// What comes after one that fails waits for it, where the order counts. In the end it is given up.
    private void workOneByOne() {
        var held = new HashSet<Object>();
        Optional<Throwable> failed = Optional.empty();
        for (Iterator<T> each = head.iterator(); each.hasNext() && !closed; ) {
            T one = each.next();
            if (held.contains(key.apply(one))) {
                continue;
            }
            try {
                workAlone(one);
                each.remove();
                tries = 0;
            } catch (RuntimeException | Error failure) {
                if (isDatabaseAway(failure)) {
                    later(failure);
                    return;
                }
                held.add(key.apply(one));
                failed = Optional.of(failure);
            }
        }
        failed.ifPresent(this::later);
        if (head.isEmpty()) {
            done();
        }
    }

    /// Returns when it is done or given up.
    private void workAlone(T one) {
        try {
            work.accept(List.of(one));
        } catch (RuntimeException | Error failure) {
            if (isDatabaseAway(failure) || alone.merge(one, 1, Integer::sum) < TRIES - TRIES_TOGETHER) {
                throw failure;
            }
            givenUp.accept(one, failure);
        }
        alone.remove(one);
    }

    private static boolean isDatabaseAway(Throwable why) {
        return why instanceof UnusableDatabase;
    }
}
