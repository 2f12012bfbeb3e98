package dev.banyan.whatsapp;

import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Compares the `bots-config.json` files with the database, which is right, and mends them.
@Singleton
public final class Mirrors {

    private static final Logger LOG = Logger.getLogger(Mirrors.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int BACKUPS_KEPT = 20;

    private final Database database;
    private final SenderChanges changes;
    private final ConfigMirror mirror;
    private final Clock clock;

    Mirrors(Database database, SenderChanges changes, ConfigMirror mirror, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.mirror = mirror;
        this.clock = clock;
    }

    /// An account's file, which exists once the account has had a sender.
    public Path fileOf(AccountId tenant) {
        return mirror.fileOf(tenant);
    }

    /// Files that do not say what the database says. Beside a running server a file may be a second behind.
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

    /// At a start: writes every file that differs from the database. One that a person has edited is kept beside it.
    public void reconcile() {
        tenants(database).forEach(this::reconcile);
    }

    private static List<AccountId> tenants(Database database) {
        return database.read(tx -> new SenderStore(tx).tenantsWithFiles());
    }

    private void reconcile(AccountId tenant) {
        deleteTemporary(mirror.folderOf(tenant));
        ConfigMirror.Picture picture = picture(database, tenant);
        Path file = mirror.fileOf(tenant);
        if (!isWrong(file, picture)) {
            return;
        }
        boolean edited = text(file)
                .map(Digests::sha256Hex)
                .filter(digest -> !picture.written().contains(digest))
                .isPresent();
        if (edited) {
            Path copy = copyBeside(file, "edited");
            LOG.warnf("%s was changed by hand; it is kept as %s", file, copy.getFileName());
        }
        LOG.infof("%s is written anew from the database", file);
        changes.rewriteFile(tenant);
    }

    private static ConfigMirror.Picture picture(Database database, AccountId tenant) {
        return database.read(tx -> ConfigMirror.picture(new SenderStore(tx), tenant));
    }

    private static boolean isWrong(Path file, ConfigMirror.Picture picture) {
        return picture.isWorthAFile() && !text(file).equals(Optional.of(picture.text()));
    }

    /// Keeps the present file as `bots-config.json.backup-<time>`.
    ///
    /// @return empty where there is no file yet
    Optional<Path> backUp(AccountId tenant) {
        Path file = mirror.fileOf(tenant);
        return Files.exists(file) ? Optional.of(copyBeside(file, "backup")) : Optional.empty();
    }

    private Path copyBeside(Path file, String why) {
        Instant now = clock.instant();
        Path copy = file.resolveSibling(ConfigMirror.FILE + "." + why + "-" + TIME.format(now));
        for (int more = 1; Files.exists(copy); more++) {
            copy = file.resolveSibling(ConfigMirror.FILE + "." + why + "-" + TIME.format(now) + "-" + more);
        }
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            deleteOldest(file, ConfigMirror.FILE + "." + why + "-");
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void deleteOldest(Path file, String prefix) throws IOException {
        try (Stream<Path> beside = Files.list(folderOf(file))) {
            List<Path> copies = beside.filter(
                            path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
            for (Path old : copies.subList(0, Math.max(0, copies.size() - BACKUPS_KEPT))) {
                Files.delete(old);
            }
        }
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.getParent()).orElseThrow();
    }

    /// What a kill left behind between writing and renaming.
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
        try {
            // Not as strict text: a damaged file differs, and is no reason not to start.
            return Files.exists(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
