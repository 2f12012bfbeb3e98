package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;

/// The columns of one table as the database itself describes them, so that a new table needs no change here.
///
/// @param kinds by column name, in the table's order
record TableColumns(String table, Map<String, Kind> kinds) {

    enum Kind {
        TEXT,
        WHOLE
    }

    /// Returns all tables of the schema except those of the migrations, by name.
    static List<TableColumns> all(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var tables =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        names.remove(DatabasePlace.HISTORY_TABLE);
        names.removeIf(name -> name.startsWith("sqlite_"));
        names.sort(null);
        var all = new ArrayList<TableColumns>();
        for (String name : names) {
            all.add(of(connection, name));
        }
        return all;
    }

    private static TableColumns of(Connection connection, String table) throws SQLException {
        var kinds = new LinkedHashMap<String, Kind>();
        try (var statement = connection.createStatement();
                var nothing = statement.executeQuery("SELECT * FROM \"" + table + "\" WHERE 1 = 0")) {
            var columns = nothing.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String name = columns.getColumnName(i);
                kinds.put(name, kind(table + "." + name, columns.getColumnType(i)));
            }
        }
        return new TableColumns(table, kinds);
    }

    private static Kind kind(String column, int type) {
        return switch (type) {
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> Kind.TEXT;
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Kind.WHOLE;
            default ->
                throw new IllegalStateException(
                        "The column " + column + " has the type " + type + ", which backups cannot carry yet");
        };
    }

    String selectAll() {
        return "SELECT " + quotedColumns() + " FROM \"" + table + "\"";
    }

    String insert() {
        return "INSERT INTO \"" + table + "\" (" + quotedColumns() + ") VALUES ("
                + String.join(", ", kinds.keySet().stream().map(_ -> "?").toList()) + ")";
    }

    private String quotedColumns() {
        return "\"" + String.join("\", \"", kinds.keySet()) + "\"";
    }
}
