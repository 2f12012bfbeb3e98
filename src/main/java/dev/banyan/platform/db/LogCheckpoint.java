package dev.banyan.platform.db;

import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Checkpoints SQLite's write-ahead log into the database, so that the log starts again.
///
/// SQLite does that by itself, but never waits for a reader: if there is always a reader, the log grows without end,
/// and each commit tries again. Here a commit waits a moment for readers; if that was too short, it tries again after
/// more has accumulated. Used by the single writer, after its commits.
final class LogCheckpoint {

    /// Pages of 4 KiB: 32 MiB. A busy server writes SQLite's own 1,000 in a single group.
    private static final int PAGES = 8_000;

    /// 8 MiB: a long reader, such as a backup, costs the writers one wait per this amount, and not one per commit.
    private static final int PAGES_BEFORE_ANOTHER_TRY = 2_000;

    private static final int PATIENCE_MILLIS = 100;
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
            Log.warnf("The log of the database stays as it is: %s", failure.getMessage());
        }
    }

    /// Returns the number of pages in the log, even if a reader keeps it from starting again.
    private static long pages(Statement statement, String mode) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return row.next() ? row.getLong(2) : 0;
        }
    }
}
