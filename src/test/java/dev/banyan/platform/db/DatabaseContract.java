package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AtOnce;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/// The contract of [Database], for every implementation.
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseContract {

    private final Supplier<Database> place;
    final Database database;

    DatabaseContract(Supplier<Database> place) {
        this.place = place;
        this.database = place.get();
    }

    @BeforeAll
    void createTable() {
        write("CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, counter BIGINT NOT NULL)");
    }

    @BeforeEach
    void emptyTable() {
        write("DELETE FROM notes");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void aWriteIsThereWhenItReturns() {
        String result = database.write(tx -> {
            insert(tx, 1);
            return "stored";
        });

        assertThat(result).isEqualTo("stored");
        assertThat(ids()).containsExactly(1);
    }

    private record Question(int number) {}

    @Test
    void aSnapshotAnswersAQuestionOnce() {
        var asked = new ArrayList<Integer>();

        List<String> answers = database.read(tx -> Stream.of(1, 2, 1)
                .map(number -> tx.once(new Question(number), question -> {
                    asked.add(question.number());
                    return "answer " + question.number();
                }))
                .toList());

        assertThat(answers).containsExactly("answer 1", "answer 2", "answer 1");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void whatMayBeWrittenMeanwhileIsAskedForAgain() {
        List<Integer> counts = database.write(tx -> {
            int before = tx.once(new Question(1), _ -> tx.sql().fetchCount(DSL.table("notes")));
            insert(tx, 1);
            return List.of(before, tx.once(new Question(1), _ -> tx.sql().fetchCount(DSL.table("notes"))));
        });

        assertThat(counts).containsExactly(0, 1);
    }

    @Test
    void whatATransactionDoesNotWriteItselfIsAskedOnceInIt() {
        var asked = new ArrayList<Integer>();
        for (int turn = 0; turn < 2; turn++) {
            database.write(tx -> Stream.of(1, 2, 1)
                    .map(number -> tx.onceHere(new Question(number), question -> {
                        asked.add(question.number());
                        return insert(tx, asked.size());
                    }))
                    .toList());
        }

        assertThat(asked).containsExactly(1, 2, 1, 2);
    }

    @Test
    void whatWasWrittenIsInTheNextAnswer() {
        for (int count = 0; count < 3; count++) {
            int before = count;
            assertThat(countedOnce()).isEqualTo(before);
            database.write(tx -> insert(tx, before));
            assertThat(countedOnce()).isEqualTo(before + 1);
        }
    }

    @Test
    void nobodyIsAnsweredWithWhatWasBeforeOnesOwnWrite() {
        AtOnce.run(4, writer -> {
            for (int i = 0; i < 100; i++) {
                int id = writer * 1_000 + i;
                database.write(tx -> insert(tx, id));
                List<Integer> known = database.read(tx -> tx.once(
                        new Question(2),
                        _ -> List.copyOf(tx.sql()
                                .select(DSL.field("id", Integer.class))
                                .from("notes")
                                .fetch(DSL.field("id", Integer.class)))));
                assertThat(known).contains(id);
            }
            return writer;
        });
    }

    void assertThatReadersShareAnswersUntilSomethingIsWritten() {
        var asked = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            database.read(tx -> tx.once(new Question(3), _ -> asked.incrementAndGet()));
        }
        // One, or two where a second passed in between.
        assertThat(asked).hasValueLessThanOrEqualTo(2);
        int before = asked.get();

        database.write(tx -> tx.sql().execute("DELETE FROM notes"));
        database.read(tx -> tx.once(new Question(3), _ -> asked.incrementAndGet()));

        assertThat(asked).hasValue(before + 1);
    }

    private int countedOnce() {
        return database.read(tx -> tx.once(new Question(1), _ -> tx.sql().fetchCount(DSL.table("notes"))));
    }

    @Test
    @Timeout(Eventually.SECONDS)
    void readersTakeTurns() throws InterruptedException {
        int readers = 64;
        var reads = new AtomicIntegerArray(readers);
        var all = new CountDownLatch(readers);
        var enough = new AtomicBoolean();
        // Platform threads: a virtual one that reads on and on gives its processor to no other.
        List<Thread> threads = IntStream.range(0, readers)
                .mapToObj(reader -> Thread.ofPlatform().daemon().start(() -> {
                    all.countDown();
                    while (!enough.get()) {
                        if (all.getCount() == 0 && reads.incrementAndGet(reader) == 300) {
                            enough.set(true);
                        }
                        database.read(tx -> tx.sql().fetchCount(DSL.table("notes")));
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            enough.set(true);
        }

        assertThat(IntStream.range(0, readers).map(reads::get).min().orElseThrow())
                .as("reads of the slowest, while the fastest had 300")
                .isGreaterThan(100);
    }

    @Test
    void aWriteSeesWhatItWrote() {
        assertThat(database.<List<Integer>>write(tx -> {
                    insert(tx, 1);
                    return ids(tx);
                }))
                .containsExactly(1);
    }

    @Test
    void anExceptionUndoesTheWholeWriteAndReachesTheCallerAsItIs() {
        var failure = new IllegalArgumentException("no");

        assertThatThrownBy(() -> database.write(tx -> {
                    insert(tx, 1);
                    insert(tx, 2);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(ids()).isEmpty();
    }

    @Test
    void anErrorUndoesTheWholeWriteAndReachesTheCallerAsItIs() {
        var failure = new AssertionError("no");

        assertThatThrownBy(() -> database.write(tx -> {
                    insert(tx, 1);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aStatementThatBreaksAConstraintUndoesTheWholeWrite() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.write(tx -> {
                    insert(tx, 1);
                    insert(tx, 1);
                    return "stored";
                }));
        assertThat(ids()).isEmpty();
    }

    @Test
    void anUndoneWriteLeavesNothingAndStillHasItsResult() {
        var after = new ArrayList<String>();

        String result = database.write(tx -> {
            insert(tx, 1);
            tx.afterCommit(() -> after.add("ran"));
            return tx.undone("refused");
        });

        assertThat(result).isEqualTo("refused");
        assertThat(ids()).isEmpty();
        assertThat(after).isEmpty();
    }

    @Test
    void aWriteThatIsUndoneStoresNothingAndStillHasItsResult() {
        var seen = new ArrayList<String>();

        String result = database.write(tx -> {
            insert(tx, 1);
            tx.afterCommit(() -> seen.add("action"));
            return tx.undone("refused");
        });

        assertThat(result).isEqualTo("refused");
        assertThat(seen).isEmpty();
        assertThat(ids()).isEmpty();
    }

    @Test
    void aReadSeesOneSnapshotWhileOthersWrite() {
        database.write(tx -> insert(tx, 1));

        List<List<Integer>> seen = database.read(tx -> {
            List<Integer> before = ids(tx);
            AtOnce.run(1, _ -> database.write(other -> insert(other, 2)));
            return List.of(before, ids(tx));
        });

        assertThat(seen).containsExactly(List.of(1), List.of(1));
        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    void aReadCannotWrite() {
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> database.read(tx -> insert(tx, 1)));
        assertThat(ids()).isEmpty();
    }

    @Test
    void readersSeeNothingOfAWriteThatHasNotCommitted() {
        database.write(tx -> {
            insert(tx, 1);
            assertThat(AtOnce.run(1, _ -> ids())).containsExactly(List.of());
            return "stored";
        });
    }

    @Test
    void actionsAfterTheCommitRunInTheirOrderAndSeeIt() {
        var seen = new ArrayList<String>();

        database.write(tx -> {
            tx.afterCommit(() -> seen.add("first " + ids()));
            insert(tx, 1);
            tx.afterCommit(() -> seen.add("second " + ids()));
            assertThat(seen).isEmpty();
            return "stored";
        });

        assertThat(seen).containsExactly("first [1]", "second [1]");
    }

    @Test
    void actionsAfterTheCommitNeverRunWithoutOne() {
        var seen = new ArrayList<String>();

        assertThatThrownBy(() -> database.write(tx -> {
                    tx.afterCommit(() -> seen.add("action"));
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");

        assertThat(seen).isEmpty();
    }

    @Test
    void aFailingActionAfterTheCommitUndoesNothingAndStopsNoOther() {
        var seen = new ArrayList<String>();

        String result = database.write(tx -> {
            insert(tx, 1);
            tx.afterCommit(() -> {
                throw new IllegalStateException("an action that fails, as this test wants");
            });
            tx.afterCommit(() -> {
                throw new AssertionError("an action that fails badly, as this test wants");
            });
            tx.afterCommit(() -> seen.add("action"));
            return "stored";
        });

        assertThat(result).isEqualTo("stored");
        assertThat(seen).containsExactly("action");
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void aWriteInsideAWriteIsRefused() {
        assertThatThrownBy(() -> database.write(tx -> {
                    insert(tx, 1);
                    return database.write(inner -> insert(inner, 2));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A write inside a write would wait for itself");
        assertThat(ids()).isEmpty();

        database.write(tx -> insert(tx, 3));
        assertThat(ids()).as("the next write of the same thread").containsExactly(3);
    }

    @Test
    void aWriteAfterTheCommitIsRefusedAndUndoesNothing() {
        var refused = new ArrayList<Throwable>();

        database.write(tx -> {
            tx.afterCommit(() -> {
                try {
                    database.write(inner -> insert(inner, 2));
                } catch (IllegalStateException refusal) {
                    refused.add(refusal);
                }
            });
            return insert(tx, 1);
        });

        assertThat(refused).hasSize(1);
        assertThat(ids()).containsExactly(1);
    }

    @Test
    @SuppressWarnings("NullAway") // a mistake in an operation
    void nothingIsNoResult() {
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> database.write(tx -> {
                    insert(tx, 1);
                    return null;
                }));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> database.read(_ -> null));
        assertThat(ids()).isEmpty();
    }

    @Test
    void aFailingWriteTakesNobodyWithIt() {
        List<Boolean> stored = AtOnce.run(90, number -> {
            try {
                return database.write(tx -> {
                    insert(tx, number);
                    if (number % 3 == 0) {
                        throw new IllegalArgumentException("every third fails");
                    }
                    return true;
                });
            } catch (IllegalArgumentException _) {
                return false;
            }
        });

        List<Integer> told = IntStream.range(0, 90).filter(stored::get).boxed().toList();
        assertThat(told).hasSize(60);
        assertThat(ids()).isEqualTo(told);
    }

    @Test
    void aThousandConcurrentIncrementsAreAllCounted() {
        database.write(tx -> insert(tx, 1));

        AtOnce.run(
                1_000,
                _ -> database.write(tx -> tx.sql().execute("UPDATE notes SET counter = counter + 1 WHERE id = 1")));

        assertThat(database.<List<Long>>read(
                        tx -> tx.sql().fetch("SELECT counter FROM notes").getValues(0, Long.class)))
                .containsExactly(1_000L);
    }

    @Test
    void migrationsAreAppliedOnce() {
        int before = migrations(database);

        try (Database again = place.get()) {
            assertThat(migrations(again)).isEqualTo(before).isPositive();
        }
    }

    @Test
    void aSchemaFromTheFutureIsRefusedWithOneClearLine() {
        assertThatASchemaIsRefused("999", "belongs to a newer version of Banyan (schema 999)");
    }

    @Test
    void aSchemaFromBeforeTheFirstReleaseIsRefusedWithOneClearLine() {
        assertThatASchemaIsRefused("082", "was made by a version of Banyan before 1.0 (schema 082)");
    }

    private void assertThatASchemaIsRefused(String version, String message) {
        String rename = "UPDATE flyway_schema_history SET version = '%s' WHERE version = '%s'";
        write(rename.formatted(version, Migrations.NEWEST));
        try {
            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(place::get)
                    .withMessageContaining(message)
                    .satisfies(refusal -> assertThat(refusal.getMessage()).hasLineCount(1));
        } finally {
            write(rename.formatted(Migrations.NEWEST, version));
        }
    }

    @Test
    void aMigrationThatWasChangedLaterIsRefusedWithOneClearLine() {
        write("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE installed_rank = 2");
        try {
            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(place::get)
                    .withMessageContaining("cannot be migrated")
                    .satisfies(refusal -> assertThat(refusal.getMessage()).hasLineCount(1));
        } finally {
            write("UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE installed_rank = 2");
        }
    }

    static int insert(Tx tx, int id) {
        return tx.sql().execute("INSERT INTO notes (id, counter) VALUES (?, 0)", id);
    }

    List<Integer> ids() {
        return database.read(DatabaseContract::ids);
    }

    private static List<Integer> ids(Tx tx) {
        return tx.sql().fetch("SELECT id FROM notes ORDER BY id").getValues(0, Integer.class);
    }

    private static int migrations(Database database) {
        return database.read(tx ->
                tx.sql().fetch("SELECT version FROM flyway_schema_history").size());
    }

    private void write(String statement) {
        database.write(tx -> tx.sql().execute(statement));
    }
}
