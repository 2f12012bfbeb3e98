package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFolderIsCreatedPrivateWithAllAboveItThatWereMissing() throws IOException {
        PrivateFiles.createFolder(folder.resolve("a/b"));

        assertThat(modeOf(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(modeOf(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void theOwnersOwnRightsStay() throws IOException {
        Path script = widened("hook", "rwxr-xr-x");
        Path closed = widened("closed", "r--r-----");

        PrivateFiles.Restricted restricted = PrivateFiles.restrict(folder);

        assertThat(modeOf(script)).isEqualTo("rwx------");
        assertThat(modeOf(closed)).isEqualTo("r--------");
        assertThat(restricted.refused()).isEmpty();
        assertThat(PrivateFiles.readableByOthers(folder)).isEmpty();
    }

    @Test
    void aDataFolderThatIsALinkIsLookedAtAndLinksInItAreNot() throws IOException {
        Path data = Files.createDirectories(folder.resolve("disk/data"));
        Path outside = widened("outside", "rw-r--r--");
        Files.createSymbolicLink(data.resolve("link"), outside);
        Path named = Files.createSymbolicLink(folder.resolve("named"), data);
        Files.writeString(data.resolve("banyan.db"), "");
        Files.setPosixFilePermissions(data.resolve("banyan.db"), PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFiles.restrict(named);

        assertThat(modeOf(data.resolve("banyan.db"))).isEqualTo("rw-------");
        assertThat(modeOf(outside)).isEqualTo("rw-r--r--");
    }

    @Test
    void aFolderThatIsNotThereOrKnowsNoRightsIsLeftAlone() throws IOException {
        assertThat(PrivateFiles.restrict(folder.resolve("nowhere")).mended()).isEmpty();
        try (var zip = FileSystems.newFileSystem(
                URI.create("jar:" + folder.resolve("a.zip").toUri()), Map.of("create", "true"))) {
            Path inside = zip.getPath("/data");
            PrivateFiles.createFolder(inside);
            PrivateFiles.restrictOne(inside);

            assertThat(inside).isDirectory();
            assertThat(PrivateFiles.readableByOthers(inside)).isEmpty();
        }
    }

    private Path widened(String name, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
