package dev.banyan.platform.db;

import module java.base;

/// A database that a test can make unavailable.
public final class FailingDatabase implements Database {

    private final Database database;
    private volatile boolean away;
    private volatile boolean full;
    private volatile boolean writesOnce;

    public FailingDatabase(Database database) {
        this.database = database;
    }

    public void goesAway() {
        away = true;
    }

    /// It goes away right after the next transaction that writes.
    public void goesAwayAfterNextWrite() {
        writesOnce = true;
    }

    public void comesBack() {
        away = false;
        writesOnce = false;
        full = false;
    }

    /// It can be read, and takes no writes.
    public void isFull() {
        full = true;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        requirePresence();
        return database.read(work);
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        requirePresence();
        if (full) {
            throw new DatabaseUnavailable("Its disk is full, for this test");
        }
        T written = database.write(work);
        away |= writesOnce;
        return written;
    }

    @Override
    public Optional<DatabaseFailure> trouble() {
        return away ? Optional.of(DatabaseFailure.AWAY) : Optional.empty();
    }

    private void requirePresence() {
        if (away) {
            throw new DatabaseUnavailable("It is away, for this test");
        }
    }

    @Override
    public boolean isShared() {
        return database.isShared();
    }

    @Override
    public void close() {
        database.close();
    }
}
