package dev.banyan.platform.db;

import module java.base;

/// Reads SQLite's write-ahead log (sqlite.org/fileformat2.html, 4.1): a header of 32 bytes, then frames with a 24-byte
/// header and one page each. The last frame of a commit contains the size of the database after it; the others contain
/// 0. Each commit is one fsync.
final class WriteAheadLog {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private WriteAheadLog() {}

    /// Returns the number of commits in the log since it was last reset.
    static int commits(Path database) {
        ByteBuffer log = read(database.resolveSibling(database.getFileName() + "-wal"));
        int frame = FRAME_HEADER + log.getInt(8);
        long salts = log.getLong(16);
        int commits = 0;
        for (int at = HEADER; at + frame <= log.limit() && log.getLong(at + 8) == salts; at += frame) {
            if (log.getInt(at + 4) != 0) {
                commits++;
            }
        }
        return commits;
    }

    private static ByteBuffer read(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
