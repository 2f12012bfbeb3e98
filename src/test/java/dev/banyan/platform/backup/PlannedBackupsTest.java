package dev.banyan.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Release;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.SqliteDatabase;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TestSecrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups that are written when they are due, with a clock that is turned by hand.
class PlannedBackupsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestClock clock = new TestClock();

    @SuppressWarnings("NullAway.Init")
    private Settings settings;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @BeforeEach
    void start() throws IOException {
        Place place = Place.of(TestDatabases.SQLITE, Files.createDirectory(folder.resolve("data")))
                .migrated();
        settings = place.settings();
        database = SqliteDatabase.open(settings.data().resolve("banyan.db"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private BackupPlans plans() {
        return new BackupPlans(database, settings, TestSecrets.sent(settings), TestAudit.on(database, clock), clock);
    }

    /// Another one stands for another server, or the same one after a restart.
    private PlannedBackups server() {
        return new PlannedBackups(
                database,
                plans(),
                settings,
                new Release("Banyan test"),
                TestAudit.on(database, clock),
                clock,
                new Uuids(clock));
    }

    private void plan(String keep, String folder) {
        Outcome<BackupPlan> saved = plans().put(
                        Actor.SERVER,
                        new BackupPlanInput(
                                true,
                                BackupPlanInput.EVERY_DAY,
                                "03:30",
                                "UTC",
                                keep,
                                BackupPlanInput.FOLDER,
                                folder,
                                "",
                                "",
                                "",
                                "",
                                "",
                                Optional.empty()));
        assertThat(saved).isInstanceOf(Outcome.Done.class);
    }

    private List<String> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachServerAndEachRestartFindsTheTimeWritten() throws Exception {
        Path place = Files.createDirectory(folder.resolve("backups"));
        plan("2", place.toString());
        server().writeDue();
        assertThat(files(place)).as("saved after today's time").isEmpty();

        clock.forward(Duration.ofHours(18));
        server().writeDue();
        server().writeDue();
        assertThat(files(place)).hasSize(1);
        assertThat(server().list())
                .singleElement()
                .satisfies(result -> assertThat(result.planned()).contains(Instant.parse("2026-11-21T03:30:00Z")));
        assertThat(LastBackup.at(settings)).contains(clock.instant());

        clock.forward(Duration.ofDays(3));
        server().writeDue();
        server().writeDue();
        assertThat(files(place)).as("one for all that were missed").hasSize(2);
    }

    /// A disk that was away at night is there again in the morning.
    @Test
    void whatFailedIsTriedAgainAfterAnHour() throws Exception {
        Path place = Files.createDirectory(folder.resolve("backups"));
        plan("2", place.toString());
        Files.delete(place);
        clock.forward(Duration.ofHours(18));
        server().writeDue();
        server().writeDue();
        assertThat(server().list()).as("not at once").hasSize(1);

        clock.forward(Duration.ofHours(1));
        server().writeDue();
        Files.createDirectory(place);
        clock.forward(Duration.ofMinutes(59));
        server().writeDue();
        assertThat(files(place)).isEmpty();
        assertThat(server().trouble()).isPresent();

        clock.forward(Duration.ofMinutes(1));
        server().writeDue();
        assertThat(files(place)).hasSize(1);
        assertThat(server().trouble()).isEmpty();
        clock.forward(Duration.ofHours(2));
        server().writeDue();
        assertThat(files(place)).as("one is enough").hasSize(1);
    }

    @Test
    void whatFailsForGoodWaitsForTheNextTimeOfThePlan() throws Exception {
        Path place = Files.createDirectory(folder.resolve("backups"));
        plan("2", place.toString());
        Files.delete(place);
        clock.forward(Duration.ofHours(18));
        for (int hour = 0; hour < 12; hour++) {
            server().writeDue();
            clock.forward(Duration.ofHours(1));
        }
        assertThat(server().list()).hasSize(4);

        clock.forward(Duration.ofHours(12));
        server().writeDue();
        assertThat(server().list()).hasSize(5);
    }

    /// Backups in the data folder carry no earlier ones, and don't count as the last one.
    @Test
    void theOwnFolderIsNotInItsBackups() throws Exception {
        plan("1", "");
        for (int day = 0; day < 2; day++) {
            clock.forward(Duration.ofDays(1));
            server().writeDue();
        }
        Path own = settings.data().resolve("backups");
        String name = server().list().getFirst().fileName();
        assertThat(files(own)).containsExactly(name);
        try (var archive = ArchiveFile.open(own.resolve(name))) {
            assertThat(archive.manifest().files())
                    .extracting(Manifest.DataFile::path)
                    .noneMatch(path -> path.startsWith("backups"));
        }
        assertThat(LastBackup.at(settings)).isEmpty();
    }

    @Test
    void whatAStoppedServerLeftIsEndedAndRemoved() throws Exception {
        Path place = Files.createDirectory(folder.resolve("backups"));
        plan("2", place.toString());
        String name = "banyan-2026-11-20T100000Z-0123456789ab.zip";
        Path left = Files.createFile(place.resolve("." + name + ".1.tmp"));
        Path theirs = Files.createFile(place.resolve(".other.zip.1.tmp"));
        var stopped = new BackupResult(
                UUID.randomUUID(),
                Optional.empty(),
                true,
                clock.instant(),
                Optional.empty(),
                place.toString(),
                name,
                0,
                Optional.empty(),
                Optional.empty());
        database.write(tx -> new BackupResultStore(tx).begin(stopped));

        assertThat(server().start(Actor.SERVER))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Conflict.class));
        assertThat(left).exists();

        clock.forward(Duration.ofMinutes(3));
        server().writeDue();
        assertThat(left).doesNotExist();
        assertThat(theirs).exists();
        assertThat(server().trouble()).hasValueSatisfying(why -> assertThat(why).contains("The server stopped"));
    }
}
