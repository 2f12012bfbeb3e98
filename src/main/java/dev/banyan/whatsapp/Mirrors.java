package dev.banyan.whatsapp;

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

    /// Files that do not say what the database says.
    public List<Path> differing() {
        return tenants().stream()
                .filter(tenant -> isWrong(tenant, picture(tenant)))
                .map(mirror::fileOf)
                .toList();
    }

    /// At a start: writes every file that differs from the database. One that a person has edited is kept beside it.
    public void reconcile() {
        tenants().forEach(this::reconcile);
    }

    private List<AccountId> tenants() {
        return database.read(tx -> new SenderStore(tx).tenantsWithFiles());
    }

    private void reconcile(AccountId tenant) {
        deleteTemporary(mirror.folderOf(tenant));
        ConfigMirror.Picture picture = picture(tenant);
        if (!isWrong(tenant, picture)) {
            return;
        }
        Path file = mirror.fileOf(tenant);
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

    private ConfigMirror.Picture picture(AccountId tenant) {
        return database.read(tx -> ConfigMirror.picture(new SenderStore(tx), tenant));
    }

    private boolean isWrong(AccountId tenant, ConfigMirror.Picture picture) {
        return picture.isWorthAFile() && !text(mirror.fileOf(tenant)).equals(Optional.of(picture.text()));
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
