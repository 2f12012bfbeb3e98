package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.platform.files.StoredFile;

/// A file to be sent.
public record Upload(StoredFile file, String name, String type) {

    /// @throws IOException if this one can't be read
    /// @throws FilesUnavailable if none can be read right now
    public byte[] bytes() throws IOException {
        return read(StoredFile::bytes);
    }

    /// Returns its length in bytes; fails as [#bytes].
    public long size() throws IOException {
        return read(StoredFile::size);
    }

    private <T> T read(Function<StoredFile, T> what) throws IOException {
        try {
            return what.apply(file);
        } catch (FilesUnavailable away) {
            throw away;
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
