package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `backup` and `restore` as used by an operator: in processes separate from the server.
class BackupCommandTest {

    private static final String JORDAN = """
            {"email":"jordan@people.example","username":"jordan","password":"correct horse battery"}""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @BeforeEach
    void namePlaces() {
        data = folder.resolve("data");
        archive = folder.resolve("backup.zip");
    }

    @Test
    void aRunningServerIsBackedUpAndLivesOnInPostgres() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            assertThat(server.send("POST", "/api/register", "", JORDAN).statusCode())
                    .isEqualTo(201);

            assertDone(command("backup", archive, data), "Backup of " + data, "schema: ");

            assertThat(server.send("GET", "/readyz", "", "").statusCode()).isEqualTo(200);
        }
        var postgres = Map.of("BANYAN_DATABASE_URL", TestDatabases.newPostgresUrl(), "BANYAN_RATE_LIMITS", "off");
        Path moved = folder.resolve("moved");

        assertDone(
                ServerProcess.start(postgres, "restore", archive.toString(), "--data", moved.toString()),
                "into the PostgreSQL database and " + moved,
                "Start it: BANYAN_DATABASE_URL=",
                " ./banyan serve --data " + moved);

        assertThat(moved.resolve("banyan.db")).doesNotExist();
        try (var server = ServerProcess.start(postgres, "serve", "--port=0", "--data", moved.toString())) {
            var login = server.send("POST", "/api/login", "", JORDAN);
            assertThat(login.statusCode()).isEqualTo(200);
            assertThat(login.body()).contains("\"jordan\"");
        }
    }

    /// A backup alone must not be enough to decrypt its secrets.
    @Test
    void theKeyOfStoredSecretsIsNamedAndLeftOut() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
        }
        Files.writeString(data.resolve("credentials.key"), "a key\n");

        assertDone(
                command("backup", archive, data),
                "Not included: the key that opens stored secrets, " + data.resolve("credentials.key"));

        try (var zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("credentials"));
        }
        Path restored = folder.resolve("restored");
        Files.createDirectories(restored);
        Files.copy(data.resolve("credentials.key"), restored.resolve("credentials.key"));
        assertDone(command("restore", archive, restored), "into");
        assertThat(restored.resolve("credentials.key")).hasContent("a key");
    }

    @Test
    void aFolderInUseIsNoPlaceForARestore() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            assertDone(command("backup", archive, data), "Backup of " + data);

            assertRefused(command("restore", archive, data), 1, "The data folder " + data + " is not empty");

            assertThat(server.send("GET", "/readyz", "", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServerDoesNotStartOnHalfARestore() throws IOException {
        Files.createDirectories(data.resolve(".restore"));

        assertRefused(ServerProcess.serve(data), 1, "A restore into the data folder " + data + " did not finish");
        assertRefused(command("restore", archivedNothing(), data), 1, "did not finish");
    }

    @Test
    void aDamagedArchiveLeavesNoFolderBehind() throws IOException {
        assertRefused(command("restore", archivedNothing(), data), 1, archive + " is not a complete backup");

        assertThat(data).doesNotExist();
    }

    @Test
    void aBackupReplacesNothingAndStaysOutOfTheFolder() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
        }
        archivedNothing();

        assertRefused(command("backup", archive, data), 1, archive + " already exists");
        assertRefused(command("backup", data.resolve("x.zip"), data), 1, "would be inside the data folder");
        assertRefused(command("backup", folder.resolve("no/x.zip"), data), 1, "create it for the backup");
        assertRefused(command("backup", folder.resolve("x.zip"), folder.resolve("no")), 1, "name the right folder");
        assertThat(archive).hasContent("nothing");
    }

    @Test
    void aFolderKeepsTheNewestBackups() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
        }
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Path old = Files.createFile(backups.resolve("banyan-2026-01-01T000000Z.zip"));
        Path other = Files.createFile(backups.resolve("monday.zip"));
        Path killed = Files.createFile(backups.resolve(".banyan-2026-01-01T000000Z.zip.1.tmp"));
        Files.setLastModifiedTime(killed, FileTime.from(Instant.EPOCH));

        assertDone(
                ServerProcess.start(Map.of(), "backup", backups.toString(), "--keep", "1", "--data", data.toString()),
                "Backup of " + data + " is in " + backups.resolve("banyan-"),
                "Deleted the old backup " + old);

        assertThat(backups).isDirectoryContaining(file -> file.toString().matches(".*/banyan-2.*Z\\.zip"));
        assertThat(old).doesNotExist();
        assertThat(killed).doesNotExist();
        assertThat(other).exists();
        assertRefused(
                ServerProcess.start(Map.of(), "backup", backups.toString(), "--keep=0", "--data", data.toString()),
                2,
                "--keep needs a number from 1 to 1000, not “0”");
    }

    @Test
    void whatIsMissingOnTheCommandLineIsNamed() {
        assertRefused(ServerProcess.start(Map.of(), "backup"), 2, "backup needs a FILE");
        assertRefused(ServerProcess.start(Map.of(), "restore", "--data", "x"), 2, "restore needs a FILE");
        assertRefused(ServerProcess.start(Map.of(), "restore", "a", "b"), 2, "unknown option “b”");
        assertRefused(command("restore", folder.resolve("none.zip"), data), 1, "none.zip doesn't exist");
    }

    private Path archivedNothing() throws IOException {
        return Files.writeString(archive, "nothing");
    }

    private static ServerProcess command(String command, Path file, Path data) {
        return ServerProcess.start(Map.of(), command, file.toString(), "--data", data.toString());
    }

    private static void assertDone(ServerProcess command, String... told) {
        try (command) {
            assertThat(command.awaitExit()).as(command.err()).isZero();
            assertThat(command.out()).contains(told);
            // How far an upgrade is, is said after ten seconds.
            assertThat(command.err().lines().filter(line -> !line.matches(".* is being (upgraded|set up): .*")))
                    .isEmpty();
        }
    }

    private static void assertRefused(ServerProcess command, int exit, String told) {
        try (command) {
            assertThat(command.awaitExit()).isEqualTo(exit);
            assertThat(command.err()).hasLineCount(1).startsWith("banyan: ").contains(told);
        }
    }
}
