package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabaseLoad;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.FilesUnavailable;

/// Restores an archive into an empty data folder, or into one and an empty PostgreSQL database: all or nothing.
///
/// Everything is created below [DataFolder#UNFINISHED] and moved to its place at the end. An interrupted restore leaves
/// that folder behind, and a server does not start next to it.
public final class Restore {

    private static final String SETTINGS = "banyan.properties";
    private static final String OTHER_SETTINGS = "banyan.properties.from-backup";

    /// @param asideSettings true if the archive's settings name another database, so that they were stored in a
    ///     separate file
    public record Restored(String createdAt, int tables, long rows, int files, boolean asideSettings) {}

    private final Settings settings;
    private final Path data;
    private final Path unfinished;
    private final Optional<FileStore> bucket;
    private final List<Path> moved = new ArrayList<>();
    /// Paths in the bucket.
    private final List<String> stored = new ArrayList<>();

    /// @param settings of the future server; its data folder must be used by the caller only
    public Restore(Settings settings) {
        this.settings = settings;
        this.data = settings.data();
        this.unfinished = data.resolve(DataFolder.UNFINISHED);
        this.bucket = settings.files().map(_ -> FileStore.of(settings));
    }

    /// Returns true if a restore would overwrite nothing.
    public static boolean isFree(Path data) throws IOException {
        return DataFolder.isEmpty(data);
    }

    /// @throws InvalidArchive if it is damaged, no backup, or from a newer version
    /// @throws dev.banyan.platform.db.DatabaseUnavailable if the database is not empty or refuses the rows
    public Restored from(Path path) throws IOException {
        try (var archive = ArchiveFile.open(path)) {
            requireKnown(path, archive.manifest());
            archive.verify();
            requireFreeBucket();
            try {
                Files.createDirectory(unfinished, mode("rwx------"));
                Restored restored = fill(archive);
                PrivateFiles.removeTree(unfinished);
                return restored;
            } catch (IOException | RuntimeException failure) {
                takeBack();
                throw failure;
            }
        }
    }

    private static void requireKnown(Path path, Manifest manifest) {
        if (manifest.format() > Manifest.FORMAT || !DatabaseLoad.isKnown(manifest.schemaVersion())) {
            throw new InvalidArchive(path + " was made by a newer version (" + manifest.product() + ", schema "
                    + manifest.schemaVersion() + "); restore it with that version");
        }
    }

    private void requireFreeBucket() throws IOException {
        if (bucket.isPresent() && !bucket.get().all().isEmpty()) {
            throw new IOException("the bucket " + settings.files().orElseThrow()
                    + " is not empty; name another one, or another prefix, in BANYAN_FILES_URL");
        }
    }

    private Restored fill(ArchiveFile archive) throws IOException {
        Manifest manifest = archive.manifest();
        boolean aside = extract(archive);
        Path database = DataFolder.database(unfinished);
        var place = DatabasePlace.of(settings.databaseUrl(), database);
        try (var load = DatabaseLoad.into(place, manifest.schemaVersion())) {
            requireSameTables(manifest, load);
            for (Manifest.Table table : manifest.tables()) {
                try (var rows = archive.rows(table)) {
                    if (load.load(table.name(), rows) != table.rows()) {
                        throw new InvalidArchive(
                                "The table " + table.name() + " doesn't have the number of rows in its manifest");
                    }
                }
            }
            load.continueNumbering(manifest.numbering());
            load.finish(this::moveFiles);
        }
        if (settings.databaseUrl().isEmpty()) {
            requireWhole(database);
            force(database);
            move(database);
        }
        force(data);
        return new Restored(
                manifest.createdAt(),
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(Manifest.Table::rows).sum(),
                manifest.files().size(),
                aside);
    }

    /// Requires that the log is empty. Closing the last connection writes the log into the file; otherwise moving the
    /// file alone would lose rows.
    private static void requireWhole(Path database) throws IOException {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new IOException("The log of the new database was not folded in");
        }
    }

    private static void requireSameTables(Manifest manifest, DatabaseLoad load) {
        List<String> archived =
                manifest.tables().stream().map(Manifest.Table::name).sorted().toList();
        if (!archived.equals(load.tables())) {
            throw new InvalidArchive(
                    "The archive does not hold the tables of its own schema " + manifest.schemaVersion());
        }
    }

    private boolean extract(ArchiveFile archive) throws IOException {
        for (Manifest.DataFile file : archive.manifest().files()) {
            if (bucket.isPresent() && Path.of(file.path()).startsWith(DataFolder.FILES)) {
                String path = file.path().substring(DataFolder.FILES.length() + 1);
                stored.add(path);
                bucket.get().put(path, archive.file(file.entry()));
                continue;
            }
            Path target = unfinished.resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.createFile(target, mode("rw-------"));
            try (var content = archive.content(file.entry());
                    var written = Files.newOutputStream(target)) {
                content.transferTo(written);
            }
            Files.setPosixFilePermissions(
                    target, PrivateFiles.ownersPartOf(PosixFilePermissions.fromString(file.mode())));
            force(target);
        }
        return setSettingsAside();
    }

    /// Puts the archive's settings aside if they name another database, which would hide everything that was restored,
    /// or if settings exist here already, as those are the intended ones.
    private boolean setSettingsAside() throws IOException {
        Path archived = unfinished.resolve(SETTINGS);
        if (!Files.exists(archived)) {
            return false;
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(archived)) {
            properties.load(reader);
        }
        boolean leadsElsewhere = properties.stringPropertyNames().stream().anyMatch(key -> key.startsWith("database-"));
        if (!leadsElsewhere && !Files.exists(data.resolve(SETTINGS))) {
            return false;
        }
        Files.move(archived, unfinished.resolve(OTHER_SETTINGS), StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private void moveFiles() {
        Path database = DataFolder.database(unfinished);
        try (Stream<Path> content = Files.list(unfinished)) {
            for (Path file : content.toList()) {
                if (!file.getFileName()
                        .toString()
                        .startsWith(database.getFileName().toString())) {
                    move(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void move(Path file) throws IOException {
        Path target = data.resolve(file.getFileName());
        Files.move(file, target);
        moved.add(target);
    }

    private void takeBack() {
        try {
            for (Path file : moved) {
                PrivateFiles.removeTree(file);
            }
            PrivateFiles.removeTree(unfinished);
            bucket.ifPresent(files -> stored.forEach(files::remove));
        } catch (IOException | FilesUnavailable _) {
            // What remains is below `.restore` or next to it, and no server starts there; or it is in the bucket, and
            // the next attempt names it.
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
