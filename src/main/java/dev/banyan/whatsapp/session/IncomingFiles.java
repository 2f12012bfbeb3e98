package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.messages.MediaTypes;
import jakarta.inject.Singleton;

/// Files of incoming messages, below `incoming/` in the file store. The package that keeps a message is
/// responsible for its file.
@Singleton
public record IncomingFiles(FileStore files, Uuids uuids) {

    /// Limit of a file in bytes, so that the whole request stays within the default of `max-body`.
    public static final long LONGEST = 900 * 1_024;

    private static final String FOLDER = "incoming/";

    /// Detects the type of a file by its content. One of an unknown type is kept as [MediaTypes#UNKNOWN], which is only
    /// ever offered as a download.
    public static String type(Path file, String name) {
        return MediaTypes.of(file, name);
    }

    /// Stores a copy of a file as an incoming one.
    public Media keep(AccountId tenant, String name, String type, StoredFile file) {
        String path = newPath(tenant);
        files.put(path, file);
        return new Media(name, type, path);
    }

    /// Stores a copy of a file sent by another number: each side has its own.
    ///
    /// @return empty if the file no longer exists
    public Optional<Media> copy(AccountId tenant, Media sent) {
        String path = newPath(tenant);
        return files.copy(sent.path(), path)
                ? Optional.of(new Media(sent.name(), sent.type(), path))
                : Optional.empty();
    }

    /// Returns the size of a file in bytes; 0 if it no longer exists.
    long size(Media media) {
        return files.find(media.path()).map(StoredFile::size).orElse(0L);
    }

    private String newPath(AccountId tenant) {
        return FOLDER + tenant + "/" + uuids.next();
    }

    public void remove(Media media) {
        if (Path.of(media.path()).normalize().startsWith(FOLDER)) {
            files.remove(media.path());
        }
    }
}
