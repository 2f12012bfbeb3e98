package dev.banyan.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.Driver;

/// PostgreSQL, shared by any number of nodes.
public final class PostgresDatabase implements Database {

    static final String BAD_URL =
            "BANYAN_DATABASE_URL is invalid; it must look like" + " jdbc:postgresql://host/name?user=…&password=…";

    private static final Logger LOG = Logger.getLogger(PostgresDatabase.class);
    private static final int TRIES = 4;
    /// How long a caller waits for a connection before it gets an error.
    private static final Duration CONNECTION_WITHIN = Duration.ofSeconds(2);
    /// A connection that was idle for this long is tested before use.
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(1);
    /// A server that is silent for this long during a statement is considered gone. All work here is done in small
    /// steps; what may take longer (migrations, backups, restoring) has connections of its own ([PostgresPlace]).
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    /// A server that is paused within a transaction keeps its locks no longer than this: others wait for them, and must
    /// write their signs of life (docs/decisions/0050).
    private static final Duration PAUSED_WITHIN = Duration.ofSeconds(3);
    // Serialization failure, deadlock, and a unique key that another transaction took between our check and our insert:
    // the next check sees it.
    private static final Set<String> WORTH_A_RETRY = Set.of("40001", "40P01", "23505");

    private final FairPool pool;
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

    private PostgresDatabase(FairPool pool) {
        this.pool = pool;
    }

    /// @param url such as `jdbc:postgresql://host/banyan?user=banyan&password=…`
    /// @throws UnusableDatabase with one clear line if the server cannot be reached or the schema is newer
    public static PostgresDatabase open(String url, int connections) {
        if (!new Driver().acceptsURL(url)) { // the pool would fail with a stack trace, and the URL may hold a password
            throw new UnusableDatabase(BAD_URL);
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
        config.setConnectionTimeout(CONNECTION_WITHIN.toMillis());
        config.setValidationTimeout(ALIVE_WITHIN.toMillis());
        // Values in the URL take precedence over these.
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECTION_WITHIN.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_WITHIN.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return migrated(new FairPool(config), url);
        } catch (PoolInitializationException failure) {
            throw new UnusableDatabase("PostgreSQL cannot be reached: " + failure.getMessage(), failure);
        }
    }

    /// Migrates on a separate connection without a time limit.
    private static PostgresDatabase migrated(FairPool pool, String url) {
        try {
            Migrations.migrate(new PostgresPlace(url).source(), "postgresql", "The PostgreSQL database");
            var database = new PostgresDatabase(pool);
            if (database.read(RowSecurity::isBypassed)) {
                LOG.warn(RowSecurity.BYPASSED);
            }
            return database;
        } catch (UnusableDatabase refusal) {
            pool.close();
            throw refusal;
        }
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            return inTransaction(work, true);
        } catch (DataAccessException failure) {
            throw UnusableDatabase.toldReading(failure);
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
                    throw UnusableDatabase.told(failure);
                }
            }
        }
    }

    private <T> T inTransaction(Function<Tx, T> work, boolean readOnly) {
        try {
            return pool.use(connection -> inTransaction(connection, work, readOnly));
        } catch (SQLException failure) {
            throw new UnusableDatabase("PostgreSQL does not answer: " + failure.getMessage(), failure);
        }
    }

    private static <T> T inTransaction(Connection connection, Function<Tx, T> work, boolean readOnly)
            throws SQLException {
        var sql = DSL.using(connection, SQLDialect.POSTGRES, JooqSettings.get());
        Tx tx = readOnly ? Tx.reading(sql) : Tx.writing(sql);
        T value;
        try {
            if (readOnly) { // set on the connection, it would cost a round trip each to set and to reset
                tx.beginningWith("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            value = tx.run(work);
            if (tx.isUndone()) {
                connection.rollback();
            } else {
                connection.commit();
            }
        } catch (RuntimeException | Error | SQLException failure) {
            rollback(connection, failure);
            throw failure;
        }
        AfterCommit.run(tx.afterCommit());
        return value;
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
