package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

    /// A start with an older number would leave out the newer files of a database that is there already.
    @Test
    void newestIsTheNewestFile() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("V\\d+__.*\\.sql"))
                            .map(name -> name.substring(1, name.indexOf("__")))
                            .max(String::compareTo))
                    .hasValue(Migrations.NEWEST);
        }
    }
}
