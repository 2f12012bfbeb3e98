package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.S3Bucket;
import dev.banyan.platform.files.S3Files;
import dev.banyan.platform.files.StoredFile;

/// The files of backups in one place: written as a whole or not at all, and read and deleted by their names.
///
/// Every method may fail with [dev.banyan.platform.files.FilesUnavailable].
sealed interface BackupShelf extends AutoCloseable {

    /// @return the size of the file
    long write(Backup backup, String name) throws IOException;

    Optional<StoredFile> find(String name);

    /// Removes a file. Removing a missing one is not an error.
    void remove(String name) throws IOException;

    @Override
    void close();

    /// @param own whether it is the folder in the data folder, which is made when it is needed
    record InFolder(Path folder, boolean own) implements BackupShelf {

        @Override
        public long write(Backup backup, String name) throws IOException {
            if (own) {
                PrivateFiles.createFolder(folder);
            }
            if (!Files.isDirectory(folder)) {
                throw new IOException("The folder " + folder + " doesn’t exist on this server.");
            }
            if (!Files.isWritable(folder)) {
                throw new IOException("The server may not write to the folder " + folder + ".");
            }
            Path file = folder.resolve(name);
            backup.writeWhole(file);
            return Files.size(file);
        }

        @Override
        public Optional<StoredFile> find(String name) {
            return Optional.of(folder.resolve(name))
                    .filter(Files::isRegularFile)
                    .map(StoredFile::of);
        }

        @Override
        public void remove(String name) throws IOException {
            Files.deleteIfExists(folder.resolve(name));
        }

        @Override
        public void close() {
            // Nothing is open between two acts.
        }
    }

    /// @param waiting the folder in which an archive is made before it is sent
    record InBucket(S3Files files, Path waiting) implements BackupShelf {

        static InBucket of(S3Bucket bucket, Path waiting) {
            return new InBucket(S3Files.of(bucket), waiting);
        }

        @Override
        public long write(Backup backup, String name) throws IOException {
            PrivateFiles.createFolder(waiting);
            Path file = waiting.resolve(name);
            try {
                backup.writeWhole(file);
                files.put(name, StoredFile.of(file));
                return Files.size(file);
            } finally {
                Files.deleteIfExists(file);
            }
        }

        @Override
        public Optional<StoredFile> find(String name) {
            return files.find(name);
        }

        @Override
        public void remove(String name) {
            files.remove(name);
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
