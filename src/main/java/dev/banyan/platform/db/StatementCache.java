package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.sqlite.SQLiteDataSource;

/// A connection to SQLite that keeps what it has prepared. SQLite compiles a statement for each use otherwise, which
/// takes four times as long as running a lookup (bench/FINDINGS.md). PostgreSQL's driver does the same by itself.
///
/// Used by one thread at a time, like every connection.
final class StatementCache extends DefaultConnection {

    /// Opens such connections.
    static final class Source extends SQLiteDataSource {

        Source(String url) {
            setUrl(url);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new StatementCache(super.getConnection());
        }
    }

    /// Some kilobytes each. More different ones are in use at once only where lists of different lengths are asked for.
    private static final int AT_MOST = 200;

    /// By text, the one unused for longest first. Absent while in use.
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

    StatementCache(Connection connection) {
        super(connection);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        return new Kept(sql, kept == null ? super.prepareStatement(sql) : kept);
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : idle.values()) {
            statement.close();
        }
        idle.clear();
        super.close();
    }

    private void putBack(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement same = idle.put(sql, statement);
        if (same != null) { // both were in use at once
            same.close();
        }
        if (idle.size() > AT_MOST) {
            idle.pollFirstEntry().getValue().close();
        }
    }

    private final class Kept extends DefaultPreparedStatement {

        private final String sql;
        private boolean closed;

        Kept(String sql, PreparedStatement statement) {
            super(statement);
            this.sql = sql;
        }

        @Override
        public void close() throws SQLException {
            PreparedStatement statement = getDelegatePreparedStatement();
            if (closed || statement.isClosed()) {
                return;
            }
            closed = true;
            statement.clearBatch();
            statement.clearParameters();
            putBack(sql, statement);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
