package dev.banyan.platform.db;

import module java.base;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// Gives connections to callers in the order in which they ask. Where a caller that has just given one back may take it
/// again before those that wait, some read hundreds of times as often as others, and single requests waited for more
/// than two seconds.
///
/// Requests have a line of their own, and neither they nor the server's own work get all connections: behind hundreds
/// of requests, the numbers of a server that died were not connected for a minute.
final class ConnectionTurns {

    private final Semaphore free;
    private final Semaphore requests;
    private final Semaphore work;
    private final Duration patience;
    private final BooleanSupplier isRequest;

    /// Turns of callers that are all alike.
    ConnectionTurns(int connections, Duration patience) {
        this(connections, connections, patience, () -> true);
    }

    /// @param most how many of the connections requests get, and how many the server's own work
    /// @param isRequest whether the current thread works on a request; the same until its turn ends
    ConnectionTurns(int connections, int most, Duration patience, BooleanSupplier isRequest) {
        this.free = new Semaphore(connections, true);
        this.requests = new Semaphore(most, true);
        this.work = new Semaphore(most, true);
        this.patience = patience;
        this.isRequest = isRequest;
    }

    /// Waits for one's turn, which ends with [#end()].
    ///
    /// @throws SQLException if it does not come in time
    void await() throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        Semaphore line = line();
        await(line, until);
        try {
            await(free, until);
        } catch (SQLException late) {
            line.release();
            throw late;
        }
    }

    private static void await(Semaphore line, long until) throws SQLException {
        try {
            if (!line.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException("All connections are in use");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection");
        }
    }

    void end() {
        free.release();
        line().release();
    }

    private Semaphore line() {
        return isRequest.getAsBoolean() ? requests : work;
    }
}
