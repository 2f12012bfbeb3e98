package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AtOnce;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest extends DatabaseContract {

    PostgresDatabaseTest() {
        super(TestDatabases.POSTGRES.newMigratedPlace());
    }

    @Test
    void aServerThatLosesTheFirstConnectionIsAskedAgain() throws IOException {
        try (var proxy = new StallingProxy(TestDatabases.newPostgresUrl())) {
            proxy.breaksOnceAt("idle_in_transaction_session_timeout");

            try (PostgresDatabase slow = PostgresDatabase.openAlone(proxy.url(), 2)) {
                String answer = slow.read(
                        tx -> tx.sql().select(DSL.inline("here")).fetchSingle().value1());
                assertThat(answer).isEqualTo("here");
            }
        }
    }

    @Test
    void aConnectionThatIsNotUsedYetHasNoTransaction() {
        try (PostgresDatabase database = PostgresDatabase.openAlone(TestDatabases.migratedPostgresUrl(), 2)) {
            Eventually.holds(() -> database.read(tx -> tx.sql().fetchSingle("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'""").get(0, Integer.class)) == 1);
        }
    }

    @Test
    void twoNodesMayStartOnAnEmptyDatabaseAtTheSameTime() {
        Supplier<Database> place = TestDatabases.POSTGRES.newPlace();

        List<Integer> migrations = AtOnce.run(2, _ -> {
            try (Database node = place.get()) {
                return node.read(tx -> tx.sql()
                        .fetch("SELECT version FROM flyway_schema_history WHERE success")
                        .size());
            }
        });

        assertThat(migrations.get(0)).isEqualTo(migrations.get(1)).isPositive();
    }

    @Test
    void whatAnotherNodeHasWrittenIsInTheNextAnswer() {
        Supplier<Database> place = TestDatabases.POSTGRES.newMigratedPlace();
        try (Database one = place.get();
                Database other = place.get()) {
            one.write(tx -> tx.sql().execute("CREATE TABLE words (word VARCHAR(9))"));
            for (int i = 0; i < 3; i++) {
                int before = i;
                assertThat(words(one)).isEqualTo(before);
                other.write(tx -> tx.sql().execute("INSERT INTO words VALUES ('new')"));
                assertThat(words(one)).isEqualTo(before + 1);
            }
        }
    }

    private record Words() {}

    private static int words(Database database) {
        return database.read(tx -> tx.once(new Words(), _ -> tx.sql().fetchCount(DSL.table("words"))));
    }

    @Test
    void aDeadlockIsTriedAgainUntilBothHaveWritten() {
        database.write(tx -> insert(tx, 1) + insert(tx, 2));
        var bothHoldOne = new CountDownLatch(2);

        AtOnce.run(
                2,
                number -> database.write(tx -> {
                    increment(tx, 1 + number);
                    meet(bothHoldOne);
                    return increment(tx, 2 - number);
                }));

        assertThat(database.<List<Long>>read(
                        tx -> tx.sql().fetch("SELECT counter FROM notes").getValues(0, Long.class)))
                .containsExactly(2L, 2L);
    }

    @Test
    void aTransactionThatIsPausedLetsGoOfItsLocksAndBeginsAgain() throws InterruptedException {
        database.write(tx -> insert(tx, 1));
        var holds = new CountDownLatch(1);
        var goesOn = new CountDownLatch(2);
        Thread paused = Thread.ofVirtual()
                .unstarted(() -> database.write(tx -> {
                    increment(tx, 1);
                    holds.countDown();
                    meet(goesOn);
                    return increment(tx, 1);
                }));
        paused.start();
        holds.await();

        database.write(tx -> increment(tx, 1)); // a lock would be waited for until the statement times out

        goesOn.countDown();
        paused.join();
        assertThat(database.<List<Long>>read(
                        tx -> tx.sql().fetch("SELECT counter FROM notes").getValues(0, Long.class)))
                .as("what the paused one did first is undone, and its second try counts twice")
                .containsExactly(3L);
    }

    @Test
    void aNameThatAnotherTransactionTakesMeanwhileIsSeenAtTheSecondTry() {
        var bothHaveLooked = new CountDownLatch(2);

        List<String> results = AtOnce.run(
                2,
                _ -> database.write(tx -> {
                    if (!tx.sql().fetch("SELECT id FROM notes WHERE id = 7").isEmpty()) {
                        return "taken";
                    }
                    meet(bothHaveLooked);
                    insert(tx, 7);
                    return "stored";
                }));

        assertThat(results).containsExactlyInAnyOrder("stored", "taken");
    }

    private static int increment(Tx tx, int id) {
        return tx.sql().execute("UPDATE notes SET counter = counter + 1 WHERE id = ?", id);
    }

    /// Waits for the other transaction; a retried transaction doesn't wait again.
    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            assertThat(both.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
