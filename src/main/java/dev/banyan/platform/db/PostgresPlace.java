package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresPlace extends DatabasePlace {

    private static final int CONNECT_SECONDS = 10;
    /// The lock that a server holds while it updates the tables: any number that means nothing else.
    private static final long MIGRATING = 4_716_205_811L;

    /// The foreign keys that [#suspendReferences] dropped, as statements that restore them.
    private final List<String> suspended = new ArrayList<>();

    private final String url;

    PostgresPlace(String url) {
        if (!new Driver().acceptsURL(url)) {
            throw new DatabaseUnavailable(PostgresDatabase.BAD_URL);
        }
        this.url = url;
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public String name() {
        return "The PostgreSQL database";
    }

    @Override
    void requireExisting() {
        // Connecting reports it.
    }

    @Override
    Connection reading() throws SQLException {
        Connection connection = source().getConnection();
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    @Override
    Connection inspecting() throws SQLException {
        return reading();
    }

    @Override
    DataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setReWriteBatchedInserts(true);
        source.setConnectTimeout(CONNECT_SECONDS);
        return source;
    }

    /// Updates the tables. Of several servers that start at the same time, one does it, and the others wait.
    void migrate(BeforeUpgrade before) {
        if (Migrations.isUpToDate(source())) {
            return;
        }
        try (var turn = source().getConnection();
                var statement = turn.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + MIGRATING + ")");
            Migrations.migrate(source(), kind(), name(), before);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(name() + " cannot be migrated: " + failure.getMessage(), failure);
        }
    }

    @Override
    public long bytes() {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(name() + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    Map<String, Long> numbering(Connection connection) throws SQLException {
        var sequences = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
                        FROM information_schema.columns
                        WHERE table_schema = current_schema() AND is_identity = 'YES'""")) {
            while (rows.next()) {
                sequences.put(rows.getString(1), rows.getString(2));
            }
        }
        var numbering = new TreeMap<String, Long>();
        for (Map.Entry<String, String> sequence : sequences.entrySet()) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT last_value FROM " + sequence.getValue() + " WHERE is_called")) {
                if (row.next()) {
                    numbering.put(sequence.getKey(), row.getLong(1));
                }
            }
        }
        return numbering;
    }

    @Override
    void continueNumbering(Connection connection, String table, long highest) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT setval(pg_get_serial_sequence(quote_ident(table_name), column_name), ?)
                FROM information_schema.columns
                WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name = ?""")) {
            statement.setLong(1, highest);
            statement.setString(2, table);
            statement.executeQuery().close();
        }
    }

    /// Drops the foreign keys. Deferring the checks instead would keep one event per row in the server's memory until
    /// the commit.
    @Override
    void suspendReferences(Connection connection) throws SQLException {
        var drops = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
                        FROM pg_constraint
                        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
                        ORDER BY 1, 2""")) {
            while (rows.next()) {
                String constraint = "ALTER TABLE " + rows.getString(1) + " %s CONSTRAINT " + rows.getString(2);
                drops.add(constraint.formatted("DROP"));
                suspended.add(constraint.formatted("ADD") + " " + rows.getString(3));
            }
        }
        execute(connection, drops);
    }

    @Override
    void checkReferences(Connection connection) throws SQLException {
        execute(connection, suspended);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    List<String> damages(Connection connection) {
        return List.of(); // PostgreSQL checks its files itself
    }
}
