package dev.banyan.platform.db;

import module java.base;
import io.quarkus.logging.Log;
import org.jooq.exception.DataAccessException;

/// A PostgreSQL database with a replica, from which [#readRecent] reads for those who are known ([OwnWrites]), as long
/// as it has what they wrote and is not far behind. Otherwise, and when the replica fails, the primary answers at once
/// (docs/decisions/0157).
public final class ReplicatedDatabase implements Database {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Database database;
    private final PostgresDatabase primary;
    private final PostgresDatabase replica;
    private final ReplicaLag lag;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("database-replica").factory());
    /// Why the replica was last left alone; empty while it is read.
    private String trouble = "";
    /// Where the primary was when it was last looked at.
    private long lastWritten;

    /// @param database the primary as others use it
    ReplicatedDatabase(Database database, PostgresDatabase primary, PostgresDatabase replica, LongSupplier nanos) {
        this.database = database;
        this.primary = primary;
        this.replica = replica;
        this.lag = new ReplicaLag(nanos);
    }

    /// Opens the replica of a database that is open. The replica need not be reachable.
    ///
    /// @param database `primary`, or what watches it
    public static ReplicatedDatabase open(Database database, PostgresDatabase primary, String url, int connections) {
        var opened =
                new ReplicatedDatabase(database, primary, PostgresDatabase.replica(url, connections), System::nanoTime);
        opened.looks.scheduleWithFixedDelay(opened::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        return opened;
    }

    /// Finds out how far the replica is.
    void look() {
        String now;
        try {
            now = found();
        } catch (RuntimeException failure) { // the next look follows
            lag.fail();
            now = Objects.toString(failure.getMessage());
        }
        if (now.isEmpty() != trouble.isEmpty()) {
            if (now.isEmpty()) {
                Log.info("The replica is read");
            } else {
                Log.warn("The replica is not read: " + now);
            }
        }
        trouble = now;
    }

    /// @return what keeps it from being read, if anything does
    private String found() {
        long asked = lag.ask();
        long written = primary.ask(LogPosition.INSERTED);
        long replayed = replica.ask(LogPosition.REPLAYED);
        Optional<String> wrong = lag.now().isPresent() && replayed >= 0
                ? Optional.empty()
                : ReplicaHealth.of(primary::ask, replica::ask).problem();
        if (wrong.isPresent()) {
            lag.fail();
            return wrong.get();
        }
        lag.answered(asked, written, replayed);
        if (replayed < written && written == lastWritten && !lag.isTooFar()) {
            primary.ask(LogPosition.SEND_ALL);
        }
        lastWritten = written;
        return lag.isTooFar() ? "it is more than " + ReplicaLag.MOST.toSeconds() + " seconds behind" : "";
    }

    @Override
    public <T> T readRecent(Function<Tx, T> work) {
        Optional<OwnWrites> reader = OwnWrites.now().filter(_ -> lag.isReadable());
        if (reader.isPresent()) {
            try {
                Optional<T> found = replica.readFrom(reader.get().position(), work);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (DatabaseUnavailable | DataAccessException failure) { // the primary says if the statement is wrong
                lag.fail();
                Log.debug("The replica failed", failure);
            }
        }
        return database.read(work);
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        T result = database.write(work);
        OwnWrites.now().ifPresent(writer -> writer.raise(position()));
        return result;
    }

    private long position() {
        try {
            return primary.ask(LogPosition.INSERTED);
        } catch (DatabaseUnavailable _) {
            return OwnWrites.UNKNOWN;
        }
    }

    /// Returns whether the replica is read now.
    public boolean isReplicaRead() {
        return lag.isReadable();
    }

    /// Returns how far the replica is behind; empty if it doesn't answer.
    public Optional<Duration> behind() {
        return lag.now();
    }

    @Override
    public Optional<DatabaseFailure> trouble() {
        return database.trouble();
    }

    @Override
    public boolean isShared() {
        return database.isShared();
    }

    @Override
    public void close() {
        looks.shutdownNow();
        replica.close();
        database.close();
    }
}
