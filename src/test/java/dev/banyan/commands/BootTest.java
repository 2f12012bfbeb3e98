package dev.banyan.commands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
