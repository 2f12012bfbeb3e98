package dev.banyan.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A pool of connections to another process that serves its callers in turn.
final class FairPool implements AutoCloseable {

    private final HikariDataSource connections;
    private final Turns turns;

    FairPool(HikariConfig config) {
        this.connections = new HikariDataSource(config);
        this.turns = new Turns(config.getMaximumPoolSize(), Duration.ofMillis(connections.getConnectionTimeout()));
    }

    /// @throws SQLException also if no connection is free within the pool's connection timeout
    <T> T use(ConnectionWork<T> work) throws SQLException {
        turns.await();
        try (Connection connection = connection()) {
            try {
                return work.with(connection);
            } finally {
                // Before it is given back: HikariCP lets a virtual thread wait behind all others while it does that.
                turns.end();
            }
        }
    }

    private Connection connection() throws SQLException {
        try {
            return connections.getConnection();
        } catch (SQLException | RuntimeException failure) {
            turns.end();
            throw failure;
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
