package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;

/// The accounts whose live work this node has, as far as it knows. They count only while it is in touch: one that was
/// paused or cut off has none, because others may have taken them.
final class OwnAccounts {

    private enum State {
        COMING,
        HERE,
        LEAVING
    }

    private final BooleanSupplier isSettled;
    private final LongSupplier cutOffs;
    private final Map<AccountId, State> states = new ConcurrentHashMap<>();
    /// Held shared from reading what is this node's until it is remembered, and alone while an account is given away:
    /// otherwise one could be remembered that has just been given to another node.
    private final ReadWriteLock giving = new ReentrantReadWriteLock();
    private volatile boolean closed;
    /// [Nodes#cutOffs] when it last began to take accounts; what it took before is not its own any more.
    private volatile long era;

    /// @param isSettled as [Nodes#isSettled]
    /// @param cutOffs as [Nodes#cutOffs]
    OwnAccounts(BooleanSupplier isSettled, LongSupplier cutOffs) {
        this.isSettled = isSettled;
        this.cutOffs = cutOffs;
    }

    boolean isInTouch() {
        return isSettled.getAsBoolean() && cutOffs.getAsLong() == era;
    }

    /// Returns whether it does the work of an account right now.
    boolean isHere(AccountId account) {
        return states.get(account) == State.HERE && isInTouch();
    }

    /// Returns whether it has an account, which may be coming or leaving.
    boolean has(AccountId account) {
        return knows(account) && isInTouch();
    }

    /// Returns whether it had an account when it was last in touch.
    boolean knows(AccountId account) {
        return states.containsKey(account);
    }

    int count() {
        return states.size();
    }

    Set<AccountId> all() {
        return states.keySet();
    }

    /// Reads or takes accounts that are this node's, and remembers them.
    ///
    /// @param remembered does with those that are new to this node what begins their work
    /// @return what was read
    List<AccountId> remember(Supplier<List<AccountId>> reading, Consumer<List<AccountId>> remembered) {
        giving.readLock().lock();
        try {
            List<AccountId> accounts = reading.get();
            List<AccountId> coming = closed
                    ? List.of()
                    : accounts.stream()
                            .filter(account -> states.putIfAbsent(account, State.COMING) == null)
                            .toList();
            if (!coming.isEmpty()) {
                remembered.accept(coming);
            }
            return accounts;
        } finally {
            giving.readLock().unlock();
        }
    }

    /// @return false if it isn't coming any more
    boolean arrived(AccountId account) {
        return states.replace(account, State.COMING, State.HERE);
    }

    /// @return false if it isn't here
    boolean leaves(AccountId account) {
        return states.replace(account, State.HERE, State.LEAVING);
    }

    /// Gives an account away while none is taken.
    void give(AccountId account, Runnable giving) {
        this.giving.writeLock().lock();
        try {
            giving.run();
            states.remove(account);
        } finally {
            this.giving.writeLock().unlock();
        }
    }

    void forget(AccountId account) {
        states.remove(account);
    }

    /// Forgets all, because others have them, and begins anew.
    ///
    /// @return what it had
    List<AccountId> lose() {
        List<AccountId> lost = List.copyOf(states.keySet());
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
