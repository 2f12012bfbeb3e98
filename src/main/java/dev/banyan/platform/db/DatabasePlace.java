package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The location of a database, for commands that read it as a whole, next to the server that may be using it: backup,
/// restore, doctor. Contains what differs between the two kinds there; nothing is open until a command asks for it.
public abstract sealed class DatabasePlace permits SqlitePlace, PostgresPlace {

    static final String HISTORY_TABLE = "flyway_schema_history";

    /// @param url of PostgreSQL; empty for SQLite in `file`
    public static DatabasePlace of(Optional<String> url, Path file) {
        return url.<DatabasePlace>map(PostgresPlace::new).orElseGet(() -> new SqlitePlace(file));
    }

    /// Returns `sqlite` or `postgresql`, also the name of the folder with the kind's own migrations.
    public abstract String kind();

    /// Returns the name in messages, such as "The database /srv/banyan/banyan.db".
    public abstract String name();

    /// Returns the size on disk.
    public abstract long bytes();

    /// @throws DatabaseUnavailable if there is none
    abstract void requireExisting();

    /// Returns a read-only connection, in one transaction that sees one state.
    abstract Connection reading() throws SQLException;

    /// Does the same as [#reading], if possible without leaving files next to the database.
    abstract Connection inspecting() throws SQLException;

    /// Returns the source for migrations, and for [#loading].
    abstract DataSource source();

    /// Returns a connection for filling empty tables, in a transaction.
    Connection loading() throws SQLException {
        Connection connection = source().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /// Returns the highest number assigned so far, by the name of each table whose rows the database numbers.
    abstract Map<String, Long> numbering(Connection connection) throws SQLException;

    /// Makes rows inserted after a restore get higher numbers than all earlier ones.
    abstract void continueNumbering(Connection connection, String table, long highest) throws SQLException;

    /// Accepts rows in any order, until [#checkReferences].
    abstract void suspendReferences(Connection connection) throws SQLException;

    /// @throws DatabaseUnavailable that names a reference without a target
    abstract void checkReferences(Connection connection) throws SQLException;

    /// Returns the damages, one line each; empty if all is sound. Reads everything.
    abstract List<String> damages(Connection connection) throws SQLException;
}
