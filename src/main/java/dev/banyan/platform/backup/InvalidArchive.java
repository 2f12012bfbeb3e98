package dev.banyan.platform.backup;

/// An archive that cannot be restored. The message is one line that names the archive, the place in it and the cause.
public final class InvalidArchive extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidArchive(String message) {
        super(message);
    }
}
