package dev.banyan.platform.backup;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseSnapshot;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.S3Files;
import dev.banyan.platform.files.StoredFile;

/// Writes the archive: the tables of one snapshot, the files of the data folder and the bucket, a manifest with a
/// digest of each. Works next to a running server, with constant memory for tables of any size.
public final class Backup {

    /// @param leftOut links and sockets of the data folder
    public record Written(int tables, long rows, int files, String schemaVersion, List<Path> leftOut) {}

    private final Settings settings;
    private final String product;
    private final Clock clock;
    private final AtomicLong rows = new AtomicLong();

    public Backup(Settings settings, String product, Clock clock) {
        this.settings = settings;
        this.product = product;
        this.clock = clock;
    }

    /// Writes the archive, which gets its name only once it is complete and on disk.
    public Written write(Path archive) throws IOException {
        Written written = writeWhole(archive);
        LastBackup.record(settings, clock.instant());
        return written;
    }

    /// Does the same for a caller who knows whether it counts as the last backup.
    Written writeWhole(Path archive) throws IOException {
        return write(archive, true);
    }

    /// Does the same without uploaded files, as fast as possible. It lies on the same disk, so it doesn't count as the
    /// last backup.
    Written writeBeforeUpgrade(Path archive) throws IOException {
        return write(archive, false);
    }

    /// Returns how many rows were written so far.
    long rows() {
        return rows.get();
    }

    private Written write(Path archive, boolean whole) throws IOException {
        Path folder = Objects.requireNonNull(archive.toAbsolutePath().getParent(), "A file is in a folder");
        Path unfinished = Files.createTempFile(
                folder,
                "." + archive.getFileName() + ".",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Written written = fill(unfinished, whole);
            force(unfinished);
            Files.move(unfinished, archive);
            force(folder);
            return written;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Written fill(Path archive, boolean whole) throws IOException {
        var place = DatabasePlace.of(settings.databaseUrl(), DataFolder.database(settings.data()));
        try (var snapshot = DatabaseSnapshot.of(place);
                var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16))) {
            zip.setLevel(whole ? Deflater.DEFAULT_COMPRESSION : Deflater.BEST_SPEED);
            Map<String, Long> numbering = snapshot.numbering();
            var tables = new ArrayList<Manifest.Table>();
            for (String table : snapshot.tables()) {
                tables.add(writeTable(zip, snapshot, table));
            }
            DataFolder.Content content = DataFolder.content(settings.data());
            var files = new ArrayList<Manifest.DataFile>();
            for (Path path : content.regular()) {
                if (!path.startsWith(DataFolder.FILES)
                        || whole && settings.files().isEmpty()) {
                    writeFile(zip, path, files);
                }
            }
            if (whole && settings.files().isPresent()) {
                try (var bucket = S3Files.of(settings.files().get())) {
                    writeBucket(zip, bucket, files);
                }
            }
            var manifest = new Manifest(
                    Manifest.FORMAT,
                    product,
                    snapshot.schemaVersion(),
                    place.kind(),
                    clock.instant().toString(),
                    numbering,
                    tables,
                    files);
            zip.putNextEntry(entry(Manifest.ENTRY));
            zip.write(manifest.toJson());
            zip.closeEntry();
            return new Written(
                    tables.size(),
                    tables.stream().mapToLong(Manifest.Table::rows).sum(),
                    files.size(),
                    manifest.schemaVersion(),
                    content.leftOut());
        }
    }

    private Manifest.Table writeTable(ZipOutputStream zip, DatabaseSnapshot snapshot, String name) throws IOException {
        zip.putNextEntry(entry(new Manifest.Table(name, 0, "").entry()));
        var digest = new DigestOutputStream(zip, Digests.newSha256());
        long count;
        try (JsonGenerator json = new JsonFactory().createGenerator(digest)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            count = snapshot.read(name, row -> writeRow(json, row));
        }
        zip.closeEntry();
        return new Manifest.Table(name, count, hex(digest));
    }

    private void writeRow(JsonGenerator json, Map<String, Object> row) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Object> column : row.entrySet()) {
            json.writeFieldName(column.getKey());
            if (column.getValue() instanceof Long whole) {
                json.writeNumber(whole);
            } else {
                json.writeString((String) column.getValue());
            }
        }
        json.writeEndObject();
        rows.incrementAndGet();
    }

    /// Writes a file. One that the running server deleted meanwhile is not in the backup.
    private void writeFile(ZipOutputStream zip, Path path, List<Manifest.DataFile> files) throws IOException {
        Path file = settings.data().resolve(path);
        try (var content = Files.newInputStream(file)) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            files.add(writeFile(zip, path.toString(), mode, content));
        } catch (NoSuchFileException _) {
            // Nothing was written to the archive yet.
        }
    }

    /// Writes the files of the bucket as if they were in the data folder, so that they can be restored into either.
    private void writeBucket(ZipOutputStream zip, FileStore bucket, List<Manifest.DataFile> files) throws IOException {
        for (String path : bucket.all()) {
            Optional<StoredFile> file = bucket.find(path);
            if (file.isPresent()) {
                try (var content = file.get().open()) {
                    files.add(writeFile(zip, DataFolder.FILES + "/" + path, "rw-------", content));
                }
            }
        }
    }

    private Manifest.DataFile writeFile(ZipOutputStream zip, String path, String mode, InputStream content)
            throws IOException {
        zip.putNextEntry(entry(new Manifest.DataFile(path, mode, "").entry()));
        var digest = new DigestOutputStream(zip, Digests.newSha256());
        content.transferTo(digest);
        zip.closeEntry();
        return new Manifest.DataFile(path, mode, hex(digest));
    }

    private ZipEntry entry(String name) {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.from(clock.instant()));
        return entry;
    }

    private static String hex(DigestOutputStream digest) {
        MessageDigest done = digest.getMessageDigest();
        return HexFormat.of().formatHex(done.digest());
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }
}
