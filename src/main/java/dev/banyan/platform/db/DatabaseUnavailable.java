package dev.banyan.platform.db;

import module java.base;
import dev.banyan.platform.SharedOutage;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The database cannot be opened, read or written. The message is one line for the operator. The statement is not to
/// blame: the same one may succeed later.
public final class DatabaseUnavailable extends RuntimeException implements SharedOutage {

    private static final long serialVersionUID = 1L;

    private static final String DISK_FULL = "53100";
    /// Classes of SQLState: no connection, given up after a deadlock, out of resources, shut down or cancelled, file
    /// errors, damage. And two states: a standby that takes no writes, and a transaction that was ended while this
    /// server paused.
    private static final Set<String> OWN_CLASSES = Set.of("08", "40", "53", "57", "58", "XX");

    private static final String READ_ONLY = "25006";
    private static final String PAUSED = "25P03";

    private static final Set<SQLiteErrorCode> OWN_CODES = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_INTERRUPT,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_PROTOCOL,
            SQLiteErrorCode.SQLITE_NOTADB);

    /// SQLite puts details in the higher bits.
    private static final int PRIMARY_CODE = 0xff;

    public DatabaseUnavailable(String message) {
        super(message);
    }

    public DatabaseUnavailable(String message, Throwable cause) {
        super(firstLine(message), cause);
    }

    @Override
    public String name() {
        return "database";
    }

    /// Returns the first line; drivers and Flyway write more, which stays in the cause.
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("The database cannot be used");
    }

    /// Returns the exception for the caller of a statement: an [DatabaseUnavailable] if the database is to blame,
    /// and not the statement.
    static RuntimeException told(DataAccessException failure) {
        return told(failure, failure.getCause(SQLException.class));
    }

    /// Does the same for a statement that must not write: a refusal of a write is the statement's own fault.
    static RuntimeException toldReading(DataAccessException failure) {
        SQLException cause = failure.getCause(SQLException.class);
        boolean hasWritten = cause instanceof SQLiteException sqlite
                ? primary(sqlite) == SQLiteErrorCode.SQLITE_READONLY
                : cause != null && READ_ONLY.equals(cause.getSQLState());
        return hasWritten ? failure : told(failure, cause);
    }

    private static RuntimeException told(DataAccessException failure, @Nullable SQLException why) {
        return Optional.ofNullable(why)
                .filter(DatabaseUnavailable::isOwn)
                .<RuntimeException>map(
                        cause -> new DatabaseUnavailable("The database cannot be used: " + cause.getMessage(), failure))
                .orElse(failure);
    }

    private static boolean isOwn(SQLException cause) {
        if (cause instanceof SQLiteException sqlite) {
            return OWN_CODES.contains(primary(sqlite));
        }
        String state = cause.getSQLState();
        return state != null
                && state.length() == 5
                && (OWN_CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY) || state.equals(PAUSED));
    }

    private static SQLiteErrorCode primary(SQLiteException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY_CODE);
    }

    public boolean isDiskFull() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return primary(sqlite) == SQLiteErrorCode.SQLITE_FULL;
            }
            if (cause instanceof SQLException other && DISK_FULL.equals(other.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
