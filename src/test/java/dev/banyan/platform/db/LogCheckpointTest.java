package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCheckpointTest {

    private static final int WRITES = 120;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void theLogBeginsAnewThoughSomebodyReadsAtEveryMoment() throws IOException, InterruptedException {
        var done = new AtomicBoolean();
        try (var database = SqliteDatabase.open(folder.resolve("banyan.db"))) {
            var readers = new Thread[] {
                Thread.ofVirtual().start(() -> readUntil(done, database)),
                Thread.ofVirtual().start(() -> readUntil(done, database))
            };
            write(database, WRITES);
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(log()).isLessThan(WRITES * (long) MEBIBYTE / 2);
        }
    }

    @Test
    void aLongReaderHoldsTheLogOnlyForAsLongAsItReads() throws IOException {
        try (var database = SqliteDatabase.open(folder.resolve("banyan.db"))) {
            database.read(tx -> {
                tx.sql().fetchCount(tx.sql().selectOne().from("accounts"));
                write(database, 40);
                return "read";
            });
            long held = log();
            assertThat(held).isGreaterThan(40L * MEBIBYTE);
            write(database, WRITES - 40);
            assertThat(log()).isLessThan(held + 10L * MEBIBYTE);
        }
    }

    private long log() throws IOException {
        return Files.size(folder.resolve("banyan.db-wal"));
    }

    private static void write(SqliteDatabase database, int mebibytes) {
        for (int i = 0; i < mebibytes; i++) {
            database.write(tx -> tx.sql().execute("CREATE TABLE IF NOT EXISTS heavy (bytes BLOB)")
                    + tx.sql().execute("INSERT INTO heavy VALUES (zeroblob(?))", MEBIBYTE));
        }
    }

    private static void readUntil(AtomicBoolean done, SqliteDatabase database) {
        while (!done.get()) {
            database.read(tx -> tx.sql().fetchCount(tx.sql().selectOne().from("accounts")));
        }
    }
}
