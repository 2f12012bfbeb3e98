package dev.banyan.platform.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// Where a database is, for commands that look at it whole, beside the server that may be using it: backup, restore,
/// doctor. Holds what differs between the two kinds there; nothing is open until one of them asks.
public abstract sealed class DatabasePlace permits SqlitePlace, PostgresPlace {

    static final String HISTORY_TABLE = "flyway_schema_history";

    /// @param url of PostgreSQL; empty for SQLite in `file`
    public static DatabasePlace of(Optional<String> url, Path file) {
        return url.<DatabasePlace>map(PostgresPlace::new).orElseGet(() -> new SqlitePlace(file));
    }

    /// `sqlite` or `postgresql`: also the name of the folder with migrations of its own.
    public abstract String kind();

    /// How messages name it, such as "The database /srv/banyan/banyan.db".
    public abstract String name();

    /// @throws UnusableDatabase when there is none
    abstract void requireExisting();

    /// A connection that cannot write, in one transaction that sees one state.
    abstract Connection reading() throws SQLException;

    /// As [#reading], and leaving no trace beside the database where that is possible.
    abstract Connection inspecting() throws SQLException;

    /// For migrations, and for [#loading].
    abstract DataSource source();

    /// A connection for filling empty tables, in a transaction.
    abstract Connection loading() throws SQLException;

    /// The highest number given out so far, by the name of each table whose rows the database numbers.
    abstract Map<String, Long> numbering(Connection connection) throws SQLException;

    /// Rows that come after a restore get higher numbers than all that ever were.
    abstract void continueNumbering(Connection connection, String table, long highest) throws SQLException;

    /// Lets rows come in any order, until [#checkReferences].
    abstract void suspendReferences(Connection connection) throws SQLException;

    /// @throws UnusableDatabase that names a reference which leads nowhere
    abstract void checkReferences(Connection connection) throws SQLException;

    /// What is damaged, one line each; empty when all is sound. Reads everything.
    abstract List<String> damages(Connection connection) throws SQLException;
}
