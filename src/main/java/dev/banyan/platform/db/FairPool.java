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
        try (Connection connection = connections.getConnection()) {
            return work.with(connection);
        } finally {
            turns.end();
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
