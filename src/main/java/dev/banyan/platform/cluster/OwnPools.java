package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;

/// The pools whose live work this node has, as far as it knows. They count only while it is in touch: one that was
/// paused or cut off has none, because others may have taken them.
final class OwnPools {

    private enum State {
        COMING,
        HERE,
        LEAVING
    }

    private final BooleanSupplier isSettled;
    private final LongSupplier cutOffs;
    private final Map<LivePool, State> states = new ConcurrentHashMap<>();
    /// Held shared from reading what is this node's until it is remembered, and alone while a pool is given away:
    /// otherwise one could be remembered that has just been given to another node.
    private final ReadWriteLock giving = new ReentrantReadWriteLock();
    private volatile boolean closed;
    /// [Nodes#cutOffs] when it last began to take pools; what it took before is not its own any more.
    private volatile long era;

    /// @param isSettled as [Nodes#isSettled]
    /// @param cutOffs as [Nodes#cutOffs]
    OwnPools(BooleanSupplier isSettled, LongSupplier cutOffs) {
        this.isSettled = isSettled;
        this.cutOffs = cutOffs;
    }

    boolean isInTouch() {
        return isSettled.getAsBoolean() && cutOffs.getAsLong() == era;
    }

    /// Returns whether it does the work of a pool right now.
    boolean isHere(LivePool pool) {
        return states.get(pool) == State.HERE && isInTouch();
    }

    /// Returns whether it has a pool, which may be coming or leaving.
    boolean has(LivePool pool) {
        return knows(pool) && isInTouch();
    }

    /// Returns whether it had a pool when it was last in touch.
    boolean knows(LivePool pool) {
        return states.containsKey(pool);
    }

    boolean hasSome(AccountId account) {
        return isInTouch()
                && states.keySet().stream().anyMatch(pool -> pool.account().equals(account));
    }

    Set<LivePool> all() {
        return states.keySet();
    }

    /// Reads or takes pools that are this node's, and remembers them.
    ///
    /// @param remembered does with those that are new to this node what begins their work
    /// @return what was read
    List<LivePool> remember(Supplier<List<LivePool>> reading, Consumer<List<LivePool>> remembered) {
        giving.readLock().lock();
        try {
            List<LivePool> pools = reading.get();
            List<LivePool> coming = closed
                    ? List.of()
                    : pools.stream()
                            .filter(pool -> states.putIfAbsent(pool, State.COMING) == null)
                            .toList();
            if (!coming.isEmpty()) {
                remembered.accept(coming);
            }
            return pools;
        } finally {
            giving.readLock().unlock();
        }
    }

    /// @return false if it isn't coming any more
    boolean arrived(LivePool pool) {
        return states.replace(pool, State.COMING, State.HERE);
    }

    /// @return false if it isn't here
    boolean leaves(LivePool pool) {
        return states.replace(pool, State.HERE, State.LEAVING);
    }

    /// Gives a pool away while none is taken.
    void give(LivePool pool, Runnable giving) {
        this.giving.writeLock().lock();
        try {
            giving.run();
            states.remove(pool);
        } finally {
            this.giving.writeLock().unlock();
        }
    }

    void forget(LivePool pool) {
        states.remove(pool);
    }

    /// Forgets all, because others have them, and begins anew.
    ///
    /// @return what it had
    List<LivePool> lose() {
        List<LivePool> lost = List.copyOf(states.keySet());
        states.clear();
        era = cutOffs.getAsLong();
        return lost;
    }

    /// Takes none any more: the server stops.
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
