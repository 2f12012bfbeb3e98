package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.backup.Restore;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.SqliteLibrary;
import dev.banyan.platform.files.FilesUnavailable;

/// `./banyan restore FILE`: restores a backup into an empty data folder, and into an empty PostgreSQL database if one
/// is set.
public final class RestoreCommand {

    private RestoreCommand() {}

    public static void run(Settings settings, String file) {
        Path archive = Path.of(file).toAbsolutePath().normalize();
        if (!Files.isRegularFile(archive)) {
            throw new Boot.Refused("The backup " + archive + " doesn't exist");
        }
        boolean isNew = !Files.exists(settings.data());
        requireFree(settings.data());
        boolean done = false;
        try (var claimed = Boot.claimFolder(settings)) {
            Boot.restrict(settings.data());
            SqliteLibrary.unpack(settings.runFolder());
            Restore.Restored restored = new Restore(settings).from(archive);
            done = true;
            tell(settings, archive, restored);
        } catch (NoSuchFileException missing) {
            throw new Boot.Refused(missing.getFile() + " doesn't exist");
        } catch (FilesUnavailable failure) {
            throw new Boot.Refused("The backup " + archive + " cannot be restored: " + failure.getMessage());
        } catch (IOException failure) {
            throw new Boot.Refused("The backup " + archive + " cannot be restored: " + Boot.reason(failure));
        } finally {
            if (!done) {
                leave(isNew ? settings.data() : settings.runFolder());
            }
        }
    }

    private static void requireFree(Path data) {
        Boot.refuseUnfinished(data);
        try {
            if (!Restore.isFree(data)) {
                throw new Boot.Refused("The data folder " + data + " is not empty; name a new folder with --data");
            }
        } catch (IOException failure) {
            throw new Boot.Refused("The data folder " + data + " cannot be read: " + Boot.reason(failure));
        }
    }

    private static void tell(Settings settings, Path archive, Restore.Restored restored) {
        System.out.printf(
                Locale.ROOT,
                "Restored %s into %s%n  tables: %d, rows: %,d, files: %d, as of %s%n",
                archive,
                settings.databaseUrl().isPresent() ? "the PostgreSQL database and " + settings.data() : settings.data(),
                restored.tables(),
                restored.rows(),
                restored.files(),
                restored.createdAt());
        if (restored.asideSettings()) {
            System.out.println("  The backup's own settings name another database or would replace yours."
                    + " They are in banyan.properties.from-backup");
        }
        String server = Files.exists(settings.data().resolve(DataFolder.DEMO)) ? "demo" : "serve";
        StartLine.of(settings, server, System.getenv()).forEach(System.out::println);
    }

    /// Removes what the attempt has created, after the reason was reported.
    private static void leave(Path folder) {
        try {
            PrivateFiles.removeTree(folder);
        } catch (IOException _) {
            // A remaining empty folder does no harm.
        }
    }
}
