package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.changes.SenderChanges;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Compares the `bots-config.json` files with the database and repairs them; the database is authoritative.
@Singleton
public record Mirrors(Database database, SenderChanges changes, ConfigMirror mirror, Clock clock) {
    /// Returns an account's file, which exists once the account has had a sender.
    public Path fileOf(AccountId tenant) {
        return mirror.fileOf(tenant);
    }

    /// Returns the files that differ from the database. While the server runs, a file may be up to a second behind.
    ///
    /// @param data the data folder
    public static List<Path> differing(Database database, Path data) {
        return tenants(database).stream()
                .flatMap(tenant -> Accounts.usernameOf(database, tenant)
                        .map(username -> data.resolve(ConfigMirror.FOLDER, username, ConfigMirror.FILE))
                        .filter(file -> isWrong(file, picture(database, tenant)))
                        .stream())
                .toList();
    }

    /// Rewrites, at startup, every file that differs from the database. An edited file is copied first.
    public void reconcile() {
        mirror.forgetLinks();
        tenants(database).forEach(this::reconcile);
    }

    private static List<AccountId> tenants(Database database) {
        return database.read(tx -> new ConfigFileStore(tx).tenantsWithFiles());
    }

    private void reconcile(AccountId tenant) {
        deleteTemporary(mirror.folderOf(tenant));
        Path file = mirror.fileOf(tenant);
        if (isWrong(file, picture(database, tenant))) {
            Log.infof("%s was rewritten from the database", file);
            changes.rewriteFile(tenant);
        }
    }

    private static ConfigMirror.Picture picture(Database database, AccountId tenant) {
        return database.read(tx -> ConfigMirror.picture(tx, tenant));
    }

    private static boolean isWrong(Path file, ConfigMirror.Picture picture) {
        return picture.isWorthAFile() && !text(file).equals(Optional.of(picture.text()));
    }

    /// Returns the edits of the account's file that have not been imported yet: the file itself, or the copy of it.
    public Optional<Path> edited(AccountId tenant) {
        Path file = mirror.fileOf(tenant);
        return mirror.isEdited(tenant, () -> written(tenant))
                ? Optional.of(file)
                : ConfigCopies.newest(file, ConfigCopies.EDITED);
    }

    private List<String> written(AccountId tenant) {
        return database.read(tx -> ConfigMirror.written(new ConfigFileStore(tx), tenant));
    }

    /// Copies the edited file for its import.
    ///
    /// @return the copy
    Optional<Path> takeEdited(AccountId tenant) {
        Path file = mirror.fileOf(tenant);
        Optional<Path> edited = edited(tenant);
        if (edited.equals(Optional.of(file))) {
            Path copy = ConfigCopies.make(file, ConfigCopies.EDITED, clock.instant());
            mirror.accept(tenant);
            return Optional.of(copy);
        }
        return edited;
    }

    /// Marks the copy as imported and rewrites the file.
    void editedIsImported(AccountId tenant, Path copy) {
        ConfigCopies.markImported(mirror.fileOf(tenant), copy, clock.instant());
        changes.rewriteFile(tenant);
    }

    /// Leaves the edited file in place because it can't be imported.
    void editedIsRefused(AccountId tenant) {
        mirror.forget(tenant);
    }

    /// Copies the current file to `bots-config.json.backup-<time>`.
    ///
    /// @return empty if there is no file yet
    Optional<Path> backUp(AccountId tenant) {
        Path file = mirror.fileOf(tenant);
        return Files.exists(file)
                ? Optional.of(ConfigCopies.make(file, ConfigCopies.BACKUP, clock.instant()))
                : Optional.empty();
    }

    /// Deletes temporary files left after a crash between writing and renaming.
    private static void deleteTemporary(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            path -> String.valueOf(path.getFileName()).startsWith(ConfigMirror.TEMPORARY))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<String> text(Path file) {
        return Files.exists(file) ? Optional.of(FileStamps.text(file)) : Optional.empty();
    }
}
