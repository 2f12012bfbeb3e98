package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
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
            for (int i = 0; i < WRITES; i++) {
                database.write(tx -> tx.sql().execute("CREATE TABLE IF NOT EXISTS heavy (bytes BLOB)")
                        + tx.sql().execute("INSERT INTO heavy VALUES (zeroblob(?))", MEBIBYTE));
            }
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(Files.size(folder.resolve("banyan.db-wal"))).isLessThan(WRITES * (long) MEBIBYTE / 2);
        }
    }

    private static void readUntil(AtomicBoolean done, SqliteDatabase database) {
        while (!done.get()) {
            database.read(tx -> tx.sql().fetchCount(tx.sql().selectOne().from("accounts")));
        }
    }
}
