package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.db.DatabaseUnavailable;
import io.quarkus.logging.Log;

/// Processes items in batches and in order: items that arrive during one batch form the next. Failed items stay at the
/// front and are retried after a pause, so the work must be idempotent. A single failing item holds up only items with
/// the same key.
public final class RetryingBatch<T> {

    /// Pause before the second try; doubled before each further one, up to the longest.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /// After this many tries each item is tried alone, because a single one may make all fail.
    static final int TRIES_TOGETHER = 4;
    /// After this many tries alone, an item is given up. Failures because the database is unavailable don't count.
    static final int TRIES = 12;
    /// Above this number of waiting items, callers help with the work. While nothing can be processed, new
    /// items are refused.
    static final int MOST_WAITING = 20_000;

    /// Longest time that such a caller waits for its turn.
    private static final Duration HELP_WITHIN = Duration.ofSeconds(1);

    private static final int AT_ONCE = 2_000;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final ReentrantLock working = new ReentrantLock();
    /// The items to process next. They may have been tried before.
    private List<T> head = new ArrayList<>();
    private int tries;
    /// Failed tries that the items themselves may have caused.
    private int doubts;
    private volatile boolean paused;
    private volatile boolean behind;
    private volatile boolean closed;
    private final Timers timers;
    private final Consumer<List<T>> work;
    private final Function<T, Object> key;
    private final BiConsumer<T, Throwable> givenUp;
    /// How often each item of the head has failed alone, by its own fault.
    private final Map<T, Integer> alone = new IdentityHashMap<>();

    /// Creates a batch in which all items keep their order, and items that are given up are lost.
    public RetryingBatch(Timers timers, Consumer<List<T>> work) {
        this(
                timers,
                work,
                _ -> "",
                (one, why) -> Log.errorf(why, "Lost: a %s", one.getClass().getSimpleName()));
    }

    /// @param key items with the same key keep their order
    /// @param givenUp called with each item that is given up; may throw [DatabaseUnavailable] to keep it for now
    public RetryingBatch(
            Timers timers, Consumer<List<T>> work, Function<T, Object> key, BiConsumer<T, Throwable> givenUp) {
        this.timers = timers;
        this.work = work;
        this.key = key;
        this.givenUp = givenUp;
    }

    /// Processes the remaining items and accepts no more, because the server is shutting down.
    public void close() {
        closed = true;
        while (workOnSome()) {}
    }

    /// @return whether the item was accepted; false if too many are waiting after a failure
    public boolean add(T one) {
        if (closed) {
            return true;
        }
        if (behind && count.get() >= MOST_WAITING) {
            return false;
        }
        waiting.add(one);
        if (count.incrementAndGet() > MOST_WAITING) {
            help();
        }
        schedule();
        return true;
    }

    /// Slows down whoever adds faster than the work is done. For a while only: the work may be waiting for a lock that
    /// the caller holds.
    private void help() {
        try {
            if (working.tryLock(HELP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    workOnNext();
                } finally {
                    working.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns whether something has failed and waits for a retry.
    public boolean isBehind() {
        return behind;
    }

    private void schedule() {
        if (!paused && !isScheduled.getAndSet(true)) {
            timers.now(this::run);
        }
    }

    private void run() {
        try {
            while (workOnSome()) {}
        } finally {
            isScheduled.set(false);
            // A pause may have ended, or an item arrived, since the last check.
            if (behind || !waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /// @return whether there was anything to do now
    private boolean workOnSome() {
        working.lock();
        try {
            return workOnNext();
        } finally {
            working.unlock();
        }
    }

    private boolean workOnNext() {
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
                Log.warnf("%d items arrived too late: the server is shutting down", head.size());
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
        Log.warnf("Retrying %d items in %d s: %s", head.size(), pause.toSeconds(), why.getMessage());
        timers.in(pause, this::resume);
    }

    private void resume() {
        paused = false;
        schedule();
    }

    /// Processes items one at a time. If order matters, items after a failed one wait until it succeeds or is given up.
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

    /// Returns when the item is done or given up.
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
        return why instanceof DatabaseUnavailable;
    }
}
