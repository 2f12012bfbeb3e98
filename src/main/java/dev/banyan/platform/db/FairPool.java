package dev.banyan.platform.db;

import module java.base;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// A pool of connections to another process that serves its callers in turn.
final class FairPool implements AutoCloseable {

    /// As Quarkus calls them unless `quarkus.virtual-threads.name-prefix` says otherwise.
    private static final String REQUEST_THREADS = "quarkus-virtual-thread-";

    private final HikariDataSource connections;
    private final ConnectionTurns turns;
    /// When a caller last got no connection, by [System#nanoTime].
    private volatile long failedAt = System.nanoTime();

    FairPool(HikariConfig config) {
        this.connections = new HikariDataSource(config);
        int all = config.getMaximumPoolSize();
        this.turns = new ConnectionTurns(
                all, all - all / 4, Duration.ofMillis(connections.getConnectionTimeout()), FairPool::isForRequest);
    }

    static boolean isForRequest() {
        return Thread.currentThread().getName().startsWith(REQUEST_THREADS);
    }

    /// @throws SQLException also if no connection is free within the pool's connection timeout
    <T> T use(ConnectionWork<T> work) throws SQLException {
        long asked = System.nanoTime();
        turns.await();
        try (Connection connection = connection(asked)) {
            try {
                return work.with(connection);
            } finally {
                // Before it is given back: HikariCP lets a virtual thread wait behind all others while it does that.
                turns.end();
            }
        }
    }

    /// Fails at once if another caller got none since this one asked: the database is away, and to wait for a turn
    /// and then for a connection would take twice as long.
    private Connection connection(long asked) throws SQLException {
        if (failedAt - asked > 0) {
            turns.end();
            throw new SQLTransientConnectionException("Others got no connection");
        }
        try {
            return connections.getConnection();
        } catch (SQLException | RuntimeException failure) {
            failedAt = System.nanoTime();
            turns.end();
            throw failure;
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
