package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.Digests;

/// Writes an archive entry by entry, with the digest of each.
final class ArchiveWriter implements AutoCloseable {

    private final ZipOutputStream zip;
    private final List<ArchiveManifest.Entry> entries = new ArrayList<>();

    ArchiveWriter(Path file) throws IOException {
        this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void entry(String name, ExportFolder.Fill fill) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            var digest = new DigestOutputStream(zip, Digests.newSha256());
            var out = new Counted(digest);
            fill.to(out);
            zip.closeEntry();
            entries.add(new ArchiveManifest.Entry(
                    name,
                    out.size,
                    HexFormat.of().formatHex(digest.getMessageDigest().digest())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<ArchiveManifest.Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /// Counts bytes; closing it leaves the archive open for the next entry.
    private static final class Counted extends FilterOutputStream {

        private long size;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            size++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            size += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
