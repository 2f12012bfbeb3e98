package dev.banyan;

import module java.base;
import dev.banyan.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.SQLDialect;
import org.sqlite.JDBC;

/// All that the test server's database holds at one moment, to return to: copying its pages takes milliseconds, a new
/// world half a second. What the server keeps in memory, and its files, stay as they are.
public final class Moment implements AutoCloseable {

    private final Path copy;
    private final Database database;

    private Moment(Path copy, Database database) {
        this.copy = copy;
        this.database = database;
    }

    /// Keeps this moment; of a database in a file only.
    public static Optional<Moment> now(Database database) {
        if (database.read(tx -> tx.sql().family()) != SQLDialect.SQLITE) {
            return Optional.empty();
        }
        var moment = new Moment(TestFolders.newFolder("moment").resolve("copy.db"), database);
        moment.run("backup to '" + moment.copy + "'");
        return Optional.of(moment);
    }

    /// Returns to this moment.
    public void again() {
        run("restore from '" + copy + "'");
        database.write(tx -> tx.sql().execute("DELETE FROM mails WHERE 1 = 0")); // ends what readers remember
    }

    /// Forgets it.
    @Override
    public void close() {
        for (String end : List.of("", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + end));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// SQLite itself copies: beside a server that goes on, as a backup of a live database does.
    private void run(String statement) {
        try (Connection connection = JDBC.createConnection(
                        "jdbc:sqlite:" + TestServer.data().resolve("banyan.db") + "?busy_timeout=60000",
                        new Properties());
                var plain = connection.createStatement()) {
            plain.executeUpdate(statement);
        } catch (SQLException failure) {
            throw new AssertionError(statement, failure);
        }
    }
}
