package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// A page that asks again by itself needs the script that does it, which most pages of workspaces leave out.
class LivePagesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    @Test
    void whatIsAskedAgainIsOnAPageWithItsScript() throws IOException {
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            List<Path> still = files.filter(Files::isRegularFile)
                    .filter(file -> text(file).matches("(?s)\\{#include workspaces/(admin|member)[ }].*"))
                    .toList();
            assertThat(still).isNotEmpty().noneMatch(file -> text(file).contains(" hx-"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
