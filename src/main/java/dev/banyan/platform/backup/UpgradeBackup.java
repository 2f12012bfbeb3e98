package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.LongWork;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Setting;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.BeforeUpgrade;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseUnavailable;
import io.quarkus.logging.Log;

/// Saves the database as `backups/before-N.zip` in the data folder before its tables are updated to schema N, so
/// that the upgrade can be taken back. Uploaded files are left out: an upgrade doesn't touch them.
public record UpgradeBackup(Settings settings, Backup backup) implements BeforeUpgrade {

    private static final long MEGABYTE = 1_024 * 1_024;

    @Override
    public void upgrade(String from, String to) {
        if (!settings.backupBeforeUpgrade()) {
            Log.infof("Upgrading from schema %s to %s. To go back, restore your own backup.", from, to);
            return;
        }
        Path folder = settings.data().resolve(DataFolder.BACKUPS);
        Path archive = folder.resolve("before-" + to + ".zip");
        if (!isOfInterruptedUpgrade(archive, from)) {
            requireSpace();
            save(folder, archive);
        }
        Log.infof(
                "Upgrading from schema %s to %s. To go back, restore %s with the version you had before: see “Go back”"
                        + " in docs/operations.",
                from, to, archive);
    }

    /// Returns true if the archive has an older schema than the database now: an upgrade was interrupted between two of
    /// its steps, and the archive is from before the first one.
    private static boolean isOfInterruptedUpgrade(Path archive, String from) {
        if (!Files.exists(archive)) {
            return false;
        }
        try (var earlier = ArchiveFile.open(archive)) {
            return earlier.manifest().schemaVersion().compareTo(from) < 0;
        } catch (IOException | InvalidArchive _) {
            return false;
        }
    }

    private void requireSpace() {
        long needed = DatabasePlace.of(settings.databaseUrl(), DataFolder.database(settings.data()))
                .bytes();
        long free = settings.data().toFile().getUsableSpace();
        if (free < needed) {
            throw refused(String.format(
                    Locale.ROOT,
                    "the disk of %s has %,d MB free, and up to %,d MB are needed",
                    settings.data(),
                    free / MEGABYTE,
                    needed / MEGABYTE + 1));
        }
    }

    private void save(Path folder, Path archive) {
        try (var _ = new LongWork(
                () -> String.format(Locale.ROOT, "Saving the database before the upgrade: %,d rows", backup.rows()))) {
            PrivateFiles.createFolder(folder);
            removeUnfinished(folder);
            Files.deleteIfExists(archive);
            backup.writeBeforeUpgrade(archive);
        } catch (IOException | DatabaseUnavailable failure) {
            throw refused(archive + " cannot be written: " + failure.getMessage());
        }
    }

    /// Removes what a server that was killed while it saved left behind.
    private static void removeUnfinished(Path folder) throws IOException {
        try (var unfinished = Files.newDirectoryStream(folder, ".before-*.tmp")) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private static DatabaseUnavailable refused(String why) {
        return new DatabaseUnavailable("The database cannot be saved before the upgrade: " + why
                + "; fix this, or make a backup elsewhere and set " + Setting.BACKUP_BEFORE_UPGRADE.variable()
                + "=off");
    }
}
