package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.PrivateFiles;

/// A file as one of this machine, for code that needs a path: the file itself if it is here, else a copy, which closing
/// deletes.
public record LocalCopy(Path file, boolean isTemporary) implements AutoCloseable {

    public static LocalCopy of(StoredFile stored) {
        return stored.local().map(file -> new LocalCopy(file, false)).orElseGet(() -> copyOf(stored));
    }

    private static LocalCopy copyOf(StoredFile stored) {
        try {
            var copy = new LocalCopy(PrivateFiles.temporaryFile("banyan-file", ""), true);
            try (InputStream content = stored.open()) {
                Files.copy(content, copy.file, StandardCopyOption.REPLACE_EXISTING);
                return copy;
            } catch (IOException | RuntimeException failure) {
                copy.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (isTemporary) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
