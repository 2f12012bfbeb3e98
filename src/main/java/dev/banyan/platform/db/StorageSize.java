package dev.banyan.platform.db;

import module java.base;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;

/// The size of the database, and the free space of its disk.
@Singleton
public final class StorageSize {

    /// In bytes, of the disk with the data folder.
    public record Disk(long free, long total) {}

    private final Database database;
    private final Settings settings;

    StorageSize(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /// Returns `SQLite` or `PostgreSQL`.
    public String kind() {
        return settings.databaseUrl().isPresent() ? "PostgreSQL" : "SQLite";
    }

    /// Returns the size in bytes, including the write-ahead log.
    public long database() {
        return settings.databaseUrl().isPresent()
                ? database.read(tx -> Objects.requireNonNull(tx.sql()
                        .resultQuery("SELECT pg_database_size(current_database())")
                        .fetchSingle(0, Long.class)))
                : Stream.of("banyan.db", "banyan.db-wal")
                        .mapToLong(name -> size(settings.data().resolve(name)))
                        .sum();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Asks the folder itself: a [java.nio.file.FileStore] needs to see the mount point, which a chroot hides.
    public Disk disk() {
        File folder = settings.data().toFile();
        return new Disk(folder.getUsableSpace(), folder.getTotalSpace());
    }
}
