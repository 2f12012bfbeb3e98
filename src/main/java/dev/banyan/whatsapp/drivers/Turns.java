package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ConnectionId;

/// Lets only some work of one kind be done at each gateway at the same time. The rest waits, each on its
/// own virtual thread.
final class Turns {

    private final int atOnce;
    private final Map<ConnectionId, Semaphore> free = new ConcurrentHashMap<>();

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /// Waits for a turn and does the work.
    <T> T of(ConnectionId connection, Supplier<T> work) {
        Semaphore turns = free.computeIfAbsent(connection, _ -> new Semaphore(atOnce));
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
