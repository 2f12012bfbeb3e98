package dev.banyan.platform.backup;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.files.StoredFile;

/// An archive that was opened for reading. Its contents are untrusted before [#verify].
final class ArchiveFile implements AutoCloseable {

    private static final int LARGEST_MANIFEST = 256 * 1024 * 1024;

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.manifest = readManifest();
    }

    /// @throws InvalidArchive if it is none, or one of a format that this version does not know
    static ArchiveFile open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException failure) {
            throw new InvalidArchive(path + " is not a complete backup: " + failure.getMessage());
        } catch (EOFException _) { // its end says that more follows
            throw new InvalidArchive(path + " is not a complete backup: it ends too early");
        }
        try {
            return new ArchiveFile(path, zip);
        } catch (IOException | RuntimeException failure) {
            zip.close();
            throw failure;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    private Manifest readManifest() {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new InvalidArchive(path + " is not a backup of Banyan: it has no " + Manifest.ENTRY);
        }
        try (InputStream content = zip.getInputStream(entry)) {
            byte[] json = content.readNBytes(LARGEST_MANIFEST);
            var sum = new CRC32();
            sum.update(json);
            if (sum.getValue() != entry.getCrc()) {
                throw damaged(Manifest.ENTRY);
            }
            return Manifest.parse(json);
        } catch (IOException _) {
            throw damaged(Manifest.ENTRY);
        }
    }

    /// Reads everything once and compares it with the manifest.
    ///
    /// @throws InvalidArchive that names the first entry that is missing, changed, unknown or badly named
    void verify() {
        Set<String> known = new HashSet<>(Set.of(Manifest.ENTRY));
        for (Manifest.Table table : manifest.tables()) {
            if (!table.name().matches("[a-z][a-z0-9_]{0,62}")) {
                throw new InvalidArchive(path + " names an invalid table: " + table.name());
            }
            known.add(table.entry());
            requireDigest(table.entry(), table.sha256());
        }
        for (Manifest.DataFile file : manifest.files()) {
            requireInside(file.path());
            requireMode(file);
            known.add(file.entry());
            requireDigest(file.entry(), file.sha256());
        }
        try (Stream<? extends ZipEntry> entries = zip.stream()) {
            entries.map(ZipEntry::getName)
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(stranger -> {
                        throw new InvalidArchive(path + " contains " + stranger + ", which is not in its manifest");
                    });
        }
    }

    /// Requires that no entry leaves the data folder or writes where a restore must not.
    private void requireInside(String name) {
        try {
            Path file = Path.of(name);
            boolean inside = !name.isEmpty()
                    && !file.isAbsolute()
                    && file.normalize().equals(file)
                    && !file.startsWith("..")
                    && file.toString().equals(name)
                    && DataFolder.belongs(file);
            if (inside) {
                return;
            }
        } catch (InvalidPathException _) {
            // Reported below.
        }
        throw new InvalidArchive(path + " names a file that doesn't belong in a backup: " + name);
    }

    private void requireMode(Manifest.DataFile file) {
        if (!file.mode().matches("([r-][w-][x-]){3}")) {
            throw new InvalidArchive(path + " gives " + file.path() + " an invalid mode: " + file.mode());
        }
    }

    private void requireDigest(String entry, String sha256) {
        MessageDigest digest = Digests.newSha256();
        try (var content = new DigestInputStream(content(entry), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            throw damaged(entry);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw damaged(entry);
        }
    }

    private InvalidArchive damaged(String entry) {
        return new InvalidArchive(path + " is damaged in " + entry + "; nothing was restored");
    }

    InputStream content(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new InvalidArchive(path + " is missing " + entry + "; nothing was restored");
        }
        return zip.getInputStream(found);
    }

    /// Returns a file in a form that a file store takes.
    StoredFile file(String entry) {
        return new StoredFile() {
            @Override
            public long size() {
                return zip.getEntry(entry).getSize();
            }

            @Override
            public InputStream open() {
                try {
                    return content(entry);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }

            @Override
            public InputStream open(long first, long length) {
                throw new UnsupportedOperationException("An archive is read from its beginning");
            }
        };
    }

    /// Returns the rows of a table, one at a time.
    Rows rows(Manifest.Table table) throws IOException {
        return new Rows(table.entry(), new JsonFactory().createParser(content(table.entry())));
    }

    /// Rows in the form that [dev.banyan.platform.db.DatabaseLoad#load] takes.
    final class Rows implements Iterator<Map<String, Object>>, AutoCloseable {

        private final String entry;
        private final JsonParser json;
        private boolean atRow;

        private Rows(String entry, JsonParser json) {
            this.entry = entry;
            this.json = json;
        }

        @Override
        public boolean hasNext() {
            try {
                if (!atRow) {
                    JsonToken token = json.nextToken();
                    if (token != null && token != JsonToken.START_OBJECT) {
                        throw damaged(entry);
                    }
                    atRow = token != null;
                }
                return atRow;
            } catch (IOException _) {
                throw damaged(entry);
            }
        }

        @Override
        public Map<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            atRow = false;
            var row = new LinkedHashMap<String, Object>();
            try {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String column = json.currentName();
                    switch (json.nextToken()) {
                        case VALUE_STRING -> row.put(column, json.getText());
                        case VALUE_NUMBER_INT -> row.put(column, json.getLongValue());
                        default -> throw damaged(entry);
                    }
                }
            } catch (IOException _) {
                throw damaged(entry);
            }
            return row;
        }

        @Override
        public void close() {
            try {
                json.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
