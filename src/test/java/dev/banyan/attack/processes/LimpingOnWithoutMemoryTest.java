package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// A server that has run out of memory would stay alive without its database or its listening thread, and no supervisor
/// would start it again. So the JVM ends, wherever we start one.
class LimpingOnWithoutMemoryTest {

    private static final String FLAG = "-XX:+ExitOnOutOfMemoryError";
    private static final Path OPTIONS = Path.of("release", "java-options");

    @Test
    void everythingThatStartsTheServerEndsItWithoutMemory() throws IOException {
        List<Path> starters;
        try (Stream<Path> files = Stream.of(Path.of("banyan"), Path.of("deploy"), Path.of("bench"))
                .flatMap(LimpingOnWithoutMemoryTest::below)) {
            starters = files.filter(LimpingOnWithoutMemoryTest::startsServers).toList();
        }
        assertThat(starters)
                .contains(Path.of("banyan"), Path.of("deploy", "Dockerfile"))
                .allSatisfy(file -> assertThat(Files.readString(file)).containsAnyOf(FLAG, "java-options"));
        assertThat(Files.readString(OPTIONS)).contains(FLAG);
        assertThat(Files.readString(Path.of("src/test/java/dev/banyan/ServerProcess.java")))
                .contains(FLAG);
    }

    private static Stream<Path> below(Path folder) {
        try {
            return Files.walk(folder).filter(Files::isRegularFile);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /// A heap of its own is what every start of a server has, or the file with the options of all.
    private static boolean startsServers(Path file) {
        try {
            String text = Files.readString(file);
            return (text.contains("-Xmx512m") || text.contains("java-options"))
                    && text.contains("-XX:+UseSerialGC")
                    && !file.toString().endsWith(".md");
        } catch (IOException _) {
            return false; // not a text
        }
    }
}
