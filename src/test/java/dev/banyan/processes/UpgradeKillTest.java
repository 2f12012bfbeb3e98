package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.DatabaseLoad;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upgrade whose server is killed in the middle of a step, which the tests make endless: it says how far it is, and
/// the next start goes on with that step.
class UpgradeKillTest {

    /// The step that never ends is `V165`, which changes the sessions of workspaces.
    private static final String DONE_BEFORE = "163";
    private static final Pattern PROGRESS =
            Pattern.compile("is being upgraded: step \\d+ of \\d+ \\(schema 165, proofs in workspaces\\), for \\d+ s");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Test
    void onSqlite() throws SQLException {
        Path file = data.resolve("banyan.db");
        String url = "jdbc:sqlite:" + file;
        DatabaseLoad.into(DatabasePlace.of(Optional.empty(), file), "155").close();
        execute(
                url,
                "PRAGMA foreign_keys = OFF",
                "INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id, created_at, renewed_at,"
                        + " expires_at) VALUES ('h', 't', 's', 1, 7, 7, 7)",
                "CREATE VIEW endless AS WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number)"
                        + " SELECT n FROM number",
                "CREATE TRIGGER endless BEFORE UPDATE ON workspace_sessions BEGIN SELECT count(*) FROM endless; END");

        try (var server = serve(Map.of())) {
            server.await("in the step that never ends", () -> isAt(url, DONE_BEFORE));
            server.await("saying so", () -> PROGRESS.matcher(server.err()).find());
            server.kill();
        }
        execute(url, "DROP TRIGGER endless", "DROP VIEW endless");

        goesOn(Map.of(), url);
        assertThat(first(url, "SELECT proved_at FROM workspace_sessions")).isEqualTo("7");
    }

    @Test
    void onPostgres() throws SQLException {
        String url = TestDatabases.newPostgresUrl();
        Map<String, String> environment = Map.of("BANYAN_DATABASE_URL", url);
        DatabaseLoad.into(DatabasePlace.of(Optional.of(url), data), "155").close();

        try (Connection reader = DriverManager.getConnection(url);
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE workspace_sessions IN ACCESS SHARE MODE");
            try (var server = serve(environment)) {
                server.await("waiting for the table", () -> isAt(url, DONE_BEFORE));
                server.kill();
            }
        }

        goesOn(environment, url);
    }

    private void goesOn(Map<String, String> environment, String url) throws SQLException {
        try (var server = serve(environment)) {
            server.awaitReady();
        }
        assertThat(isAt(url, DatabaseHealth.newestVersion())).isTrue();
        assertThat(first(url, "SELECT count(*) - count(DISTINCT version) FROM flyway_schema_history"))
                .as("steps done twice")
                .isEqualTo("0");
    }

    private ServerProcess serve(Map<String, String> environment) {
        return ServerProcess.start(environment, "serve", "--port=0", "--data", data.toString());
    }

    private static boolean isAt(String url, String version) {
        try {
            return first(url, "SELECT max(version) FROM flyway_schema_history WHERE success")
                    .equals(version);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String first(String url, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
