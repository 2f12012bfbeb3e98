package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.backup.Backup;
import dev.banyan.platform.backup.KeptBackups;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.SqliteLibrary;
import dev.banyan.platform.files.FilesUnavailable;

/// `./banyan backup FILE`: writes all data of a server into one archive, whether it runs or not. With `--keep 7`,
/// names the archive itself, in a folder, and deletes the oldest ones there.
public final class BackupCommand {

    private static final int MOST_KEPT = 1000;

    private BackupCommand() {}

    /// @param keep how many archives stay in the folder; empty: the place is a file
    public static void run(Settings settings, String place, Optional<String> keep) {
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        Optional<Integer> kept = keep.map(BackupCommand::number);
        Path named = Path.of(place).toAbsolutePath().normalize();
        var folder = new KeptBackups(named);
        Path archive = kept.isPresent() ? folder.at(clock.instant()) : named;
        requireGoodPlace(settings, archive);
        SqliteLibrary.useUnpacked(settings.runFolder());
        try {
            var backup = new Backup(settings, Product.name(), clock);
            Backup.Written written = backup.write(archive);
            System.out.printf(
                    Locale.ROOT,
                    "Backup of %s is in %s%n  tables: %d, rows: %,d, files: %d, size: %,d KB, schema: %s%n",
                    settings.data(),
                    archive,
                    written.tables(),
                    written.rows(),
                    written.files(),
                    (Files.size(archive) + 1023) / 1024,
                    written.schemaVersion());
            written.leftOut().forEach(link -> System.out.println("  left out, not a regular file: " + link));
            Path key = settings.data().resolve(DataFolder.CREDENTIALS_KEY);
            if (settings.credentialsKey().isPresent()) {
                System.out.println(
                        "Not included: the key that opens stored secrets (BANYAN_CREDENTIALS_KEY). Keep it too.");
            } else if (Files.exists(key)) {
                System.out.println("Not included: the key that opens stored secrets, " + key
                        + ". Keep a copy of it, but not next to the backup.");
            }
            System.out.println("It contains password hashes and settings. Keep it where only you can read it.");
            if (kept.isPresent()) {
                folder.deleteAllBut(kept.get(), clock.instant())
                        .forEach(old -> System.out.println("Deleted the old backup " + old));
            }
        } catch (FilesUnavailable failure) {
            throw new Boot.Refused("The backup cannot be made: " + failure.getMessage());
        } catch (IOException failure) {
            throw new Boot.Refused("The backup cannot be written to " + archive + ": " + Boot.reason(failure));
        }
    }

    private static int number(String keep) {
        return Parse.of(keep, Integer::valueOf)
                .filter(number -> number >= 1 && number <= MOST_KEPT)
                .orElseThrow(() ->
                        new CommandLine.Wrong("--keep needs a number from 1 to " + MOST_KEPT + ", not “" + keep + "”"));
    }

    private static void requireGoodPlace(Settings settings, Path archive) {
        if (!Files.isDirectory(settings.data())) {
            throw new Boot.Refused(
                    "The data folder " + settings.data() + " doesn't exist; name the right folder with --data");
        }
        Boot.requireReadable(settings.data());
        if (Files.exists(archive, LinkOption.NOFOLLOW_LINKS)) {
            throw new Boot.Refused(archive + " already exists; name a new file");
        }
        Path folder = archive.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Boot.Refused("The folder " + folder + " doesn't exist; create it for the backup");
        }
        try {
            if (folder.toRealPath().startsWith(settings.data().toRealPath())) {
                throw new Boot.Refused("The backup would be inside the data folder " + settings.data()
                        + " and be lost with it; name a file elsewhere");
            }
        } catch (IOException failure) {
            throw new Boot.Refused(folder + " cannot be read: " + Boot.reason(failure));
        }
    }
}
