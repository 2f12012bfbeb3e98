package dev.banyan.platform.db;

import module java.base;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// Gives connections to callers in the order in which they ask. Where a caller that has just given one back may take it
/// again before those that wait, some read hundreds of times as often as others, and single requests waited for more
/// than two seconds.
final class ConnectionTurns {

    private final Semaphore free;
    private final Duration patience;

    ConnectionTurns(int connections, Duration patience) {
        this.free = new Semaphore(connections, true);
        this.patience = patience;
    }

    /// Waits for one's turn, which ends with [#end()].
    ///
    /// @throws SQLException if it does not come in time
    void await() throws SQLException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("All connections are in use");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection");
        }
    }

    void end() {
        free.release();
    }
}
