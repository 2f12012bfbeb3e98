package dev.banyan.platform.db;

import module java.base;
import io.quarkus.logging.Log;

/// Watches a database, so that its ability to read and write is known at any moment, without a query. A thread reads a
/// little, twice a second; the results of all other calls count as well. It tries to write only after a write has
/// failed.
public final class WatchedDatabase implements Database {

    private static final Duration PAUSE = Duration.ofMillis(500);
    /// If a probe takes longer, the database is considered unresponsive.
    private static final long ANSWERS_WITHIN = Duration.ofSeconds(1).toNanos();
    private final Database database;
    private final Thread watcher;
    private volatile boolean unreadable;
    private volatile Optional<DatabaseFailure> unwritable = Optional.empty();
    private volatile boolean looking;
    private volatile long lookedAt;
    private volatile boolean closed;

    public WatchedDatabase(Database database) {
        this.database = database;
        this.watcher = Thread.ofPlatform().daemon().name("database-watch").start(this::watch);
    }

    @Override
    public Optional<DatabaseFailure> trouble() {
        return unreadable || looking && System.nanoTime() - lookedAt > ANSWERS_WITHIN
                ? Optional.of(DatabaseFailure.AWAY)
                : unwritable;
    }

    private void watch() {
        Optional<DatabaseFailure> before = Optional.empty();
        while (!closed) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                continue; // close() wakes us
            }
            look();
            Optional<DatabaseFailure> now = trouble();
            if (!now.equals(before) && !closed) {
                Log.warn(now.map(trouble -> "Trouble: " + trouble.sentence).orElse("The database is back"));
            }
            before = now;
        }
    }

    private void look() {
        lookedAt = System.nanoTime();
        looking = true;
        try {
            boolean _ = read(tx -> tx.sql().selectOne().fetch().isNotEmpty());
            if (unwritable.isPresent()) {
                int _ = write(tx -> tx.sql().execute("INSERT INTO write_checks (id, checks) VALUES (1, 1)")
                        + tx.sql().execute("DELETE FROM write_checks"));
            }
        } catch (RuntimeException _) {
            // The failure is recorded, and the next probe follows.
        } finally {
            looking = false;
        }
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            T result = database.read(work);
            unreadable = false;
            return result;
        } catch (DatabaseUnavailable failure) {
            unreadable = true;
            throw failure;
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        try {
            T result = database.write(work);
            unwritable = Optional.empty();
            return result;
        } catch (DatabaseUnavailable failure) {
            unwritable = Optional.of(failure.isDiskFull() ? DatabaseFailure.DISK_FULL : DatabaseFailure.NOT_WRITABLE);
            throw failure;
        }
    }

    @Override
    public boolean isShared() {
        return database.isShared();
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        database.close();
    }
}
