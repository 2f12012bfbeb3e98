package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// SQLite makes tables anew to change their constraints: what refers to their rows survives.
class RebuiltTablesTest {

    @Test
    void rowsThatReferToNumbersAndWorkspacesSurvive(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "120");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.execute("INSERT INTO senders (id, tenant_id, role, master_type, display_name, state, driver,"
                    + " is_enabled, link_attempts, state_changed_at, servant_count, created_at, updated_at) VALUES"
                    + " ('main', 't', 'master', 'primary', 'Main', 'pending', 'simulator', 1, 0, 1, 1, 1, 1)");
            statement.execute("INSERT INTO pool_settings (tenant_id, master_id, master_role, strategy,"
                    + " uncertain_policy, is_warming, pair_burst, zone, most_waiting, updated_at) VALUES"
                    + " ('t', 'main', 'master', 'weighted', 'ask', 0, 1, 'UTC', 9, 1)");
            statement.execute(
                    "INSERT INTO sub_clients (id, tenant_id, project_id, name, whatsapp_client_id, short_id,"
                            + " pathname, created_at, updated_at) VALUES ('scl_1', 't', 'p', 'Sales', 'main', 'abcd', 's', 1, 1)");
            statement.execute("INSERT INTO incoming_messages (id, tenant_id, sender_id, provider_id, phone, name, body,"
                    + " created_at) VALUES ('m', 't', 'main', 'x', '+1', 'A', 'Hi', 1)");
            for (String user : new String[] {"amira", "omar"}) {
                statement.execute("INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email,"
                        + " password_hash, role, created_at, updated_at) VALUES ('t', 'scl_1', '" + user + "', '" + user
                        + "@guests.example', 'x', 'user', 1, 1)");
            }
            statement.execute("INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id,"
                    + " created_at, renewed_at, expires_at) VALUES ('h', 't', 'scl_1', 1, 1, 1, 1)");
            statement.execute("DELETE FROM sub_client_users WHERE username = 'omar'");
        }

        SqliteDatabase.open(file).close();

        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (String table : new String[] {
                "senders", "pool_settings", "sub_clients", "incoming_messages", "sub_client_users", "workspace_sessions"
            }) {
                try (var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).as(table).isEqualTo(1);
                }
            }
            try (var lost = statement.executeQuery(
                    "SELECT count(*) FROM pragma_foreign_key_check WHERE parent IN ('senders', 'sub_clients', 'sub_client_users')")) {
                assertThat(lost.next()).isTrue();
                assertThat(lost.getInt(1)).isZero();
            }
            assertThat(statement.executeUpdate("INSERT INTO senders (id, tenant_id, role, master_type, display_name,"
                            + " state, driver, is_enabled, link_attempts, state_changed_at, servant_count, created_at,"
                            + " updated_at) SELECT id, 'u', role, master_type, display_name, state, driver, is_enabled,"
                            + " link_attempts, state_changed_at, servant_count, created_at, updated_at FROM senders"))
                    .as("another account has the same id")
                    .isEqualTo(1);
            statement.execute(
                    "INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email, password_hash,"
                            + " role, created_at, updated_at) VALUES ('t', 'scl_1', 'maya', 'm@guests.example', 'x', 'user', 1, 1)");
            try (var maya = statement.executeQuery("SELECT id FROM sub_client_users WHERE username = 'maya'")) {
                assertThat(maya.next()).isTrue();
                assertThat(maya.getInt(1))
                        .as("the number of a removed user is not given again")
                        .isEqualTo(3);
            }
            assertThatThrownBy(
                            () -> statement.execute("INSERT INTO sub_client_users (tenant_id, sub_client_id, username,"
                                    + " email, password_hash, role, created_at, updated_at) VALUES ('t', 'scl_1', 'other',"
                                    + " 'm@guests.example', 'x', 'user', 1, 1)"))
                    .hasMessageContaining("UNIQUE");
        }
    }
}
