package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Webhooks of before the migration belong to the one person whom the audit log names, if no key can have set them up.
class WebhookMakersTest {

    @Test
    void theAuditLogSaysWhoSetThemUp(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "155");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            webhook(statement, "owners", "t", null);
            noted(statement, "t", "WebhookAdded", "owners", "anna", "{}");
            noted(statement, "t", "WebhookChanged", "owners", "anna", "{}");
            webhook(statement, "of-two", "t", null);
            noted(statement, "t", "WebhookAdded", "of-two", "anna", "{}");
            noted(statement, "t", "WebhookChanged", "of-two", "ben", "{}");
            webhook(statement, "of-nobody", "t", null);
            webhook(statement, "of-support", "t", "'scl_1'");
            noted(
                    statement,
                    "t",
                    "WebhookAdded",
                    "scl_1",
                    "olga",
                    "{\"webhook\":\"of-support\",\"supportAccess\":\"a\"}");
            webhook(statement, "of-workspace", "t", "'scl_1'");
            noted(statement, "t", "WebhookAdded", "scl_1", "mona", "{\"webhook\":\"of-workspace\"}");
            webhook(statement, "maybe-of-key", "k", null);
            noted(statement, "k", "WebhookAdded", "maybe-of-key", "kim", "{}");
            statement.execute(
                    "INSERT INTO api_keys (id, tenant_id, name, secret_hash, permissions, is_active,"
                            + " created_by, created_at) VALUES ('k1', 'k', 'K', 'h', 'read:pages update:apiauth', 1, 'kim', 1)");
            webhook(statement, "maybe-of-deleted-key", "d", null);
            noted(statement, "d", "WebhookAdded", "maybe-of-deleted-key", "dora", "{}");
            noted(statement, "d", "ApiKeyDeleted", "k2", "dora", "{}");
        }

        SqliteDatabase.open(file).close();

        Map<String, String> makers = new TreeMap<>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, coalesce(set_up_by_identity_id, '-') FROM webhook_endpoints")) {
            while (rows.next()) {
                makers.put(rows.getString(1), rows.getString(2));
            }
        }
        assertThat(makers)
                .isEqualTo(Map.of(
                        "owners", "anna",
                        "of-workspace", "mona",
                        "of-two", "-",
                        "of-nobody", "-",
                        "of-support", "-",
                        "maybe-of-key", "-",
                        "maybe-of-deleted-key", "-"));
    }

    private static int next = 1;

    private static void webhook(Statement statement, String id, String tenant, @Nullable String workspace)
            throws SQLException {
        statement.execute("INSERT INTO webhook_endpoints (id, tenant_id, account_id, url, events, secret, is_active,"
                + " failures, resumes_at, free_at, created_at, updated_at, sub_client_id) VALUES ('" + id + "', '"
                + tenant + "', '" + tenant + "', 'https://a.example/', '*', 's', 1, 0, 0, 0, 5, 5, " + workspace + ")");
    }

    private static void noted(
            Statement statement, String tenant, String action, String target, String identity, String details)
            throws SQLException {
        statement.execute("INSERT INTO audit_events (id, tenant_id, occurred_at, identity_id, action, target,"
                + " details_digest, details, ip) VALUES ('a" + next++ + "', '" + tenant + "', 9, '" + identity + "', '"
                + action + "', '" + target + "', 'd', '" + details + "', 'ip')");
    }
}
