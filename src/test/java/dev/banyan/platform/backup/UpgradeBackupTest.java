package dev.banyan.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.DatabaseHealth.Schema;
import dev.banyan.platform.db.DatabaseLoad;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.PostgresDatabase;
import dev.banyan.platform.db.SqliteDatabase;
import dev.banyan.platform.db.TestDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Before older tables are updated, the database is saved as it was.
class UpgradeBackupTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final String NEWEST = DatabaseHealth.newestVersion();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabases.class)
    void theRowsFromBeforeCanBeRestored(TestDatabases kind) throws Exception {
        Place place = older(kind, "155", "before");
        Files.writeString(place.data().resolve("banyan.properties"), "registration=closed");
        Files.writeString(Files.createDirectories(place.data().resolve("files")).resolve("picture"), "large");

        open(place).close();

        Path archive = archive(place);
        assertThat(DatabaseHealth.schemaOf(place.database())).isEqualTo(Schema.CURRENT);
        assertThat(schemaIn(archive)).isEqualTo("155");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(LastBackup.at(place.settings()))
                .as("one on the same disk doesn't count")
                .isEmpty();

        Place back = Place.of(kind, Files.createDirectories(folder.resolve("back")));
        new Restore(back.settings()).from(archive);
        assertThat(names(back)).containsExactly("before");
        assertThat(back.data().resolve("banyan.properties")).exists();
        assertThat(back.data().resolve("files")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.class)
    void newAndPresentDatabasesAreNotSaved(TestDatabases kind) throws Exception {
        Place place = Place.of(kind, Files.createDirectories(folder.resolve("data")));

        open(place).close();
        open(place).close();

        assertThat(place.data().resolve("backups")).doesNotExist();
    }

    @Test
    void afterAnInterruptionBetweenTwoStepsTheArchiveFromBeforeTheFirstIsKept() throws Exception {
        Place place = older(TestDatabases.SQLITE, "155", "before");
        open(place).close();

        Files.delete(place.data().resolve("banyan.db"));
        fill(place, "158", "halfway");
        open(place).close();

        assertThat(schemaIn(archive(place))).isEqualTo("155");
    }

    @Test
    void anArchiveOfAnEarlierUpgradeIsReplaced() throws Exception {
        Place place = older(TestDatabases.SQLITE, "155", "first");
        open(place).close();

        Files.delete(place.data().resolve("banyan.db"));
        Path unfinished = Files.writeString(place.data().resolve("backups/.before-166.zip.1.tmp"), "killed");
        fill(place, "155", "second");
        open(place).close();
        assertThat(unfinished).doesNotExist();

        Place back = Place.of(TestDatabases.SQLITE, Files.createDirectories(folder.resolve("back")));
        new Restore(back.settings()).from(archive(place));
        assertThat(names(back)).containsExactly("second");
    }

    @Test
    void itIsNoPartOfABackup() throws Exception {
        Place place = older(TestDatabases.SQLITE, "155", "before");
        open(place).close();
        Files.writeString(place.data().resolve("backups/notes.txt"), "of the operator");

        new Backup(place.settings(), "Banyan test", CLOCK).write(folder.resolve("backup.zip"));
        Place back = Place.of(TestDatabases.SQLITE, Files.createDirectories(folder.resolve("back")));
        new Restore(back.settings()).from(folder.resolve("backup.zip"));

        assertThat(back.data().resolve("backups"))
                .isDirectoryContaining("glob:**/notes.txt")
                .isDirectoryNotContaining("glob:**.zip");
    }

    @Test
    void itCanBeTurnedOff() throws Exception {
        Place place = Place.of(
                TestDatabases.SQLITE,
                Files.createDirectories(folder.resolve("data")),
                Map.of("BANYAN_BACKUP_BEFORE_UPGRADE", "off"));
        fill(place, "155", "before");

        open(place).close();

        assertThat(DatabaseHealth.schemaOf(place.database())).isEqualTo(Schema.CURRENT);
        assertThat(place.data().resolve("backups")).doesNotExist();
    }

    /// A file that is larger than what its disk has left takes no space while it is empty.
    @Test
    void onADiskThatIsTooSmallNothingIsChanged() throws Exception {
        Place place = older(TestDatabases.SQLITE, "155", "before");
        try (var file = new RandomAccessFile(place.data().resolve("banyan.db").toFile(), "rw")) {
            file.setLength(Files.getFileStore(folder).getUsableSpace() + (1L << 33));
        }

        assertThatThrownBy(() -> open(place))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContainingAll(
                        "cannot be saved before the upgrade", "MB free", "BANYAN_BACKUP_BEFORE_UPGRADE=off");

        assertThat(DatabaseHealth.schemaOf(place.database())).isEqualTo(Schema.OLDER);
    }

    private Place older(TestDatabases kind, String schema, String name) throws IOException, SQLException {
        Place place = Place.of(kind, Files.createDirectories(folder.resolve("data")));
        fill(place, schema, name);
        return place;
    }

    /// Creates the tables of an older version, with one row.
    private static void fill(Place place, String schema, String name) throws SQLException {
        DatabaseLoad.into(place.database(), schema).close();
        try (var connection = place.connect();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO removed_files (path, created_at) VALUES ('" + name + "', 1)");
        }
    }

    private static List<String> names(Place place) throws SQLException {
        try (var connection = place.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT path FROM removed_files")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static Database open(Place place) {
        var before = new UpgradeBackup(place.settings(), new Backup(place.settings(), "Banyan test", CLOCK));
        return place.settings()
                .databaseUrl()
                .<Database>map(url -> PostgresDatabase.open(url, 2, before))
                .orElseGet(() -> SqliteDatabase.open(place.data().resolve("banyan.db"), before));
    }

    private static Path archive(Place place) {
        return place.data().resolve("backups/before-" + NEWEST + ".zip");
    }

    private static String schemaIn(Path archive) throws IOException {
        try (var file = ArchiveFile.open(archive)) {
            return file.manifest().schemaVersion();
        }
    }
}
