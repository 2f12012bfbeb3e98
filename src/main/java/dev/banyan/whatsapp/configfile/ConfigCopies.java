package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.PrivateFiles;

/// Copies of a `bots-config.json` in the same folder, each with the time in its name: `bots-config.json.edited-<time>`
/// was edited by hand, `…imported-<time>` is the same file after its import, `…backup-<time>` the file
/// before an import.
final class ConfigCopies {

    static final String EDITED = "edited";
    static final String IMPORTED = "imported";
    static final String BACKUP = "backup";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int KEPT = 20;

    private ConfigCopies() {}

    /// Copies the file, and deletes the oldest copies if there are too many.
    static Path make(Path file, String kind, Instant now) {
        Path copy = name(file, kind, now);
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            PrivateFiles.restrictOne(copy); // the file may have been made readable for all users
            List<Path> all = all(file, kind);
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                Files.delete(old);
            }
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Optional<Path> newest(Path file, String kind) {
        List<Path> all = all(file, kind);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /// Renames an imported copy to `…imported-<time>`.
    static void markImported(Path file, Path copy, Instant now) {
        try {
            Files.move(copy, name(file, IMPORTED, now), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path name(Path file, String kind, Instant now) {
        String name = prefix(file, kind) + TIME.format(now);
        Path copy = file.resolveSibling(name);
        for (int more = 1; Files.exists(copy); more++) {
            copy = file.resolveSibling(name + "-" + more);
        }
        return copy;
    }

    private static List<Path> all(Path file, String kind) {
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(folder)) {
            return beside.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix(file, kind)))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String prefix(Path file, String kind) {
        return file.getFileName() + "." + kind + "-";
    }
}
