package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/// Fills an empty database with the rows of another one, all or nothing: without [#finish] everything is rolled back.
///
/// The schema is first created in the version of the rows, and updated afterwards, so that later migrations see the
/// data that they were written for.
public final class DatabaseLoad implements AutoCloseable {

    private static final int BATCH = 500;

    private final DatabasePlace place;
    private final Connection connection;
    private final List<TableColumns> tables;

    private DatabaseLoad(DatabasePlace place, Connection connection) throws SQLException {
        this.place = place;
        this.connection = connection;
        this.tables = TableColumns.all(connection);
    }

    /// @param version of the schema that the rows belong to, such as `010`
    /// @throws DatabaseUnavailable if the place is not empty, or the version is newer than this program
    public static DatabaseLoad into(DatabasePlace place, String version) {
        if (!isKnown(version)) {
            throw new DatabaseUnavailable("The rows belong to a newer version of Banyan (schema " + version + ")");
        }
        try {
            requireEmpty(place, version);
            Migrations.migrate(place.source(), place.kind(), place.name(), version);
            Connection connection = place.loading();
            try {
                var load = new DatabaseLoad(place, connection);
                place.suspendReferences(connection);
                return load;
            } catch (SQLException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw cannotBeFilled(place, failure);
        }
    }

    /// Returns true if this program can create a schema of that version.
    public static boolean isKnown(String version) {
        return Migrations.isKnown(version);
    }

    /// Requires that there are no rows. A server that was started and never used has left empty tables, which may be
    /// filled.
    private static void requireEmpty(DatabasePlace place, String version) throws SQLException {
        try (Connection connection = place.loading()) {
            Optional<String> present = DatabaseSnapshot.schemaVersion(connection);
            if (present.isEmpty()) {
                return;
            }
            if (!present.get().equals(version)) {
                throw new DatabaseUnavailable(place.name() + " has tables of another version (schema " + present.get()
                        + ", the backup's is " + version + "); use a new database");
            }
            for (TableColumns table : TableColumns.all(connection)) {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery(table.selectAll() + " LIMIT 1")) {
                    if (row.next()) {
                        throw new DatabaseUnavailable(
                                place.name() + " is not empty (" + table.table() + " has rows); use an empty one");
                    }
                }
            }
            connection.rollback();
        }
    }

    public List<String> tables() {
        return tables.stream().map(TableColumns::table).toList();
    }

    /// @param rows in the form of [DatabaseSnapshot.Rows]
    /// @return how many there were
    public long load(String table, Iterator<Map<String, Object>> rows) {
        TableColumns columns = tables.stream()
                .filter(known -> known.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new DatabaseUnavailable("There is no table " + table + " in this version"));
        long count = 0;
        try (var insert = connection.prepareStatement(columns.insert())) {
            while (rows.hasNext()) {
                bind(insert, columns, rows.next());
                insert.addBatch();
                if (++count % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            return count;
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("The table " + table + " cannot be filled: " + failure.getMessage(), failure);
        }
    }

    private static void bind(PreparedStatement insert, TableColumns columns, Map<String, Object> row)
            throws SQLException {
        int found = 0;
        int index = 0;
        for (Map.Entry<String, TableColumns.Kind> column : columns.kinds().entrySet()) {
            Optional<Object> value = Optional.ofNullable(row.get(column.getKey()));
            found += value.isPresent() ? 1 : 0;
            index++;
            switch (column.getValue()) {
                case TEXT -> {
                    if (value.isPresent()) {
                        insert.setString(index, as(String.class, columns, column.getKey(), value.get()));
                    } else {
                        insert.setNull(index, Types.VARCHAR);
                    }
                }
                case WHOLE -> {
                    if (value.isPresent()) {
                        insert.setLong(index, as(Long.class, columns, column.getKey(), value.get()));
                    } else {
                        insert.setNull(index, Types.BIGINT);
                    }
                }
            }
        }
        if (found != row.size()) {
            throw new DatabaseUnavailable("A row of " + columns.table() + " has columns that the table doesn't have: "
                    + row.keySet().stream()
                            .filter(name -> !columns.kinds().containsKey(name))
                            .toList());
        }
    }

    private static <T> T as(Class<T> type, TableColumns columns, String column, Object value) {
        if (!type.isInstance(value)) {
            throw new DatabaseUnavailable(
                    "A row of " + columns.table() + " has the wrong kind of value in the column " + column);
        }
        return type.cast(value);
    }

    public void continueNumbering(Map<String, Long> highest) {
        try {
            for (Map.Entry<String, Long> table : highest.entrySet()) {
                place.continueNumbering(connection, table.getKey(), table.getValue());
            }
        } catch (SQLException failure) {
            throw cannotBeFilled(place, failure);
        }
    }

    /// Checks every reference between rows, commits, and updates the schema.
    ///
    /// @param beforeCommit what else must succeed; if it fails, nothing is committed
    public void finish(Runnable beforeCommit) {
        try {
            place.checkReferences(connection);
            beforeCommit.run();
            connection.commit();
            connection.close();
        } catch (SQLException failure) {
            throw cannotBeFilled(place, failure);
        }
        Migrations.migrate(place.source(), place.kind(), place.name(), BeforeUpgrade.NOTHING);
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } catch (SQLException _) {
            // The database rolls back by itself when the connection ends.
        }
    }

    private static DatabaseUnavailable cannotBeFilled(DatabasePlace place, SQLException failure) {
        return new DatabaseUnavailable(place.name() + " cannot be filled: " + failure.getMessage(), failure);
    }
}
