package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// All tables of a database as they were at one moment, read row by row, while a server continues to write. Memory does
/// not grow with the tables.
public final class DatabaseSnapshot implements AutoCloseable {

    private static final int FETCHED_AT_ONCE = 1_000;

    /// Receives one row. An empty column is left out; the others are a `String` or a `Long`.
    @FunctionalInterface
    public interface Rows {
        void row(Map<String, Object> row) throws IOException;
    }

    private final DatabasePlace place;
    private final Connection connection;
    private final String version;
    private final List<TableColumns> tables;

    private DatabaseSnapshot(DatabasePlace place, Connection connection) throws SQLException {
        this.place = place;
        this.connection = connection;
        this.version = schemaVersion(connection)
                .orElseThrow(() -> new DatabaseUnavailable(place.name() + " has no tables of Banyan"));
        if (!Migrations.isKnown(version)) {
            throw Migrations.newer(place.name(), version);
        }
        this.tables = TableColumns.all(connection);
    }

    /// @throws DatabaseUnavailable with one clear line if there is nothing to read
    public static DatabaseSnapshot of(DatabasePlace place) {
        place.requireExisting();
        try {
            Connection connection = place.reading();
            try {
                return new DatabaseSnapshot(place, connection);
            } catch (SQLException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(place.name() + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// Returns the newest migration that was applied, such as `010`; empty if none was.
    static Optional<String> schemaVersion(Connection connection) throws SQLException {
        try (var tables = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), DatabasePlace.HISTORY_TABLE, new String[] {"TABLE"})) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (var statement = connection.createStatement();
                var history = statement.executeQuery(Migrations.HISTORY)) {
            return history.next() ? Optional.ofNullable(history.getString(1)) : Optional.empty();
        }
    }

    public String schemaVersion() {
        return version;
    }

    public List<String> tables() {
        return tables.stream().map(TableColumns::table).toList();
    }

    /// See [DatabasePlace#numbering].
    public Map<String, Long> numbering() {
        try {
            return place.numbering(connection);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(place.name() + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    public long read(String table, Rows rows) throws IOException {
        TableColumns columns = tables.stream()
                .filter(known -> known.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such table: " + table));
        long count = 0;
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (var results = statement.executeQuery(columns.selectAll())) {
                for (; results.next(); count++) {
                    rows.row(row(columns, results));
                }
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(
                    place.name() + " cannot be read in the table " + table + ": " + failure.getMessage(), failure);
        }
        return count;
    }

    private static Map<String, Object> row(TableColumns columns, ResultSet results) throws SQLException {
        var row = new LinkedHashMap<String, Object>();
        int index = 0;
        for (Map.Entry<String, TableColumns.Kind> column : columns.kinds().entrySet()) {
            Object value = results.getObject(++index);
            if (value != null) {
                row.put(column.getKey(), value(columns.table(), column.getKey(), column.getValue(), value));
            }
        }
        return row;
    }

    /// Returns the value unchanged, as an archive must keep it: SQLite stores any type, whatever the column declares.
    private static Object value(String table, String column, TableColumns.Kind kind, Object value) {
        return switch (value) {
            case String text when kind == TableColumns.Kind.TEXT -> text;
            case Long whole when kind == TableColumns.Kind.WHOLE -> whole;
            case Integer whole when kind == TableColumns.Kind.WHOLE -> whole.longValue();
            case Object other ->
                throw new DatabaseUnavailable("The table " + table + " holds a "
                        + other.getClass().getSimpleName() + " in the column " + column + ", which is not supported");
        };
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException _) {
            // Nothing was written.
        }
    }
}
