package dev.banyan.platform.db;

import module java.base;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.Driver;

/// PostgreSQL, for one server or shared by any number of nodes.
public final class PostgresDatabase implements Database {

    static final String BAD_URL =
            "BANYAN_DATABASE_URL is invalid; it must look like" + " jdbc:postgresql://host/name?user=…&password=…";

    static final String BAD_READ_URL = BAD_URL.replace("DATABASE_URL", "DATABASE_READ_URL");

    private static final int TRIES = 4;
    /// How long a caller waits for a connection before it gets an error.
    private static final Duration CONNECTION_WITHIN = Duration.ofSeconds(2);
    /// The same where others can be asked instead.
    private static final Duration REPLICA_WITHIN = Duration.ofMillis(500);
    /// A connection that was idle for this long is tested before use.
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(1);
    /// A server that is silent for this long during a statement is considered gone. All work here is done in small
    /// steps; what may take longer (migrations, backups, restoring) has connections of its own ([PostgresPlace]).
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    /// A server that is paused within a transaction keeps its locks no longer than this: others wait for them, and must
    /// write their signs of life (docs/decisions/0050).
    private static final Duration PAUSED_WITHIN = Duration.ofSeconds(3);
    // Serialization failure, deadlock, a unique key that another transaction took between our check and our insert (the
    // next check sees it), and a transaction that PAUSED_WITHIN has ended.
    private static final Set<String> WORTH_A_RETRY = Set.of("40001", "40P01", "23505", "25P03");

    private final FairPool pool;
    private final Optional<CommitCache> answers;
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

    private PostgresDatabase(FairPool pool, Optional<CommitCache> answers) {
        this.pool = pool;
        this.answers = answers;
    }

    /// Opens a database that other servers may write to.
    ///
    /// @param url such as `jdbc:postgresql://host/banyan?user=banyan&password=…`
    /// @throws DatabaseUnavailable with one clear line if the server cannot be reached or the schema is newer
    public static PostgresDatabase open(String url, int connections) {
        return open(url, connections, BeforeUpgrade.NOTHING);
    }

    /// Does the same, and calls `before` if there are older tables to update.
    public static PostgresDatabase open(String url, int connections, BeforeUpgrade before) {
        return open(url, connections, Optional.empty(), before);
    }

    /// Opens a database that no other server writes to: readers share answers as on SQLite.
    public static PostgresDatabase openAlone(String url, int connections) {
        return openAlone(url, connections, BeforeUpgrade.NOTHING);
    }

    /// Does the same, and calls `before` if there are older tables to update.
    public static PostgresDatabase openAlone(String url, int connections, BeforeUpgrade before) {
        return open(url, connections, alone(), before);
    }

    /// Opens a database whose callers wait a minute for a connection, on a test machine of whatever speed. It connects
    /// when it has to: a process of PostgreSQL takes longer to start than most tests use one.
    ///
    /// @param alone whether no other server writes to it
    static PostgresDatabase patient(String url, int connections, boolean alone) {
        HikariConfig config = config(url, connections, Duration.ofMinutes(1));
        config.setMinimumIdle(1);
        return open(config, alone ? alone() : Optional.empty(), BeforeUpgrade.NOTHING);
    }

    /// Opens a replica, which is only read. It is connected to when it can be, and its tables are the primary's.
    static PostgresDatabase replica(String url, int connections) {
        if (!new Driver().acceptsURL(url)) {
            throw new DatabaseUnavailable(BAD_READ_URL);
        }
        HikariConfig config = config(url, connections, REPLICA_WITHIN);
        config.setPoolName("postgresql-replica");
        config.setInitializationFailTimeout(-1);
        return new PostgresDatabase(new FairPool(config), Optional.empty());
    }

    private static Optional<CommitCache> alone() {
        return Optional.of(new CommitCache(System::nanoTime));
    }

    private static PostgresDatabase open(
            String url, int connections, Optional<CommitCache> answers, BeforeUpgrade before) {
        return open(config(url, connections, CONNECTION_WITHIN), answers, before);
    }

    private static HikariConfig config(String url, int connections, Duration patience) {
        if (!new Driver().acceptsURL(url)) { // the pool would fail with a stack trace, and the URL may hold a password
            throw new DatabaseUnavailable(BAD_URL);
        }
        var config = new HikariConfig();
        config.setPoolName("postgresql");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setInitializationFailTimeout(10_000);
        config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + PAUSED_WITHIN.toMillis());
        // Commits it: an open transaction would be ended by that very time-out, and with it a connection not used yet.
        config.setIsolateInternalQueries(true);
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(ALIVE_WITHIN.toMillis());
        // Values in the URL take precedence over these.
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECTION_WITHIN.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_WITHIN.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static PostgresDatabase open(HikariConfig config, Optional<CommitCache> answers, BeforeUpgrade before) {
        try {
            return migrated(pool(config), config.getJdbcUrl(), answers, before);
        } catch (PoolInitializationException failure) {
            throw new DatabaseUnavailable("PostgreSQL cannot be reached: " + failure.getMessage(), failure);
        }
    }

    /// The pool itself gives up at once when a server that took the connection is late with its first answer, as a busy
    /// one is.
    private static FairPool pool(HikariConfig config) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return new FairPool(config);
            } catch (PoolInitializationException failure) {
                boolean isTime = System.nanoTime() - begun < config.getInitializationFailTimeout() * 1_000_000;
                if (!isTime || !isLost(failure)) {
                    throw failure;
                }
            }
        }
    }

    /// Returns whether a connection was lost, by the class of its SQLSTATE.
    private static boolean isLost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && Objects.toString(sql.getSQLState(), "").startsWith("08")) {
                return true;
            }
        }
        return false;
    }

    /// Migrates on a separate connection without a time limit.
    private static PostgresDatabase migrated(
            FairPool pool, String url, Optional<CommitCache> answers, BeforeUpgrade before) {
        try {
            new PostgresPlace(url).migrate(before);
            var database = new PostgresDatabase(pool, answers);
            if (database.read(RowSecurity::isBypassed)) {
                Log.warn(RowSecurity.BYPASSED);
            }
            return database;
        } catch (DatabaseUnavailable refusal) {
            pool.close();
            throw refusal;
        }
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            return inTransaction(work, true);
        } catch (DataAccessException failure) {
            throw DatabaseUnavailable.toldReading(failure);
        }
    }

    /// Reads from a replica that has replayed everything up to `position`. That is asked before the transaction, whose
    /// snapshot is then as new or newer, on its connection, because another one may be to another replica.
    ///
    /// @param position 0 for any
    /// @return empty if it hasn't got that far
    <T> Optional<T> readFrom(long position, Function<Tx, T> work) {
        return use(connection -> position > 0 && ask(connection, LogPosition.REPLAYED) < position
                ? Optional.empty()
                : Optional.of(reading(connection, work)));
    }

    /// Asks for one number, outside of a transaction.
    long ask(String sql) {
        return use(connection -> ask(connection, sql));
    }

    /// It takes one round trip; within a transaction it would take two.
    private static long ask(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } finally {
            connection.setAutoCommit(false);
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        if (writing.get()) {
            throw new IllegalStateException(Tx.NESTED);
        }
        writing.set(true);
        try {
            return writeWithRetries(work);
        } finally {
            writing.remove();
        }
    }

    private <T> T writeWithRetries(Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return inTransaction(work, false);
            } catch (DataAccessException failure) {
                if (attempt == TRIES || !WORTH_A_RETRY.contains(failure.sqlState())) {
                    throw DatabaseUnavailable.told(failure);
                }
            }
        }
    }

    private <T> T inTransaction(Function<Tx, T> work, boolean readOnly) {
        return use(connection -> readOnly ? reading(connection, work) : writing(connection, work));
    }

    private <T> T use(ConnectionWork<T> work) {
        try {
            return pool.use(work);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("PostgreSQL does not answer: " + failure.getMessage(), failure);
        }
    }

    private <T> T reading(Connection connection, Function<Tx, T> work) throws SQLException {
        Map<Object, Object> known = answers.map(CommitCache::now).orElseGet(HashMap::new);
        Tx tx = Tx.reading(jooq(connection), known);
        // Set on the connection, it would cost a round trip each to set and to reset.
        tx.beginningWith("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return inTransaction(connection, tx, work);
    }

    private <T> T writing(Connection connection, Function<Tx, T> work) throws SQLException {
        Tx tx = Tx.writing(jooq(connection));
        T value;
        try {
            value = inTransaction(connection, tx, work);
        } finally { // a commit whose answer is lost may have happened
            answers.ifPresent(CommitCache::forget);
        }
        AfterCommit.run(tx.afterCommit());
        return value;
    }

    private static DSLContext jooq(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, JooqSettings.get());
    }

    private static <T> T inTransaction(Connection connection, Tx tx, Function<Tx, T> work) throws SQLException {
        try {
            T value = tx.run(work);
            if (tx.isUndone()) {
                connection.rollback();
            } else {
                connection.commit();
            }
            return value;
        } catch (RuntimeException | Error | SQLException failure) {
            rollback(connection, failure);
            throw failure;
        }
    }

    /// A connection that is gone cannot be rolled back, and says so: what ended it is what the caller must hear.
    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        pool.close();
    }
}
