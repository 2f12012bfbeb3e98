package dev.banyan.platform.backup;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import module java.base;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.schema.DefaultSchema;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup is restored as a whole or not at all, on either database.
class BackupRestoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final int BACKUPS_WHILE_WRITING = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<Arguments> ways() {
        return Stream.of(TestDatabases.values())
                .flatMap(from -> Stream.of(TestDatabases.values())
                        .map(to -> argumentSet("from " + from + " to " + to, from, to)));
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("ways")
    void everyRowAndFileComesBack(TestDatabases from, TestDatabases to) throws Exception {
        Place source = place(from, "source").withSampleRows();
        write(source, "accounts/creative/bots-config.json", "{\"version\":\"3.0\"}");
        write(source, "outbox/first mail.eml", "not in a backup: there is a code in it");
        write(source, "banyan.properties", "registration=closed");
        Path secret = write(source, "demo.json", "{}");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        write(source, "run/console.token", "not in a backup");
        write(source, "logs/backend.log", "not in a backup");

        Backup.Written written = backup(source, "backup.zip");
        Place target = place(to, "target");
        Restore.Restored restored = restore(target, "backup.zip");

        assertThat(SampleRows.content(target.database())).isEqualTo(SampleRows.content(source.database()));
        assertThat(written.rows()).isGreaterThan(25).isEqualTo(restored.rows());
        assertThat(filesBelow(target.data()))
                .containsExactlyInAnyOrder("accounts/creative/bots-config.json", "banyan.properties", "demo.json");
        assertThat(target.data().resolve("accounts/creative/bots-config.json")).hasContent("{\"version\":\"3.0\"}");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(target.data().resolve("demo.json"))))
                .isEqualTo("rw-------");
    }

    /// Ids of removed users are not reused, so that new users don't inherit their conversations.
    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("ways")
    void numberingGoesOnWhereItWas(TestDatabases from, TestDatabases to) throws Exception {
        backup(place(from, "source").withSampleRows(), "backup.zip");
        Place target = place(to, "target");
        restore(target, "backup.zip");

        try (Connection connection = target.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO sub_client_users
                    (tenant_id, sub_client_id, username, email, password_hash, role, created_at, updated_at)
                    VALUES ('t-1', 'scl_1_abcdefghi', 'sami', 'sami@w.example', 'h', 'user', 1, 1)""");
            try (var row = statement.executeQuery("SELECT id FROM sub_client_users WHERE username = 'sami'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(SampleRows.HIGHEST_USER + 1);
            }
        }
    }

    @Test
    void postgresHasAllItsReferencesAgain() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        Place target = place(TestDatabases.POSTGRES, "target");
        restore(target, "backup.zip");

        assertThat(constraints(target))
                .isEqualTo(constraints(place(TestDatabases.POSTGRES, "fresh").migrated()))
                .hasSizeGreaterThan(50);
    }

    @Test
    void everyTableIsInTheArchive() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").migrated(), "backup.zip");

        try (var archive = ArchiveFile.open(folder.resolve("backup.zip"))) {
            assertThat(archive.manifest().tables())
                    .extracting(Manifest.Table::name)
                    .containsExactlyInAnyOrderElementsOf(DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                            .map(Table::getName)
                            .toList());
        }
    }

    /// The writer adds a username and counts it in the same transaction: an archive in which the two differ is not a
    /// consistent snapshot.
    @ParameterizedTest
    @EnumSource
    void aBackupWhileSomebodyWritesIsOneMoment(TestDatabases kind) throws Exception {
        Place source = place(kind, "source").withSampleRows();
        execute(source, "UPDATE account_usage SET used = 2");
        var seen = new ArrayList<Long>();
        for (int i = 0; i < BACKUPS_WHILE_WRITING; i++) {
            try (var _ = new Writer(source, "name-" + i + "-")) {
                backup(source, i + ".zip");
            }
            Place target = place(kind, "target" + i);
            restore(target, i + ".zip");
            seen.add(number(target, "SELECT used FROM account_usage"));
            assertThat(number(target, "SELECT count(*) FROM usernames")).isEqualTo(seen.getLast());
        }

        assertThat(seen).isSorted().doesNotHaveDuplicates();
    }

    /// Somebody who writes as fast as possible, from the first commit until closed.
    private static final class Writer implements AutoCloseable {

        private final AtomicBoolean stop = new AtomicBoolean();
        private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        private final Thread thread;

        Writer(Place source, String names) {
            this.thread = Thread.ofPlatform().start(() -> write(source, names));
            begun.join();
        }

        private void write(Place source, String names) {
            try (Connection connection = source.connect()) {
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    for (int i = 0; !stop.get(); i++) {
                        statement.execute("UPDATE account_usage SET used = used + 1");
                        statement.execute("INSERT INTO usernames VALUES ('" + names + i + "', 't-1', 't-1', NULL)");
                        connection.commit();
                        begun.complete(true);
                    }
                }
            } catch (SQLException failure) {
                begun.obtrudeException(failure); // also after the first commit
            }
        }

        @Override
        public void close() {
            stop.set(true);
            try {
                thread.join();
            } catch (InterruptedException failure) {
                throw new AssertionError(failure);
            }
            assertThat(begun).as("the writer").isCompletedWithValue(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReferenceToNowhereIsRefusedAndNothingStays(TestDatabases kind) throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip")).withoutRows("sub_clients").write(folder.resolve("forged.zip"));
        Place target = place(kind, "target");

        assertThatThrownBy(() -> restore(target, "forged.zip"))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("conversations");

        assertNothingStays(target);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKindOfValueIsRefusedAndNothingStays(TestDatabases kind) throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip"))
                .replacing("packs", "\"quantity\":2", "\"quantity\":\"two\"")
                .write(folder.resolve("forged.zip"));
        Place target = place(kind, "target");

        assertThatThrownBy(() -> restore(target, "forged.zip"))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContainingAll("packs", "quantity");

        assertNothingStays(target);
    }

    private static void assertNothingStays(Place target) throws IOException, SQLException {
        assertThat(filesBelow(target.data())).isEmpty();
        assertThat(target.data()).isEmptyDirectory();
        if (target.settings().databaseUrl().isPresent()) {
            assertThat(SampleRows.content(target.database()).values())
                    .allSatisfy(rows -> assertThat(rows).isEmpty());
            assertThat(constraints(target)).hasSizeGreaterThan(50);
        }
    }

    @Test
    void aPostgresThatIsInUseIsRefusedAndKeepsItsRows() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        Place target = place(TestDatabases.POSTGRES, "target").withSampleRows();
        execute(target, "UPDATE accounts SET display_name = 'Mine'");
        var before = SampleRows.content(target.database());

        assertThatThrownBy(() -> restore(target, "backup.zip"))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("The PostgreSQL database is not empty");

        assertThat(SampleRows.content(target.database())).isEqualTo(before);
        assertThat(target.data()).isEmptyDirectory();
    }

    @Test
    void settingsThatLeadToAnotherDatabaseAreNotFollowed() throws Exception {
        Place source = place(TestDatabases.SQLITE, "source").withSampleRows();
        write(source, "banyan.properties", "database-url=jdbc:postgresql://old.example/banyan");
        backup(source, "backup.zip");
        Place target = place(TestDatabases.SQLITE, "target");

        assertThat(restore(target, "backup.zip").asideSettings()).isTrue();

        assertThat(target.data().resolve("banyan.properties")).doesNotExist();
        assertThat(target.data().resolve("banyan.properties.from-backup")).exists();
    }

    /// With any flipped byte, an archive is refused, or its content is unaffected.
    @Test
    void noFlippedByteRestoresAnythingElse() throws Exception {
        Place source = place(TestDatabases.SQLITE, "source").withSampleRows();
        write(source, "demo.json", "{\"a\":1}");
        backup(source, "backup.zip");
        byte[] good = Files.readAllBytes(folder.resolve("backup.zip"));
        var wanted = SampleRows.content(source.database());
        int refused = 0;
        int step = good.length / 60;
        for (int at = 0; at < good.length; at += step) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(folder.resolve(at + ".zip"), bad);
            Place target = place(TestDatabases.SQLITE, "target" + at);
            try {
                restore(target, at + ".zip");
                assertThat(SampleRows.content(target.database())).isEqualTo(wanted);
                assertThat(target.data().resolve("demo.json")).hasContent("{\"a\":1}");
            } catch (InvalidArchive refusal) {
                refused++;
                assertThat(refusal).hasMessageContaining(at + ".zip");
                assertThat(target.data()).isEmptyDirectory();
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void aCutArchiveIsRefused() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        byte[] good = Files.readAllBytes(folder.resolve("backup.zip"));
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(good, good.length - 100));

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "cut.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("is not a complete backup");
    }

    @Test
    void anArchiveWhoseEndAnnouncesMoreIsRefused() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        byte[] bytes = Files.readAllBytes(folder.resolve("backup.zip"));
        bytes[bytes.length - 1] ^= 0x10; // the length of its comment
        Files.write(folder.resolve("longer.zip"), bytes);

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "longer.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("it ends too early");
    }

    @Test
    void aChangedEntryIsNamed() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip"))
                .changing("tables/accounts.jsonl", "{\"id\":\"mine\"}")
                .write(folder.resolve("forged.zip"));

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("is damaged in tables/accounts.jsonl");
    }

    @Test
    void aMissingEntryIsNamed() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip")).without("tables/links.jsonl").write(folder.resolve("forged.zip"));

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("is missing tables/links.jsonl");
    }

    @Test
    void anEntryThatTheManifestDoesNotNameIsRefused() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip"))
                .changing("files/stowaway", "x")
                .write(folder.resolve("forged.zip"));

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("files/stowaway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/etc/evil",
                "a/../../evil",
                "a/./b",
                "run/server.lock",
                "banyan.db",
                "banyan.db-wal",
                ".restore/x",
                "logs/x",
                "a//b"
            })
    void noFileLeavesTheFolderOrTakesThePlaceOfAnother(String path) throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip")).withFile(path, "evil").write(folder.resolve("forged.zip"));
        Set<String> before = filesBelow(folder);

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("names a file that doesn't belong in a backup: " + path);

        assertThat(filesBelow(folder)).isEqualTo(before);
    }

    static Stream<Arguments> future() {
        return Stream.of(
                argumentSet("format", "\"format\" : 1", "\"format\" : 2"),
                argumentSet("schema", "\"schemaVersion\" : \"\\d+\"", "\"schemaVersion\" : \"999\""));
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("future")
    void anArchiveOfANewerVersionIsRefused(String pattern, String replacement) throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip"))
                .inManifest(pattern, replacement)
                .write(folder.resolve("forged.zip"));

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("was made by a newer version");
    }

    @Test
    void anotherZipIsNoBackup() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");
        new Forgery(folder.resolve("backup.zip")).without("manifest.json").write(folder.resolve("forged.zip"));
        Files.writeString(folder.resolve("text.zip"), "a text");

        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "forged.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("it has no manifest.json");
        assertThatThrownBy(() -> restore(place(TestDatabases.SQLITE, "target"), "text.zip"))
                .isInstanceOf(InvalidArchive.class)
                .hasMessageContaining("is not a complete backup");
    }

    @Test
    void anArchiveIsOnlyForItsOwner() throws Exception {
        backup(place(TestDatabases.SQLITE, "source").withSampleRows(), "backup.zip");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("backup.zip"))))
                .isEqualTo("rw-------");
        assertThat(filesBelow(folder)).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void aFailedBackupLeavesNothing() throws Exception {
        Place source = place(TestDatabases.SQLITE, "source");

        assertThatThrownBy(() -> backup(source, "backup.zip"))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("There is no database");

        assertThat(filesBelow(folder)).isEmpty();
    }

    private Place place(TestDatabases kind, String name) throws IOException {
        return Place.of(kind, Files.createDirectories(folder.resolve(name)));
    }

    private Backup.Written backup(Place place, String file) throws IOException {
        return new Backup(place.settings(), "Banyan test", CLOCK).write(folder.resolve(file));
    }

    private Restore.Restored restore(Place place, String file) throws IOException {
        return new Restore(place.settings()).from(folder.resolve(file));
    }

    private static Path write(Place place, String path, String text) throws IOException {
        Path file = place.data().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /// Returns all files except databases, which are compared through the API.
    private static Set<String> filesBelow(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("banyan.db"))
                    .map(file -> root.relativize(file).toString())
                    .collect(toSet());
        }
    }

    private static void execute(Place place, String sql) throws SQLException {
        try (Connection connection = place.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Place place, String sql) throws SQLException {
        try (Connection connection = place.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static List<String> constraints(Place postgres) throws SQLException {
        var constraints = new ArrayList<String>();
        try (Connection connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated
                        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                        AND conrelid <> 'flyway_schema_history'::regclass ORDER BY 1""")) {
            while (rows.next()) {
                constraints.add(rows.getString(1));
            }
        }
        return constraints;
    }
}
