package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The connections that read from SQLite. They lead to a file and not to another machine: they never go stale, and
/// there is nothing to watch, so a queue of idle ones is all the pool they need (bench/FINDINGS.md).
final class SqliteReadPool implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataSource source;
    private final ConnectionTurns turns;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /// Opens the first connection, so that a file that cannot be read is found out at the start.
    SqliteReadPool(DataSource source, int atOnce) throws SQLException {
        this.source = source;
        this.turns = new ConnectionTurns(atOnce, PATIENCE);
        idle.add(open());
    }

    /// @throws SQLException also if it is not one's turn within the usual time
    <T> T use(ConnectionWork<T> work) throws SQLException {
        turns.await();
        try {
            Connection kept = idle.poll();
            Connection connection = kept == null ? open() : kept;
            boolean sound = false;
            try {
                T result = work.with(connection);
                sound = true;
                return result;
            } finally {
                giveBack(connection, sound);
            }
        } finally {
            turns.end();
        }
    }

    private Connection open() throws SQLException {
        if (closed) {
            throw new SQLException("The database is closed");
        }
        Connection connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /// A connection whose work failed is not used again, because its state is unknown.
    private void giveBack(Connection connection, boolean sound) throws SQLException {
        if (!sound) {
            connection.close();
            return;
        }
        idle.add(connection);
        if (closed) {
            close(); // began while this one was in use
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
