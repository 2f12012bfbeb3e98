package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.platform.files.UnusableArchive;

/// The folder of one account in an archive that is read. An entry that the archive doesn't have is empty.
public final class ImportFolder {

    private static final long LARGEST_DOCUMENT = 4L * 1024 * 1024;

    /// Receives an element of an array.
    public interface Elements {
        void take(JsonNode element) throws UnusableArchive;
    }

    /// Reads an unpacked file.
    public interface Read {
        void from(InputStream content) throws IOException, UnusableArchive;
    }

    private final ImportArchive archive;
    private final String folder;
    private final Path temporary;

    /// @param temporary a folder for unpacked files
    ImportFolder(ImportArchive archive, String folder, Path temporary) {
        this.archive = archive;
        this.folder = folder;
        this.temporary = temporary;
    }

    private Optional<ArchiveManifest.Entry> find(String name) {
        return archive.find(folder + "/" + name);
    }

    /// Returns a document, or a missing node.
    public JsonNode json(String name) throws UnusableArchive {
        Optional<ArchiveManifest.Entry> entry = find(name);
        try {
            return entry.isPresent() ? archive.json(entry.get(), LARGEST_DOCUMENT) : MissingNode.getInstance();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Passes on the elements of an array, which are objects.
    ///
    /// @param most how many there may be
    public void array(String name, long most, Elements elements) throws UnusableArchive {
        Optional<ArchiveManifest.Entry> entry = find(name);
        if (entry.isPresent()) {
            try {
                archive.elements(entry.get(), most, elements::take);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// Returns a small file; empty if there is none.
    ///
    /// @param most in bytes
    public Optional<byte[]> bytes(String name, long most) throws UnusableArchive {
        Optional<ArchiveManifest.Entry> entry = find(name);
        try {
            return entry.isPresent() ? Optional.of(archive.bytes(entry.get(), most)) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Unpacks a file, if there is one, for as long as it is read.
    public void read(String name, Read read) throws UnusableArchive {
        Optional<ArchiveManifest.Entry> entry = find(name);
        if (entry.isEmpty()) {
            return;
        }
        try {
            Path copy = Files.createTempFile(temporary, "import", ".tmp");
            try {
                archive.unpack(entry.get(), copy);
                try (InputStream content = Files.newInputStream(copy)) {
                    read.from(content);
                }
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
