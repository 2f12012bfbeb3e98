package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class MigrationsTest {

    /// A start relies on these two to skip the migrations: outdated values would leave out a migration.
    @Test
    void newestAndChecksumAreThoseOfANewDatabase(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        SqliteDatabase.open(file).close();

        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var history = statement.executeQuery(Migrations.HISTORY)) {
            assertThat(history.next()).isTrue();
            assertThat(history.getString(1)).as("Migrations.NEWEST").isEqualTo(Migrations.NEWEST);
            assertThat(history.getLong(2)).as("Migrations.CHECKSUM").isEqualTo(Migrations.CHECKSUM);
        }
    }
}
