package dev.banyan.workspaces;

import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files below `files/` in the data folder, by the paths stored in tables.
@Singleton
public final class AttachmentFiles {

    private final Path root;

    public AttachmentFiles(Settings settings) {
        this.root = settings.data().resolve("files");
    }

    /// Returns the file if it exists; empty for a path that leads out of the folder.
    public Optional<Path> find(String path) {
        return inside(path).filter(Files::isRegularFile);
    }

    /// Moves a file into place.
    public void place(Path from, String path) {
        Path to = inside(path).orElseThrow(() -> new IllegalArgumentException("Not below files/: " + path));
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Removes a file, or a folder with its contents, and any parent folders left empty. Removing a missing file is not
    /// an error.
    public void remove(String path) {
        Optional<Path> found = inside(path);
        if (found.isEmpty()) {
            return;
        }
        try {
            if (Files.isDirectory(found.get())) {
                removeAll(found.get());
            } else {
                Files.deleteIfExists(found.get());
            }
            Path above = found.get().getParent();
            while (above != null && !above.equals(root) && above.startsWith(root)) {
                Files.deleteIfExists(above);
                above = above.getParent();
            }
        } catch (DirectoryNotEmptyException _) {
            // The folder has other files.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void removeAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private Optional<Path> inside(String path) {
        Path found = root.resolve(path).normalize();
        return found.startsWith(root) && !found.equals(root) ? Optional.of(found) : Optional.empty();
    }
}
