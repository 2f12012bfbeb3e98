package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;

/// When the last backup was finished: the time of an empty file in the data folder, so that a server can tell its
/// operator although another process writes the backups.
public final class LastBackup {

    private LastBackup() {}

    static void record(Settings settings, Instant now) throws IOException {
        Path file = file(settings);
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    /// Returns empty if there was none.
    public static Optional<Instant> at(Settings settings) {
        try {
            return Optional.of(Files.getLastModifiedTime(file(settings)).toInstant());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Path file(Settings settings) {
        return settings.data().resolve(DataFolder.LAST_BACKUP);
    }
}
