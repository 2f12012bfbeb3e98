package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.PostgresDatabase;
import dev.banyan.platform.db.SqliteDatabase;
import dev.banyan.platform.db.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A data folder, with its database in it or in PostgreSQL.
record Place(Settings settings, String jdbcUrl) {

    static Place of(TestDatabases kind, Path data) {
        return of(kind, data, Map.of());
    }

    static Place of(TestDatabases kind, Path data, Map<String, String> environment) {
        return switch (kind) {
            case SQLITE -> new Place(settings(data, environment), "jdbc:sqlite:" + data.resolve("banyan.db"));
            case POSTGRES -> {
                String url = TestDatabases.newPostgresUrl();
                var all = new HashMap<>(environment);
                all.put("BANYAN_DATABASE_URL", url);
                yield new Place(settings(data, all), url);
            }
        };
    }

    private static Settings settings(Path data, Map<String, String> environment) {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        return Settings.from(environment, system);
    }

    Path data() {
        return settings.data();
    }

    DatabasePlace database() {
        return DatabasePlace.of(settings.databaseUrl(), data().resolve("banyan.db"));
    }

    /// Creates the tables like a server.
    Place migrated() {
        Path file = data().resolve("banyan.db");
        if (settings.databaseUrl().isEmpty() && !Files.exists(file)) {
            TestDatabases.putMigratedFile(file);
        }
        settings.databaseUrl()
                .<Database>map(url -> PostgresDatabase.open(url, 2))
                .orElseGet(() -> SqliteDatabase.open(file))
                .close();
        return this;
    }

    Place withSampleRows() throws SQLException {
        migrated();
        try (Connection connection = connect()) {
            SampleRows.insert(connection);
        }
        return this;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }
}
