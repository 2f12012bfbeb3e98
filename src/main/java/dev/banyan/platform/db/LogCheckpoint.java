package dev.banyan.platform.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/// Carries what SQLite has gathered in its log over into the database, so that the log begins anew.
///
/// SQLite does that by itself, but never waits for a reader: where somebody reads at every moment, the log grows
/// without end, and each commit tries again. Here a commit waits a moment for those who read; where that moment was too
/// short, it tries again when some more has gathered. Used by the one writer, after its commits.
final class LogCheckpoint {

    /// Of 4 KiB: 32 MiB. SQLite's own 1,000 are written by a single group of a busy server.
    private static final int PAGES = 8_000;

    /// 8 MiB: a reader of minutes, as a backup is, costs the writers a wait per so much, and not one per commit.
    private static final int PAGES_BEFORE_ANOTHER_TRY = 2_000;

    private static final int PATIENCE_MILLIS = 100;

    private static final Logger LOG = Logger.getLogger(LogCheckpoint.class);

    private final Connection writer;
    private final int busyMillis;
    private long next = PAGES;

    /// @param busyMillis how long the connection waits for others otherwise
    LogCheckpoint(Connection writer, int busyMillis) {
        this.writer = writer;
        this.busyMillis = busyMillis;
    }

    /// Never fails: what is committed is committed.
    void committed() {
        try (Statement statement = writer.createStatement()) {
            long pages = pages(statement, "NOOP");
            if (pages < PAGES) {
                next = PAGES;
            } else if (pages >= next) {
                statement.execute("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
                long left = pages(statement, "RESTART");
                statement.execute("PRAGMA busy_timeout = " + busyMillis);
                next = left + PAGES_BEFORE_ANOTHER_TRY;
            }
        } catch (SQLException failure) {
            LOG.warnf("The log of the database stays as it is: %s", failure.getMessage());
        }
    }

    /// How many pages are in the log, also where a reader keeps it from beginning anew.
    private static long pages(Statement statement, String mode) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return row.next() ? row.getLong(2) : 0;
        }
    }
}
