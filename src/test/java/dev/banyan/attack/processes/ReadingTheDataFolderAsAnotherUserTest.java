package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the server and its commands that other users of the machine could open. Everything runs with `umask 0`,
/// and without the launcher, which would restrict it.
class ReadingTheDataFolderAsAnotherUserTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void nothingThatServerAndCommandsWriteIsReadableWhateverTheUmask() throws IOException {
        Path data = folder.resolve("deep/data");
        Path archive = folder.resolve("backup.zip");
        Path exported = folder.resolve("exported.json");
        Path workspace = folder.resolve("workspace.zip");
        Path restored = folder.resolve("restored");
        try (var server = open("demo", "--port=0", "--data", data.toString())) {
            server.awaitReady();
            // the database, its log, the log file, mails, a mirror, the console's token: all exist while it runs
            var registered = server.send("POST", "/api/register", "", """
                    {"email":"jordan@people.example","username":"jordan","password":"correct horse battery"}""");
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
            server.await("writing mails", () -> isFolderWithContent(data.resolve("outbox")));
            server.await("listed", () -> Files.exists(data.resolve("run/console.token")));

            done(open("backup", archive.toString(), "--data", data.toString()));
            done(open("export-config", exported.toString(), "--data", data.toString()));
            done(open(
                    "export-workspace",
                    "--data",
                    data.toString(),
                    "--project",
                    "Retail Group",
                    "--workspace",
                    "Sales",
                    "--to",
                    workspace.toString()));

            assertThat(data.resolve("banyan.db-wal")).exists();
            assertThat(data.resolve("logs/backend.log")).exists();
            assertThat(data.resolve("accounts/creativeagency/bots-config.json")).exists();
            assertPrivate(folder.resolve("deep"));
        }
        done(open("restore", archive.toString(), "--data", restored.toString()));

        assertPrivate(folder.resolve("deep"));
        assertPrivate(restored);
        assertPrivate(archive);
        assertPrivate(exported);
        assertPrivate(workspace);
    }

    @Test
    void whatAnOlderVersionLeftOpenIsClosedByTheNextStartAndToldByTheDoctorBefore() throws IOException {
        Path data = folder.resolve("data");
        Path outside = Files.writeString(folder.resolve("outside"), "Not the server's");
        try (var server = open("serve", "--port=0", "--data", data.toString())) {
            server.awaitReady();
            server.kill();
        }
        Path upload = Files.createDirectories(data.resolve("files/p_1/w_1/c_1")).resolve("photo.jpg");
        Files.writeString(upload, "a file of a conversation");
        Files.createSymbolicLink(data.resolve("link"), outside);
        widen(data);
        widen(outside);

        try (var doctor = open("doctor", "--port=0", "--data", data.toString())) {
            assertThat(doctor.awaitExit()).isEqualTo(1);
            assertThat(doctor.out())
                    .contains(
                            "❌ " + data + " is open to others (rwxrwxrwx); chmod 700 " + data,
                            " more files and folders in " + data + " are open to others; ")
                    .doesNotContain(data.resolve("link").toString());
        }
        try (var server = open("serve", "--port=0", "--data", data.toString())) {
            server.awaitReady();

            assertThat(server.out().lines().filter(line -> line.contains("Other users of this machine could open")))
                    .singleElement()
                    .asString()
                    .contains(data + " (rwxrwxrwx), and ", " more in " + data);
            server.stop();
            server.awaitExit();
        }

        assertThat(modeOf(data)).isEqualTo("rwx------");
        assertThat(modeOf(data.resolve("banyan.db"))).isEqualTo("rw-------");
        assertThat(modeOf(data.resolve("logs/backend.log"))).isEqualTo("rw-------");
        assertThat(modeOf(data.resolve("files"))).isEqualTo("rwx------");
        // Protected by the closed folder; a start doesn't check all uploads.
        assertThat(modeOf(upload)).isEqualTo("rw-rw-rw-");
        assertThat(modeOf(outside)).isEqualTo("rw-rw-rw-");
        try (var doctor = open("doctor", "--port=0", "--data", data.toString())) {
            assertThat(doctor.awaitExit()).as(doctor.out()).isZero();
        }
    }

    @Test
    void aRestoreClosesAFolderThatWasMadeForItAndFilesThatWereOpenInTheArchive() throws IOException {
        Path data = folder.resolve("data");
        Path archive = folder.resolve("backup.zip");
        Path restored = Files.createDirectory(folder.resolve("restored"));
        Files.setPosixFilePermissions(restored, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var server = open("serve", "--port=0", "--data", data.toString())) {
            server.awaitReady();
            server.stop();
            server.awaitExit();
        }
        Path note = Files.writeString(data.resolve("note.txt"), "open once");
        widen(note);
        done(open("backup", archive.toString(), "--data", data.toString()));

        done(open("restore", archive.toString(), "--data", restored.toString()));

        assertThat(restored.resolve("note.txt")).hasContent("open once");
        assertPrivate(restored);
    }

    private static ServerProcess open(String... arguments) {
        return ServerProcess.startUnderOpenUmask(Map.of("BANYAN_RATE_LIMITS", "off"), arguments);
    }

    private static void done(ServerProcess command) {
        try (command) {
            assertThat(command.awaitExit()).as(command.out() + command.err()).isZero();
        }
    }

    private static void assertPrivate(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            assertThat(tree.filter(path -> !Files.isSymbolicLink(path) && !isPrivate(path))
                            .map(path -> modeOf(path) + " " + path))
                    .isEmpty();
        }
    }

    private static boolean isPrivate(Path path) {
        return modeOf(path).equals(Files.isDirectory(path) ? "rwx------" : "rw-------");
    }

    private static String modeOf(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void widen(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-"));
            }
        }
    }

    private static boolean isFolderWithContent(Path path) {
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isPresent();
        } catch (IOException _) {
            return false;
        }
    }
}
