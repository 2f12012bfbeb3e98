package dev.banyan.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootTest {

    @Test
    void whatAKilledServerWasWritingIsRemovedAndNothingElse(@TempDir Path data) throws IOException {
        Settings settings = Settings.forTests(data);
        Path export = Files.writeString(settings.temporaryFile("account", ".zip"), "half of an export");
        Path upload = Files.createDirectories(settings.runFolder().resolve("uploads/a"))
                .resolve("picture");
        Files.writeString(upload, "half of a picture");
        Path lock = Files.writeString(settings.runFolder().resolve("server.lock"), "");
        Path other = Files.writeString(data.resolve("other"), "kept");
        Path link = Files.createSymbolicLink(settings.temporaryFolder().resolve("link"), other);

        Boot.removeTemporary(settings);

        assertThat(export).doesNotExist();
        assertThat(upload).doesNotExist();
        assertThat(Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(lock).exists();
        assertThat(other).hasContent("kept");
    }

    /// `--data /srv` instead of `--data /srv/banyan` would close all of it to everyone else.
    @Test
    void aFolderOfSomethingElseIsLeftAsItIs(@TempDir Path data) throws IOException {
        Path page = Files.writeString(Files.createDirectory(data.resolve("www")).resolve("index.html"), "Hello");
        var open = PosixFilePermissions.fromString("rw-r--r--");
        Files.setPosixFilePermissions(page, open);

        assertThatExceptionOfType(Boot.Refused.class)
                .isThrownBy(() -> Boot.prepare(Settings.forTests(data)))
                .withMessageContaining(data + " has files that aren't Banyan's")
                .withMessageContaining("--data");

        assertThat(Files.getPosixFilePermissions(page)).isEqualTo(open);
        try (Stream<Path> content = Files.list(data)) {
            assertThat(content).containsExactly(page.getParent());
        }
        assertThat(FolderCheck.of(data, true))
                .as("the doctor")
                .extracting(Finding::line)
                .containsExactly(Boot.foreign(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost+found", ".bashrc", "banyan.properties", "credentials.key", "banyan.db"})
    void aFolderThatIsNewOrOursIsTaken(String file, @TempDir Path data) throws IOException {
        Files.writeString(data.resolve(file), "");
        if (!file.startsWith(".") && !file.equals("lost+found")) {
            Files.writeString(data.resolve("note.txt"), "of the operator");
        }

        try (var claimed = Boot.claimFolder(Settings.forTests(data))) {
            assertThat(claimed.isOpen()).isTrue();
        }
        try (var again = Boot.claimFolder(Settings.forTests(data))) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    /// Containers mount the folder of files, or that of backups, into one that is new.
    @ParameterizedTest
    @ValueSource(strings = {"files", "backups", "logs"})
    void aFolderIntoWhichOneOfOursIsMountedIsTaken(String folder, @TempDir Path data) throws IOException {
        Files.createDirectory(data.resolve(folder));

        try (var claimed = Boot.claimFolder(Settings.forTests(data))) {
            assertThat(claimed.isOpen()).isTrue();
        }
    }

    /// The folder of a server with PostgreSQL has no database.
    @Test
    void aFolderThatAServerHasUsedIsTaken(@TempDir Path data) throws IOException {
        try (var first = Boot.claimFolder(Settings.forTests(data))) {
            assertThat(first.isOpen()).isTrue();
        }
        Files.createDirectory(data.resolve("logs"));

        try (var again = Boot.claimFolder(Settings.forTests(data))) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    @Test
    void aReasonIsASentenceWithoutNamesOfClasses(@TempDir Path folder) throws IOException {
        assertThat(Boot.reason(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(Boot.reason(new NoSuchFileException("/a/b"))).isEqualTo("/a/b doesn't exist");
        assertThat(Boot.reason(new NotDirectoryException("/a/b"))).isEqualTo("/a/b is not a folder");
        assertThat(Boot.reason(new EOFException("half"))).contains("EOFException", "half");
    }
}
