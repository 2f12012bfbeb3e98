package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// SQLite in one file: one writer that commits in groups, separate readers.
///
/// A commit waits for the disk, so one commit per write would limit all writing to the disk's speed. Callers that
/// arrive during a commit queue up and share the next one, each in a savepoint of its own, so that a failing one does
/// not affect the others. A single caller does not pay for the queue: it runs its own transaction at once
/// (`shared/stack.md`, "SQLite writes per second").
public final class SqliteDatabase implements Database {

    private static final int GROUP = 256;
    private static final int WAITING_AT_MOST = 10_000;

    private final Connection writer;
    private final DSLContext writerSql;
    private final SqliteReadPool readers;
    private final CommitCache answers = new CommitCache(System::nanoTime);
    private final LogCheckpoint checkpoint;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger waiting = new AtomicInteger();
    private final BlockingQueue<PendingWrite<?>> queue = new LinkedBlockingQueue<>(WAITING_AT_MOST);
    private final Thread groupCommitter;
    private volatile boolean closed;

    private SqliteDatabase(Connection writer, SqliteReadPool readers) {
        this.writer = new StatementCache(writer);
        this.writerSql = DSL.using(this.writer, SQLDialect.SQLITE, JooqSettings.get());
        this.readers = readers;
        this.checkpoint = new LogCheckpoint(writer, BUSY_MILLIS);
        this.groupCommitter =
                Thread.ofPlatform().name("sqlite-group-commit").daemon().start(this::commitGroups);
    }

    /// Opens the file, creating it if needed, and updates its schema.
    ///
    /// @throws DatabaseUnavailable with one clear line if the file is from a newer version or cannot be used
    public static SqliteDatabase open(Path file) {
        return open(file, BeforeUpgrade.NOTHING);
    }

    /// Does the same, and calls `before` if there are older tables to update.
    public static SqliteDatabase open(Path file, BeforeUpgrade before) {
        try {
            Migrations.migrate(
                    source(file, false),
                    "sqlite",
                    "The data folder " + file.toAbsolutePath().getParent(),
                    before);
            return new SqliteDatabase(
                    source(file, true).getConnection(),
                    new SqliteReadPool(
                            new StatementCache.Source("jdbc:sqlite:" + file),
                            Math.max(4, Runtime.getRuntime().availableProcessors() * 2)));
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(
                    "The database " + file + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /// In KiB, negative as SQLite requires: 32 MiB, allocated as used. With SQLite's own 2 MiB, inserts into the
    /// indexes of a million rows read their pages again.
    private static final int WRITER_CACHE = -32 * 1024;

    private static final int BUSY_MILLIS = 5_000;

    /// @param enforcing whether references are enforced. Migrations don't: SQLite changes constraints by making a table
    ///     anew, and dropping the old one would delete all rows that refer to it
    private static SQLiteDataSource source(Path file, boolean enforcing) {
        SQLiteConfig config = writerConfig();
        config.enforceForeignKeys(enforcing);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static SQLiteConfig writerConfig() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(WRITER_CACHE);
        // LogCheckpoint does this.
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
        return config;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            return readers.use(connection -> {
                try {
                    Map<Object, Object> known = answers.now();
                    return Tx.reading(DSL.using(connection, SQLDialect.SQLITE, JooqSettings.get()), known)
                            .run(work);
                } catch (DataAccessException failure) {
                    throw DatabaseUnavailable.toldReading(failure);
                } finally {
                    connection.rollback();
                }
            });
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("The database cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        if (writing.isHeldByCurrentThread() || Thread.currentThread() == groupCommitter) {
            throw new IllegalStateException(Tx.NESTED);
        }
        var write = new PendingWrite<>(work);
        if (waiting.getAndIncrement() == 0 && writing.tryLock()) {
            try {
                commit(List.of(write));
            } finally {
                writing.unlock();
                waiting.decrementAndGet();
            }
        } else {
            try {
                enqueue(write);
                write.done.handle((_, _) -> "done").join();
            } finally {
                waiting.decrementAndGet();
            }
        }
        return write.result();
    }

    private void enqueue(PendingWrite<?> write) {
        if (closed || !queue.offer(write)) {
            throw new DatabaseUnavailable("The database no longer accepts writes");
        }
        if (!groupCommitter.isAlive()) {
            refuseQueued(); // closed between our check of `closed` and our place in the queue
        }
    }

    private void refuseQueued() {
        for (PendingWrite<?> write = queue.poll(); write != null; write = queue.poll()) {
            write.failed(new DatabaseUnavailable("The database is closed"));
        }
    }

    /// Returns how many writes wait for the committer.
    int queued() {
        return queue.size();
    }

    private void commitGroups() {
        var group = new ArrayList<PendingWrite<?>>(GROUP);
        while (!closed || !queue.isEmpty()) {
            try {
                group.add(queue.take());
            } catch (InterruptedException _) {
                continue; // close() wakes us; the loop's condition decides
            }
            writing.lock();
            try {
                queue.drainTo(group, GROUP - 1);
                commit(group);
            } finally {
                writing.unlock();
                group.clear();
            }
        }
    }

    /// Runs one transaction for all of `group` and completes every write of it, whatever happens.
    private void commit(List<PendingWrite<?>> group) {
        try {
            execute("BEGIN IMMEDIATE");
            try {
                for (PendingWrite<?> write : group) {
                    execute("SAVEPOINT one");
                    if (!write.run(writerSql)) {
                        execute("ROLLBACK TO one");
                    }
                    execute("RELEASE one");
                }
                execute("COMMIT");
                answers.forget();
            } catch (SQLException failure) {
                rollback();
                throw failure;
            }
            group.forEach(PendingWrite::committed);
            checkpoint.committed();
        } catch (SQLException failure) {
            var unusable = new DatabaseUnavailable("The database cannot be written: " + failure.getMessage(), failure);
            group.forEach(write -> write.failed(unusable));
        }
    }

    private void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException _) {
            // SQLite has already rolled back (disk full, I/O error); the first failure is the one to report.
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
        groupCommitter.interrupt();
        try {
            groupCommitter.join(10_000);
            refuseQueued();
            readers.close();
            writing.lock(); // a single write may be under way
            try {
                writer.close();
            } finally {
                writing.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("The database cannot be closed: " + failure.getMessage(), failure);
        }
    }

    /// A caller's work on its way through the writer.
    private static final class PendingWrite<T> {

        private final Function<Tx, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private List<Runnable> afterCommit = List.of();
        private List<T> value = List.of();

        PendingWrite(Function<Tx, T> work) {
            this.work = work;
        }

        /// Returns false if the work must be rolled back, because it says so or failed; the caller then gets the
        /// original exception.
        boolean run(DSLContext sql) {
            var tx = Tx.writing(sql);
            try {
                value = List.of(tx.run(work));
                afterCommit = tx.afterCommit();
                return !tx.isUndone();
            } catch (DataAccessException failure) {
                done.completeExceptionally(DatabaseUnavailable.told(failure));
                return false;
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
                return false;
            }
        }

        void committed() {
            if (!done.isDone()) {
                AfterCommit.run(afterCommit);
                done.complete(value.getFirst());
            }
        }

        void failed(DatabaseUnavailable failure) {
            done.completeExceptionally(failure);
        }

        T result() {
            try {
                return done.join();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof RuntimeException exception) {
                    throw exception;
                }
                if (failure.getCause() instanceof Error error) {
                    throw error;
                }
                throw failure;
            }
        }
    }
}
