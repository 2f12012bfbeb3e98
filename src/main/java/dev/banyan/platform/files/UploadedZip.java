package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.Digests;

/// An uploaded ZIP file, in which nothing is trusted: entries are found by names that its reader asks for, are never
/// written under their own names, and are measured while they are unpacked.
public final class UploadedZip implements AutoCloseable {

    private static final int LARGEST_MANIFEST = 16 * 1024 * 1024;

    private final ZipFile zip;

    private UploadedZip(ZipFile zip) {
        this.zip = zip;
    }

    /// Reads the archive for as long as it is open.
    public interface Reading<T> {
        T of(UploadedZip zip) throws UnusableArchive, IOException;
    }

    /// Opens an archive and passes it on; closes it if that fails.
    public static <T> T open(Path archive, Reading<T> reading) throws UnusableArchive, IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(archive.toFile());
        } catch (IOException _) {
            throw new UnusableArchive("It is not a ZIP file");
        }
        boolean opened = false;
        try {
            T read = reading.of(new UploadedZip(zip));
            opened = true;
            return read;
        } finally {
            if (!opened) {
                zip.close();
            }
        }
    }

    /// Returns the bytes of the entry that lists the others; empty if there is none.
    public Optional<byte[]> manifest(String name) throws UnusableArchive, IOException {
        if (zip.getEntry(name) == null) {
            return Optional.empty();
        }
        try (InputStream in = entry(name)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new UnusableArchive("Its manifest is too large");
            }
            return Optional.of(bytes);
        } catch (ZipException _) {
            throw new UnusableArchive("Its manifest is damaged");
        }
    }

    /// Opens an entry that the manifest lists.
    public InputStream entry(String name) throws UnusableArchive, IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new UnusableArchive(name + " is missing");
        }
        return zip.getInputStream(entry);
    }

    /// Checks that an entry is present and unchanged.
    ///
    /// @param most bytes that it may have
    /// @param out sees its content and is closed
    public void check(String name, String sha256, long most, OutputStream out) throws UnusableArchive, IOException {
        try (var in = new DigestInputStream(entry(name), Digests.newSha256());
                out) {
            copy(in, out, most, name);
            if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(sha256)) {
                throw new UnusableArchive(name + " was changed after the export");
            }
        }
    }

    /// Writes the content of an entry to a file of the server.
    ///
    /// @param most bytes that it may have
    public void unpack(String name, long most, Path to) throws UnusableArchive, IOException {
        try (InputStream in = entry(name);
                OutputStream out = Files.newOutputStream(to)) {
            copy(in, out, most, name);
        }
    }

    private static void copy(InputStream in, OutputStream out, long most, String name)
            throws UnusableArchive, IOException {
        byte[] buffer = new byte[64 * 1024];
        long copied = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > most) {
                    throw new UnusableArchive(name + " is larger than its manifest says or than a server reads");
                }
                out.write(buffer, 0, read);
            }
        } catch (ZipException _) {
            throw new UnusableArchive(name + " is damaged");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
