package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.SharedOutage;

/// The bucket can't be reached, read or written. The message is one line for the operator. The same act may succeed
/// later.
public final class FilesUnavailable extends UncheckedIOException implements SharedOutage {

    private static final long serialVersionUID = 1L;

    /// @param message one line; without the bucket's keys
    FilesUnavailable(String message, Exception cause) {
        super(message, new IOException(message, cause));
    }

    public FilesUnavailable(IOException cause) {
        super("The files can't be read: " + cause.getMessage(), cause);
    }

    @Override
    public String name() {
        return "files";
    }
}
