package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

@Timeout(Eventually.SECONDS)
class SqliteDatabaseTest extends DatabaseContract {

    SqliteDatabaseTest() {
        super(TestDatabases.SQLITE.newMigratedPlace());
    }

    @Test
    void theWriterWaitsForTheDiskAndKeepsForeignKeys() {
        assertThat(database.<List<String>>write(tx ->
                        List.of(pragma(tx, "journal_mode"), pragma(tx, "synchronous"), pragma(tx, "foreign_keys"))))
                .containsExactly("wal", "2", "1"); // 2 is FULL
    }

    @Test
    void readersShareAnswers() {
        assertThatReadersShareAnswersUntilSomethingIsWritten();
    }

    @Test
    void writesThatWaitTogetherShareOneCommit(@TempDir Path folder) {
        Path file = folder.resolve("banyan.db");
        try (var sqlite = SqliteDatabase.open(file)) {
            sqlite.write(tx -> tx.sql().execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, counter BIGINT)"));
            int before = WriteAheadLog.commits(file);

            List<FutureTask<Integer>> writes = behindASlowWrite(
                    sqlite,
                    IntStream.range(0, 200)
                            .<Function<Tx, Integer>>mapToObj(number -> tx -> insert(tx, number))
                            .toList());

            assertThat(writes).allSatisfy(write -> assertThat(write.get()).isEqualTo(1));
            assertThat(count(sqlite)).isEqualTo(200);
            assertThat(WriteAheadLog.commits(file) - before)
                    .as("commits; the slow write before them changes nothing")
                    .isEqualTo(1);
        }
    }

    @Test
    void aLoneWriteCommitsAtOnce(@TempDir Path folder) {
        Path file = folder.resolve("banyan.db");
        try (var sqlite = SqliteDatabase.open(file)) {
            sqlite.write(tx -> tx.sql().execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, counter BIGINT)"));
            int before = WriteAheadLog.commits(file);

            IntStream.range(0, 5).forEach(number -> sqlite.write(tx -> insert(tx, number)));

            assertThat(WriteAheadLog.commits(file) - before).isEqualTo(5);
        }
    }

    @Test
    void aFailingWriteOfAGroupTakesNobodyWithIt() {
        List<FutureTask<Integer>> writes = behindASlowWrite(
                sqlite(),
                List.of(
                        tx -> insert(tx, 1),
                        tx -> insert(tx, 2) + failing("no"),
                        tx -> insert(tx, 1), // violates the primary key
                        tx -> insert(tx, 3)));

        assertThat(ids()).containsExactly(1, 3);
        assertThatThrownBy(() -> writes.get(1).get()).hasRootCauseMessage("no");
        assertThat(IntStream.of(0, 2)
                        .filter(number -> failed(writes.get(number)))
                        .count())
                .as("of two with one key, one fails")
                .isEqualTo(1);
    }

    @Test
    void aGroupIsAnsweredWholeEvenWhenAnActionAfterItsCommitFailsBadly() {
        List<FutureTask<Integer>> writes = behindASlowWrite(
                sqlite(),
                List.of(
                        tx -> {
                            tx.afterCommit(() -> failing("an action that fails badly, as this test wants"));
                            return insert(tx, 1);
                        },
                        tx -> insert(tx, 2)));

        assertThat(writes).allSatisfy(write -> assertThat(write.get()).isEqualTo(1));
        assertThat(database.<Integer>write(tx -> insert(tx, 3)))
                .as("the writer works on")
                .isEqualTo(1);
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    void aFullDiskFailsWritesAndTheNextOnesWorkWhenThereIsRoomAgain() {
        int pages = Integer.parseInt(database.<String>write(tx -> pragma(tx, "page_count")));
        database.write(tx -> pragma(tx, "max_page_count = " + pages));
        try {
            List<FutureTask<Integer>> writes = behindASlowWrite(
                    sqlite(),
                    IntStream.range(1, 4)
                            .<Function<Tx, Integer>>mapToObj(number -> tx -> tx.sql()
                                    .execute("CREATE TABLE too_large_" + number + " AS SELECT randomblob(500000)"))
                            .toList());

            assertThat(writes).allMatch(SqliteDatabaseTest::failed);
        } finally {
            database.write(tx -> pragma(tx, "max_page_count = 1000000"));
        }
        database.write(tx -> insert(tx, 1));
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void anotherProcessReadsWhileTheServerWrites(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        try (var sqlite = SqliteDatabase.open(file);
                Connection other = JDBC.createConnection("jdbc:sqlite:" + file, new Properties())) {
            sqlite.write(tx -> tx.sql().execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, counter BIGINT)"));
            sqlite.write(tx -> insert(tx, 1));

            sqlite.write(tx -> {
                insert(tx, 2);
                assertThat(count(other)).as("while a write is under way").isEqualTo(1);
                return "stored";
            });

            assertThat(count(other)).isEqualTo(2);
        }
    }

    @Test
    void closingAnswersEveryWriteAndKeepsWhatWasAnsweredWithSuccess(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("banyan.db");
        var stored = new AtomicInteger();
        var sqlite = SqliteDatabase.open(file);
        sqlite.write(tx -> tx.sql().execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, counter BIGINT)"));
        var writing = new CountDownLatch(200);
        List<Thread> writers = IntStream.range(0, 16)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            sqlite.write(tx -> tx.sql().execute("INSERT INTO notes (counter) VALUES (0)"));
                            stored.incrementAndGet();
                            writing.countDown();
                        }
                    } catch (DatabaseUnavailable _) {
                        // Closed, as expected by this test.
                    }
                }))
                .toList();
        writing.await();

        sqlite.close();

        for (Thread writer : writers) {
            assertThat(writer.join(dev.banyan.Eventually.LONGEST))
                    .as("answered")
                    .isTrue();
        }
        try (var again = SqliteDatabase.open(file)) {
            assertThat(count(again)).isEqualTo(stored.get());
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithOneClearLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("banyan.db"), "This is no database. ".repeat(100));

        assertRefused(file);
    }

    @Test
    void aFolderInPlaceOfTheFileIsRefusedWithOneClearLine(@TempDir Path folder) throws Exception {
        assertRefused(Files.createDirectory(folder.resolve("banyan.db")));
    }

    private SqliteDatabase sqlite() {
        return (SqliteDatabase) database;
    }

    private static void assertRefused(Path file) {
        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> SqliteDatabase.open(file))
                .withMessageContaining(file.resolveSibling("").toString())
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasLineCount(1));
    }

    /// Runs `writes` while the writer is busy, so that all of them are queued together, and waits until they end.
    private static <T> List<FutureTask<T>> behindASlowWrite(SqliteDatabase database, List<Function<Tx, T>> writes) {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Thread slow = Thread.ofPlatform()
                .start(() -> database.write(_ -> {
                    started.countDown();
                    return await(goOn);
                }));
        await(started);
        List<FutureTask<T>> tasks = writes.stream()
                .map(write -> new FutureTask<>(() -> database.write(write)))
                .toList();
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().start(tasks.getFirst()));
        // The committer takes the first one from the queue and waits for the writer; the others stay queued.
        Eventually.holds(() -> threads.getFirst().getState() == Thread.State.WAITING && database.queued() == 0);
        tasks.stream().skip(1).map(Thread.ofPlatform()::start).forEach(threads::add);
        Eventually.holds(() -> database.queued() == tasks.size() - 1);
        goOn.countDown();
        join(slow);
        threads.forEach(SqliteDatabaseTest::join);
        return tasks;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean failed(FutureTask<?> task) {
        try {
            task.get();
            return false;
        } catch (ExecutionException failure) {
            assertThat(failure.getCause()).isInstanceOfAny(DataAccessException.class, DatabaseUnavailable.class);
            return true;
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static int failing(String message) {
        throw new AssertionError(message);
    }

    private static String pragma(Tx tx, String pragma) {
        return tx.sql().fetch("PRAGMA " + pragma).getValues(0, String.class).getFirst();
    }

    private static int count(Database database) {
        return database.read(tx -> tx.sql().fetch("SELECT id FROM notes").size());
    }

    private static int count(Connection connection) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM notes")) {
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
