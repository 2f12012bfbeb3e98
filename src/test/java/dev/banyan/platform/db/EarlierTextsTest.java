package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/// Texts that were indexed without signs are read again (`Reindexing`).
class EarlierTextsTest {

    @Test
    void aServerWithTextsBeginsToReadThemAndANewOneDoesNot(@TempDir Path folder) throws SQLException {
        Path old = folder.resolve("old.db");
        Migrations.migrate(source(old), "sqlite", "A test", "240");
        try (var connection = source(old).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO accounts (id, tenant_id, kind, username, display_name, status, tier,"
                    + " created_at, updated_at) VALUES ('a', 'a', 'root', 'acme', 'R&D', 'active', 'free', 1, 1)");
        }
        Path fresh = folder.resolve("fresh.db");

        SqliteDatabase.open(old).close();
        SqliteDatabase.open(fresh).close();

        assertThat(toBeRead(old)).isEqualTo(9);
        assertThat(toBeRead(fresh)).isZero();
    }

    private static SQLiteDataSource source(Path file) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static int toBeRead(Path file) throws SQLException {
        try (var connection = source(file).getConnection();
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM word_index_progress WHERE last_id = ''")) {
            count.next();
            return count.getInt(1);
        }
    }
}
