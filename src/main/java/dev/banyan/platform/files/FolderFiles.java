package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import org.jspecify.annotations.Nullable;

/// Files below `files/` in the data folder. They belong to this server alone.
public final class FolderFiles implements FileStore {

    private final Path root;

    public FolderFiles(Path root) {
        this.root = root;
    }

    public static FolderFiles of(Settings settings) {
        return new FolderFiles(settings.data().resolve(DataFolder.FILES));
    }

    @Override
    public Optional<StoredFile> find(String path) {
        return inside(root, path).filter(Files::isRegularFile).map(StoredFile::of);
    }

    @Override
    public void put(String path, StoredFile content) {
        try (InputStream bytes = content.open()) {
            Files.copy(bytes, prepared(path), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void place(Path from, String path) {
        try {
            Files.move(from, prepared(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Files never change, so two names for one file are as good as a copy.
    @Override
    public boolean copy(String from, String to) {
        Optional<Path> source = inside(root, from).filter(Files::isRegularFile);
        if (source.isEmpty()) {
            return false;
        }
        try {
            Path target = prepared(to);
            try {
                Files.createLink(target, source.get());
            } catch (NoSuchFileException gone) {
                throw gone;
            } catch (UnsupportedOperationException | IOException _) {
                Files.copy(source.get(), target);
            }
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void remove(String path) {
        try {
            Optional<Path> file = inside(root, path);
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void removeAll(String path) {
        Optional<Path> found = inside(root, path);
        if (found.isEmpty()) {
            return;
        }
        try {
            if (Files.isDirectory(found.get())) {
                removeTree(found.get());
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

    @Override
    public List<String> all() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void removeTree(Path folder) throws IOException {
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

    /// Returns where a new file goes; its folder exists.
    private Path prepared(String path) throws IOException {
        Path file = required(root, path);
        Files.createDirectories(file.getParent());
        return file;
    }

    static Path required(Path root, String path) {
        return inside(root, path).orElseThrow(() -> new IllegalArgumentException("Not below files/: " + path));
    }

    /// Returns the path below a root; empty for one that leads out of it.
    static Optional<Path> inside(Path root, String path) {
        Path found = root.resolve(path).normalize();
        return found.startsWith(root) && !found.equals(root) ? Optional.of(found) : Optional.empty();
    }
}
