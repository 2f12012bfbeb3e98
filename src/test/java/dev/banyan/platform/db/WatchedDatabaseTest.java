package dev.banyan.platform.db;

import static dev.banyan.TimeLimit.assertKept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AtOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The availability of a database is always known, so callers never wait long for an unavailable one.
class WatchedDatabaseTest {

    /// Two seconds for a connection, one to detect that an idle one is dead.
    private static final Duration WAITED_AT_MOST = Duration.ofSeconds(4);

    @Test
    void aStoppedPostgresIsWaitedForTwoSecondsAndKnownToBeAwayAtOnce() throws Exception {
        try (var proxy = new StallingProxy(TestDatabases.newPostgresUrl());
                var database = new WatchedDatabase(PostgresDatabase.open(proxy.url(), 4))) {
            assertThat(database.trouble()).isEmpty();
            proxy.hangs();
            Eventually.until(database::trouble, Optional.of(DatabaseFailure.AWAY)::equals);

            assertKept(
                    WAITED_AT_MOST,
                    timeOf(() -> assertThatThrownBy(() -> database.read(_ -> true))
                            .isInstanceOf(DatabaseUnavailable.class)));
            assertKept(
                    WAITED_AT_MOST,
                    timeOf(() -> assertThatThrownBy(() -> database.write(_ -> true))
                            .isInstanceOf(DatabaseUnavailable.class)));
            assertKept(Duration.ofMillis(100), timeOf(database::trouble));

            proxy.passes();
            Eventually.until(database::trouble, Optional::isEmpty);
            assertThat(database.<Boolean>write(_ -> true)).isTrue();
        }
    }

    /// Four ask for the four connections, the others wait for their turn: none waits for both.
    @Test
    void whoeverWaitsBehindOthersIsToldWithThem() throws Exception {
        try (var proxy = new StallingProxy(TestDatabases.newPostgresUrl());
                var database = new WatchedDatabase(PostgresDatabase.open(proxy.url(), 4))) {
            proxy.hangs();
            Eventually.until(database::trouble, Optional.of(DatabaseFailure.AWAY)::equals);

            List<Duration> waited = AtOnce.run(
                    12,
                    _ -> timeOf(() -> assertThatThrownBy(() -> database.read(_ -> true))
                            .isInstanceOf(DatabaseUnavailable.class)));

            assertThat(waited).allSatisfy(one -> assertKept(Duration.ofMillis(3_500), one));
        }
    }

    @Test
    void aKilledPostgresIsTheDatabasesOwnFailureAlsoInTheMiddleOfATransaction() throws Exception {
        try (var proxy = new StallingProxy(TestDatabases.newPostgresUrl());
                var database = new WatchedDatabase(PostgresDatabase.open(proxy.url(), 4))) {
            assertThatThrownBy(() -> database.write(tx -> {
                        proxy.refuses();
                        return tx.sql().fetch("SELECT 1");
                    }))
                    .isInstanceOf(DatabaseUnavailable.class);
            Eventually.until(database::trouble, Optional.of(DatabaseFailure.AWAY)::equals);

            proxy.passes();
            Eventually.until(database::trouble, Optional::isEmpty);
        }
    }

    @Test
    void aMistakeOfAStatementIsNotTheDatabasesOwnFailure() {
        try (var database =
                new WatchedDatabase(TestDatabases.POSTGRES.newMigratedPlace().get())) {
            assertThatThrownBy(() -> database.write(tx -> tx.sql().execute("SELECT nothing FROM nowhere")))
                    .isNotInstanceOf(DatabaseUnavailable.class);
            assertThat(database.trouble()).isEmpty();
        }
    }

    @Test
    void aFullDiskIsNamedUntilThereIsRoomAgain(@TempDir Path folder) {
        try (var database = new WatchedDatabase(SqliteDatabase.open(folder.resolve("banyan.db")))) {
            database.write(tx -> tx.sql().execute("CREATE TABLE filler (text VARCHAR(100000))"));
            int pages = database.write(tx -> {
                int count = tx.sql()
                        .fetchOptional("PRAGMA page_count")
                        .orElseThrow()
                        .get(0, int.class);
                return tx.sql().fetch("PRAGMA max_page_count = " + count).size() + count;
            });
            assertThat(pages).isPositive();

            assertThatThrownBy(() -> database.write(
                            tx -> tx.sql().execute("INSERT INTO filler VALUES (?)", "x".repeat(100_000))))
                    .isInstanceOfSatisfying(
                            DatabaseUnavailable.class,
                            failure -> assertThat(failure.isDiskFull()).isTrue());
            assertThat(database.trouble()).contains(DatabaseFailure.DISK_FULL);
            assertThat(database.isAway()).as("it can be read").isFalse();

            // The next check finds that it is writable: this one needs no new page.
            Eventually.until(database::trouble, Optional::isEmpty);
        }
    }

    private static Duration timeOf(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
