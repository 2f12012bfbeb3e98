package dev.banyan.platform.db;

import module java.base;

/// Whether a server is a replica of a database.
public enum ReplicaHealth {
    FOLLOWS(""),
    FOLLOWS_NONE("it follows no other server"),
    FOLLOWS_ANOTHER("it follows another database");

    private final String sentence;

    ReplicaHealth(String sentence) {
        this.sentence = sentence;
    }

    /// Returns why it isn't read; empty if it can be.
    public Optional<String> problem() {
        return Optional.of(sentence).filter(text -> !text.isEmpty());
    }

    /// @throws DatabaseUnavailable with one clear line if one of the two cannot be read
    public static ReplicaHealth of(Database primary, Database replica) {
        return of(sql -> ask(primary, sql), sql -> ask(replica, sql));
    }

    static ReplicaHealth of(ToLongFunction<String> primary, ToLongFunction<String> replica) {
        if (replica.applyAsLong(LogPosition.REPLAYED) < 0) {
            return FOLLOWS_NONE;
        }
        return primary.applyAsLong(LogPosition.DATABASE) == replica.applyAsLong(LogPosition.DATABASE)
                ? FOLLOWS
                : FOLLOWS_ANOTHER;
    }

    private static long ask(Database database, String sql) {
        return database.read(tx -> tx.sql().fetchSingle(sql).get(0, Long.class));
    }
}
