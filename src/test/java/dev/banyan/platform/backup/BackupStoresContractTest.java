package dev.banyan.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The plan for backups and their results in the database.
@OnEveryDatabase
class BackupStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant PLANNED = Instant.parse("2026-11-20T03:30:00Z");
    private static final String HERE = "/mnt/backups";

    private final Database database;

    BackupStoresContractTest(Database database) {
        this.database = database;
    }

    /// The tests share a database.
    @BeforeEach
    void forget() {
        act(store -> store.newest(99).forEach(result -> store.delete(result.id())));
    }

    private void put(BackupPlan plan) {
        database.write(tx -> {
            new BackupPlanStore(tx).put(plan);
            return plan;
        });
        Optional<BackupPlan> found = database.read(tx -> new BackupPlanStore(tx).find());
        assertThat(found).contains(plan);
    }

    @Test
    void thereIsOnePlan() {
        put(new BackupPlan(
                true,
                Optional.of(DayOfWeek.SUNDAY),
                LocalTime.of(23, 59),
                ZoneId.of("Asia/Dubai"),
                30,
                new BackupPlace.Bucket(
                        URI.create("https://s3.example.com:9000"), "eu-1", "ours", "banyan/", "key", "v2.sealed"),
                NOW));
        assertThat(BackupPlans.sealed(database)).containsExactly("v2.sealed");
        put(new BackupPlan(
                false,
                Optional.empty(),
                LocalTime.MIDNIGHT,
                ZoneId.of("UTC"),
                1,
                new BackupPlace.Folder(Optional.of(Path.of(HERE))),
                NOW));
        assertThat(BackupPlans.sealed(database)).isEmpty();
        put(new BackupPlan(
                true,
                Optional.empty(),
                LocalTime.NOON,
                ZoneId.of("UTC"),
                1,
                new BackupPlace.Folder(Optional.empty()),
                NOW));
    }

    private static BackupResult running(Optional<Instant> planned, int second) {
        return new BackupResult(
                UUID.randomUUID(),
                planned,
                true,
                NOW.plusSeconds(second),
                Optional.empty(),
                HERE,
                "banyan-" + second + ".zip",
                0,
                Optional.empty(),
                Optional.empty());
    }

    private void act(Consumer<BackupResultStore> act) {
        database.write(tx -> {
            act.accept(new BackupResultStore(tx));
            return tx;
        });
    }

    private boolean begin(BackupResult result) {
        return database.write(tx -> new BackupResultStore(tx).begin(result));
    }

    private void end(BackupResult result, Optional<Long> size, Optional<String> problem) {
        act(store -> store.end(result.id(), 5, size, problem, NOW));
    }

    private List<BackupResult> list(Function<BackupResultStore, List<BackupResult>> query) {
        return database.read(tx -> query.apply(new BackupResultStore(tx)));
    }

    private BackupResult found(BackupResult result) {
        return database.read(tx -> new BackupResultStore(tx).find(result.id())).orElseThrow();
    }

    @Test
    void oneIsWrittenAtATimeAndOncePerTimeOfThePlan() {
        BackupResult first = running(Optional.of(PLANNED), 1);
        assertThat(begin(first)).isTrue();
        assertThat(begin(running(Optional.empty(), 2))).isFalse();
        assertThat(found(first)).isEqualTo(first);

        end(first, Optional.of(9L), Optional.empty());
        assertThat(begin(running(Optional.of(PLANNED), 3))).isFalse();
        Optional<Instant> last = database.read(tx -> new BackupResultStore(tx).lastPlanned());
        assertThat(last).contains(PLANNED);
        assertThat(begin(running(Optional.empty(), 4))).isTrue();
        assertThat(list(store -> store.newest(1)))
                .extracting(BackupResult::fileName)
                .containsExactly("banyan-4.zip");
        assertThat(list(store -> store.newest(9))).hasSize(2);
    }

    @Test
    void oldOnesAreThoseThatWereWrittenToThePlace() {
        for (int second = 1; second <= 4; second++) {
            BackupResult result = running(Optional.empty(), second);
            assertThat(begin(result)).isTrue();
            end(
                    result,
                    second == 2 ? Optional.empty() : Optional.of(9L),
                    second == 2 ? Optional.of("The disk is full.") : Optional.empty());
        }
        assertThat(list(store -> store.olderThanNewest(HERE, 1)))
                .extracting(BackupResult::fileName)
                .containsExactly("banyan-3.zip", "banyan-1.zip");
        assertThat(list(store -> store.olderThanNewest("/elsewhere", 1))).isEmpty();
        act(store -> store.deleteFailed(NOW.plusSeconds(9)));
        assertThat(list(store -> store.newest(9)))
                .allMatch(BackupResult::isWritten)
                .hasSize(3);
    }

    @Test
    void silentOnesAreFound() {
        BackupResult result = running(Optional.empty(), 0);
        assertThat(begin(result)).isTrue();
        assertThat(list(store -> store.silentSince(NOW))).isEmpty();
        assertThat(list(store -> store.silentSince(NOW.plusMillis(1)))).containsExactly(result);
        act(store -> store.seen(result.id(), 7, NOW.plusSeconds(1)));
        assertThat(list(store -> store.silentSince(NOW.plusMillis(1)))).isEmpty();
        assertThat(found(result).rows()).isEqualTo(7);
    }
}
