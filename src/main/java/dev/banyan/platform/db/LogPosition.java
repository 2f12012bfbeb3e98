package dev.banyan.platform.db;

/// Questions to PostgreSQL about its write-ahead log. Positions are told in bytes.
final class LogPosition {

    /// How far it is inserted on the primary: behind everything that was committed.
    static final String INSERTED = "SELECT " + number("pg_current_wal_insert_lsn()");
    /// How far a replica has replayed it; -1 if the server follows no other.
    static final String REPLAYED =
            "SELECT CASE WHEN pg_is_in_recovery() THEN " + number("pg_last_wal_replay_lsn()") + " ELSE -1 END";
    /// Commits a transaction without changes, so that the log is sent to its end: what the primary's own work has added
    /// may else stay in its memory, perhaps up to the middle of an entry, for as long as nothing is written.
    static final String SEND_ALL = "SELECT txid_current()";
    /// A number that a database has in common with its replicas only.
    static final String DATABASE =
            "SELECT hashtextextended(current_database(), system_identifier) FROM pg_control_system()";

    private LogPosition() {}

    private static String number(String position) {
        return "(" + position + " - '0/0')::bigint";
    }
}
