package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.platform.files.StoredFile;

/// A file to be sent.
public record Upload(StoredFile file, String name, String type) {

    /// @throws IOException if this one can't be read
    /// @throws FilesUnavailable if none can be read right now
    public byte[] bytes() throws IOException {
        try {
            return file.bytes();
        } catch (FilesUnavailable away) {
            throw away;
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
