package dev.banyan.workspaces.archive;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.platform.files.UploadedZip;

/// Reads an uploaded archive and trusts nothing in it: entries are found by the names that the manifest must list, are
/// never written under their own names, and are measured while they are unpacked.
final class WorkspaceArchiveFile implements AutoCloseable {

    /// About eight per file an archive may hold, plus some: without the limit, a manifest of nothing but brackets would
    /// fill the memory.
    private static final long MOST_TOKENS = 1_000_000;
    private static final long LARGEST_TABLE = 1024L * 1024 * 1024;
    private static final long MOST_ROWS = 500_000;
    private static final int LONGEST_ROW = 256 * 1024;
    private static final int MOST_FILES = 100_000;
    private static final Pattern FILE = Pattern.compile("[0-9a-f-]{36}");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10)
                    .maxStringLength(100_000)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .build());
    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    /// Receives a row.
    interface Rows {
        void take(Map<String, Object> row) throws UnusableArchive;
    }

    private final UploadedZip zip;
    private final WorkspaceArchive manifest;

    private WorkspaceArchiveFile(UploadedZip zip, WorkspaceArchive manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /// @param settings the limits for one file and for all files together
    static WorkspaceArchiveFile open(Path archive, Settings settings) throws UnusableArchive, IOException {
        return UploadedZip.open(archive, zip -> {
            var file = new WorkspaceArchiveFile(zip, manifest(zip));
            file.check(settings);
            return file;
        });
    }

    private static WorkspaceArchive manifest(UploadedZip zip) throws UnusableArchive, IOException {
        byte[] bytes = zip.manifest(WorkspaceArchive.ENTRY)
                .orElseThrow(() -> new UnusableArchive("It is not a workspace archive: its manifest is missing"));
        try {
            var manifest = JSON.readValue(bytes, WorkspaceArchive.class);
            if (manifest == null || !WorkspaceArchive.KIND.equals(manifest.kind())) {
                throw new UnusableArchive("It is not a workspace archive");
            }
            if (manifest.format() != WorkspaceArchive.FORMAT) {
                throw new UnusableArchive(
                        "Its format is " + manifest.format() + ", and this server supports " + WorkspaceArchive.FORMAT);
            }
            return manifest;
        } catch (JsonProcessingException _) {
            throw new UnusableArchive("Its manifest is damaged");
        }
    }

    WorkspaceArchive manifest() {
        return manifest;
    }

    /// Checks before reading anything into memory or onto the disk that every entry is present and unchanged, and that
    /// there is room for all of it.
    private void check(Settings settings) throws UnusableArchive, IOException {
        Set<String> names = new HashSet<>();
        var rows = new RowCount();
        for (WorkspaceArchive.TableEntry table : manifest.tables()) {
            if (!WorkspaceArchiveStore.tables().contains(table.name()) || !names.add(table.entry())) {
                throw new UnusableArchive("It contains an unknown table: " + table.name());
            }
            long before = rows.counted;
            zip.check(table.entry(), table.sha256(), LARGEST_TABLE, rows);
            if (rows.counted > MOST_ROWS) {
                throw new UnusableArchive("It has more than 500,000 rows");
            }
            if (rows.counted - before != table.rows()) {
                throw new UnusableArchive(table.entry() + " doesn't have the number of rows given in the manifest");
            }
        }
        if (manifest.files().size() > MOST_FILES) {
            throw new UnusableArchive("It has more than 100,000 files");
        }
        long left = settings.storageBytes();
        for (WorkspaceArchive.FileEntry file : manifest.files()) {
            if (file.size() < 0 || file.size() > settings.attachmentBytes()) {
                throw new UnusableArchive("A file in it is larger than " + settings.attachmentMegabytes() + " MB");
            }
            left -= file.size();
            if (left < 0) {
                throw new UnusableArchive(
                        "Its files exceed the storage limit of a workspace, " + settings.storageMegabytes() + " MB");
            }
        }
        for (WorkspaceArchive.FileEntry file : manifest.files()) {
            if (!FILE.matcher(file.id()).matches() || !names.add(file.entry())) {
                throw new UnusableArchive("It contains an unknown file");
            }
            zip.check(file.entry(), file.sha256(), file.size(), OutputStream.nullOutputStream());
        }
    }

    /// Counts the non-empty lines of all tables.
    private static final class RowCount extends OutputStream {
        private long counted;
        private boolean inRow;

        @Override
        public void write(int read) {
            if (read == '\n') {
                inRow = false;
            } else if (!inRow) {
                inRow = true;
                counted++;
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }

        /// Starts the next table on a new row.
        @Override
        public void close() {
            inRow = false;
        }
    }

    void unpack(WorkspaceArchive.FileEntry file, Path to) throws UnusableArchive, IOException {
        zip.unpack(file.entry(), file.size(), to);
    }

    /// Passes on the rows of a table in order; whole numbers arrive as `Long`.
    void rows(String table, Rows rows) throws UnusableArchive, IOException {
        var listed = manifest.tables().stream()
                .filter(entry -> entry.name().equals(table))
                .findFirst();
        if (listed.isEmpty()) {
            return;
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(zip.entry(listed.get().entry()), StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int read = lines.read(); ; read = lines.read()) {
                if (read == '\n' || read < 0) {
                    if (!line.isEmpty()) {
                        rows.take(row(table, line.toString()));
                        line.setLength(0);
                    }
                    if (read < 0) {
                        return;
                    }
                } else {
                    line.append((char) read);
                    if (line.length() > LONGEST_ROW) {
                        throw new UnusableArchive("A row of " + table + " is too long");
                    }
                }
            }
        }
    }

    private static Map<String, Object> row(String table, String line) throws UnusableArchive {
        try {
            var row = new HashMap<String, Object>();
            Map<String, Object> read = JSON.readValue(line, ROW);
            if (read == null) {
                throw new UnusableArchive("A row of " + table + " is empty");
            }
            read.forEach((name, value) -> {
                if (value != null) {
                    row.put(name, value instanceof Integer number ? Long.valueOf(number) : value);
                }
            });
            return row;
        } catch (JsonProcessingException _) {
            throw new UnusableArchive("A row of " + table + " is damaged");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
