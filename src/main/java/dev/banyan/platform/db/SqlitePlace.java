package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

final class SqlitePlace extends DatabasePlace {

    private static final int PATIENCE_MS = 5_000;

    private final Path file;

    SqlitePlace(Path file) {
        this.file = file;
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String name() {
        return "The database " + file;
    }

    @Override
    public long bytes() {
        return file.toFile().length()
                + file.resolveSibling(file.getFileName() + "-wal").toFile().length();
    }

    @Override
    void requireExisting() {
        if (!Files.isRegularFile(file)) {
            throw new DatabaseUnavailable("There is no database " + file + "; set the data folder with --data");
        }
    }

    @Override
    Connection reading() throws SQLException {
        return reading(file.toString());
    }

    /// Opens a file for inspection. A file without a log next to it is in use by no process: SQLite is told so, and
    /// creates no log.
    @Override
    Connection inspecting() throws SQLException {
        boolean inUse = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        return inUse ? reading() : reading(file.toUri() + "?immutable=1");
    }

    private static Connection reading(String file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(PATIENCE_MS);
        Connection connection = sourceWith(config, file).getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    DataSource source() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL); // an interrupted restore is discarded
        config.enforceForeignKeys(false);
        return sourceWith(config, file.toString());
    }

    private static SQLiteDataSource sourceWith(SQLiteConfig config, String file) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    Map<String, Long> numbering(Connection connection) throws SQLException {
        var numbering = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")) {
            if (!table.next()) {
                return numbering; // a schema from before the first numbered table
            }
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name, seq FROM sqlite_sequence")) {
            while (rows.next()) {
                numbering.put(rows.getString(1), rows.getLong(2));
            }
        }
        return numbering;
    }

    @Override
    void continueNumbering(Connection connection, String table, long highest) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM sqlite_sequence WHERE name = ?");
                var insert = connection.prepareStatement("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)")) {
            delete.setString(1, table);
            delete.executeUpdate();
            insert.setString(1, table);
            insert.setLong(2, highest);
            insert.executeUpdate();
        }
    }

    @Override
    void suspendReferences(Connection connection) {
        // Off for every connection of source().
    }

    @Override
    void checkReferences(Connection connection) throws SQLException {
        for (String lost : lostReferences(connection)) {
            throw new DatabaseUnavailable(lost);
        }
    }

    private static List<String> lostReferences(Connection connection) throws SQLException {
        var lost = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT DISTINCT "table", parent FROM pragma_foreign_key_check ORDER BY 1, 2""")) {
            while (rows.next()) {
                lost.add("Rows of " + rows.getString(1) + " refer to rows of " + rows.getString(2)
                        + " that don't exist");
            }
        }
        return lost;
    }

    @Override
    List<String> damages(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = rows.next() ? rows.getString(1) : "ok";
            return found.equals("ok")
                    ? lostReferences(connection)
                    : List.of(found.lines().findFirst().orElse("damaged"));
        } catch (SQLException failure) {
            if (failure.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code) {
                return List.of(failure.getMessage());
            }
            throw failure;
        }
    }
}
