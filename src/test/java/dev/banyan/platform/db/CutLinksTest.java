package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Links of people to sign-in providers that were made before addresses had to be proved.
class CutLinksTest {

    private static final String USER = "INSERT INTO sub_client_users (id, tenant_id, sub_client_id, username, email,"
            + " password_hash, role, created_at, updated_at) VALUES (%d, 't', 'scl_1', '%s', '%s@w.example', 'x', 'admin',"
            + " %d, 1)";
    private static final String LINK = "INSERT INTO workspace_sso_links (sub_client_id, issuer, subject, tenant_id,"
            + " user_id, created_at) VALUES ('scl_1', 'https://login.example', '%d', 't', %d, 5000000)";
    private static final String ACT = "INSERT INTO audit_events (id, tenant_id, occurred_at, action, target,"
            + " details_digest, details, ip) VALUES ('%s', 't', 1, '%s', 'scl_1', 'd', '{\"role\":\"user\",\"user\":%d}',"
            + " '')";

    private static void people(Statement sql) throws SQLException {
        sql.execute("PRAGMA foreign_keys = OFF");
        int id = 0;
        for (String name : List.of("brought", "stranger", "invited", "moved", "unlinked")) {
            id++;
            sql.execute(USER.formatted(id, name, name, name.equals("brought") ? 4_999_990 : 1_000_000));
            if (!name.equals("unlinked")) {
                sql.execute(LINK.formatted(id, id));
            }
            sql.execute("INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id, created_at,"
                    + " renewed_at, expires_at) VALUES ('" + name + "', 't', 'scl_1', " + id + ", 1, 1, 1)");
        }
        sql.execute(ACT.formatted("a1", "WorkspaceInvitationAccepted", 3));
        sql.execute(ACT.formatted("a2", "WorkspaceInvitationAccepted", 4));
        sql.execute(ACT.formatted("a3", "WorkspaceUserUpdated", 4));
        sql.execute(ACT.formatted("a4", "WorkspaceInvitationAccepted", 22));
        for (String person : List.of("proved", "unproved")) {
            sql.execute("INSERT INTO identities (id, email, password_hash, email_confirmed_at, created_at, updated_at)"
                    + " VALUES ('" + person + "', '" + person + "@c.example', 'x', "
                    + (person.equals("proved") ? "1" : "NULL") + ", 1, 1)");
            sql.execute("INSERT INTO account_sso_links (tenant_id, issuer, subject, identity_id, created_at) VALUES"
                    + " ('t', 'https://login.example', '" + person + "', '" + person + "', 1)");
            sql.execute("INSERT INTO sessions (token_hash, identity_id, created_at, renewed_at, expires_at) VALUES ('"
                    + person + "', '" + person + "', 1, 1, 1)");
        }
        sql.execute("INSERT INTO workspace_sso (sub_client_id, tenant_id, kind, settings, is_password_on, created_at,"
                + " updated_at) VALUES ('scl_1', 't', 'oidc', '{}', 1, 1, 1)");
        sql.execute("INSERT INTO account_sso (tenant_id, kind, settings, email_domains, is_password_on, created_at,"
                + " updated_at) VALUES ('t', 'oidc', '{}', 'c.example', 0, 1, 1)");
    }

    @Test
    void areCutIfNothingShowsThatTheAddressIsTheirs(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "155");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            people(statement);
        }

        SqliteDatabase.open(file).close();

        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            assertThat(all(statement, "SELECT user_id FROM workspace_sso_links ORDER BY user_id"))
                    .as("whom the provider brought, and who was invited")
                    .containsExactly("1", "3");
            assertThat(all(
                            statement,
                            "SELECT user_id || email FROM workspace_sso_cut_links WHERE cut_at > 5000000"
                                    + " AND told_at IS NULL ORDER BY user_id"))
                    .containsExactly("2stranger@w.example", "4moved@w.example");
            assertThat(all(statement, "SELECT token_hash FROM workspace_sessions ORDER BY user_id"))
                    .containsExactly("brought", "invited", "unlinked");
            assertThat(all(
                            statement,
                            "SELECT username || email_proved_by FROM sub_client_users WHERE email_proved_at"
                                    + " IS NOT NULL ORDER BY id"))
                    .containsExactly("broughtprovider", "invitedinvitation");
            for (String links : List.of("workspace_sso_links", "account_sso_links")) {
                assertThat(all(
                                statement,
                                "SELECT DISTINCT accepted_at > 1700000000000 AND due_at = accepted_at FROM " + links))
                        .as("the silence of providers is counted from now: " + links)
                        .containsExactly("1");
            }
            assertThat(all(statement, "SELECT identity_id FROM account_sso_links"))
                    .containsExactly("proved");
            assertThat(all(statement, "SELECT identity_id || email FROM account_sso_cut_links"))
                    .containsExactly("unprovedunproved@c.example");
            assertThat(all(statement, "SELECT token_hash FROM sessions")).containsExactly("proved");
            assertThat(all(
                            statement,
                            "SELECT is_linked_password_on FROM workspace_sso UNION ALL SELECT"
                                    + " is_linked_password_on FROM account_sso"))
                    .as("what the settings said about passwords")
                    .containsExactly("1", "0");
        }
    }

    private static List<String> all(Statement statement, String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
