package dev.banyan;

import module java.base;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Folders for what need not survive a power cut: in memory where there is plenty, because a test makes hundreds of
/// commits, each of which would wait for the disk; else below `target`. They are gone when the JVM ends, and those of
/// `@TempDir` (junit-platform.properties) after their test.
public final class TestFolders implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PLENTY = 6L << 30;

    /// Where they are, for all of this JVM.
    private static final class Place {
        static final Path ONLY = make();
    }

    /// Returns a new folder.
    ///
    /// @param name what its own name begins with
    public static Path newFolder(String name) {
        try {
            return Files.createTempDirectory(Place.ONLY, name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the folder that lies in memory; empty where there isn’t plenty of it.
    public static Optional<Path> memory() {
        return Optional.of(MEMORY)
                .filter(Files::isWritable)
                .filter(memory -> memory.toFile().getUsableSpace() > PLENTY);
    }

    private static Path make() {
        try {
            Path place =
                    Files.createTempDirectory(memory().orElse(Path.of("target").toAbsolutePath()), "banyan-tests");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(place)));
            return place;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Servers that end at the same time may still write: what is left then is left.
    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException _) {
            // the folder of a test that has ended
        }
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext annotated, ExtensionContext test) {
        return newFolder("junit");
    }
}
