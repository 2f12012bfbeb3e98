package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.config.Settings;

/// The files of this server, by the paths stored in tables. A path that leads out of the store has no file, and nothing
/// is stored under it.
///
/// Every method may fail with [FilesUnavailable].
public interface FileStore {

    static FileStore of(Settings settings) {
        return settings.files().<FileStore>map(S3Files::of).orElseGet(() -> FolderFiles.of(settings));
    }

    /// Returns the file if it exists.
    Optional<StoredFile> find(String path);

    /// Stores a copy of a content, in place of what may be there.
    void put(String path, StoredFile content);

    /// Moves a file of this machine to a path that is free.
    void place(Path from, String path);

    /// Stores a file under a second, free path. Each is removed for itself.
    boolean copy(String from, String to);

    /// Removes a file. Removing a missing file is not an error.
    void remove(String path);

    /// Removes a file, or a folder with its contents, and any parent folders left empty. Removing a missing one is not
    /// an error.
    void removeAll(String path);

    /// Returns the paths of all files, in order.
    List<String> all();
}
