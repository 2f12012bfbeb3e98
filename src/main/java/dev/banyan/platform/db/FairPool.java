package dev.banyan.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A connection pool that serves its callers in the order in which they ask. HikariCP lets a thread that has just given
/// a connection back take it again before those that wait. With many more readers than connections, some read hundreds
/// of times as often as others, and single requests waited for more than two seconds.
final class FairPool implements AutoCloseable {

    /// Work with one connection, which is open for as long as it takes.
    interface Work<T> {

        T with(Connection connection) throws SQLException;
    }

    private final HikariDataSource connections;
    private final Semaphore turns;

    FairPool(HikariConfig config) {
        this.connections = new HikariDataSource(config);
        this.turns = new Semaphore(config.getMaximumPoolSize(), true);
    }

    /// @throws SQLException also if no connection is free within the pool's connection timeout
    <T> T use(Work<T> work) throws SQLException {
        awaitTurn();
        try (Connection connection = connections.getConnection()) {
            return work.with(connection);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() throws SQLException {
        try {
            if (!turns.tryAcquire(connections.getConnectionTimeout(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("All connections are in use");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection");
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
