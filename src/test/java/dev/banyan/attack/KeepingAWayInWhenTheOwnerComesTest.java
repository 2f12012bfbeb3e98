package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.accounts.signin.Passwords;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// A stranger has set up every way in that there is, on a user with an address that isn’t theirs; then the address’s
/// owner comes from the provider. Goes by the schema: a new column that names a person must be said to be a way in,
/// with how a row of it is made and counted, or not to be one.
@QuarkusTest
class KeepingAWayInWhenTheOwnerComesTest extends SsoVictims {

    /// What a column that names a person is. `{id}` is the person, `{email}` their address, `{tenant}` their account or
    /// the one that they have a user in, `{workspace}` a workspace of it.
    private sealed interface Column {

        /// @param made inserts rows; empty if registering made some
        /// @param counted counts what is left
        record Way(String made, String counted) implements Column {}

        record None(String why) implements Column {}
    }

    private static Column.Way way(String made, String counted) {
        return new Column.Way(made, counted);
    }

    private static Column none(String why) {
        return new Column.None(why);
    }

    private static final String HISTORY = "says what was done";
    private static final String SEAT = "what they work on; whoever signs in as them may";
    private static final String OF_ACCOUNT = "belongs to the account";

    private static final Map<String, Column> OF_PEOPLE = Map.ofEntries(
            Map.entry(
                    "identities.email",
                    way(
                            "",
                            "SELECT count(*) FROM identities WHERE id = '{id}' AND password_hash <> '"
                                    + Passwords.NO_PASSWORD + "'")),
            Map.entry(
                    "sessions.identity_id",
                    way(
                            "",
                            "SELECT count(*) FROM sessions WHERE identity_id = '{id}' AND token_hash NOT IN (SELECT token_hash FROM account_sso_sessions)")),
            Map.entry("email_confirmations.identity_id", of("email_confirmations", "")),
            Map.entry("email_confirmations.email", none("goes with the person")),
            Map.entry(
                    "email_changes.identity_id",
                    of(
                            "email_changes",
                            "(identity_id, email, token_hash, expires_at) VALUES ('{id}', 'other@private.example', 'h{id}', 9007199254740991)")),
            Map.entry("email_changes.email", none("goes with the person")),
            Map.entry(
                    "password_resets.email",
                    way(
                            "INSERT INTO password_resets (email, device_hash, code_hash, tries, expires_at) VALUES ('{email}', '', 'v1', 0, 9007199254740991)",
                            "SELECT count(*) FROM password_resets WHERE email = '{email}'")),
            Map.entry(
                    "awaited_factors.identity_id",
                    of(
                            "awaited_factors",
                            "(id_hash, identity_id, tries, expires_at) VALUES ('a{id}', '{id}', 0, 9007199254740991)")),
            Map.entry(
                    "second_factors.identity_id",
                    of(
                            "second_factors",
                            "(identity_id, totp_enabled, email_enabled, totp_secret, totp_step, updated_at, added_at) VALUES ('{id}', 1, 0, 'v1', 0, 1, 1)")),
            Map.entry(
                    "backup_codes.identity_id",
                    of("backup_codes", "(identity_id, code_hash, is_waiting) VALUES ('{id}', 'b', 0)")),
            Map.entry(
                    "passkeys.identity_id",
                    of(
                            "passkeys",
                            "(credential_id, identity_id, name, public_key, sign_count, transports, created_at) VALUES ('c{id}', '{id}', 'Phone', 'k', 0, '', 1)")),
            Map.entry(
                    "known_devices.identity_id",
                    of("known_devices", "(identity_id, device_hash, seen_at) VALUES ('{id}', 'd', 1)")),
            Map.entry(
                    "api_keys.created_by",
                    way(
                            "INSERT INTO api_keys (id, tenant_id, name, secret_hash, permissions, is_active, created_by, created_at) VALUES (substr('{id}', -8), '{tenant}', 'Key', 'h', 'read:pages', 1, '{id}', 1)",
                            "SELECT count(*) FROM api_keys WHERE created_by = '{id}' AND is_active = 1")),
            Map.entry(
                    "workspace_api_keys.made_by_identity",
                    way(
                            "INSERT INTO workspace_api_keys (id, tenant_id, sub_client_id, name, secret_hash, permissions, made_by_identity, created_at) VALUES (substr('{id}', -9), '{tenant}', '{workspace}', 'Key', 'h', 'users', '{id}', 1)",
                            "SELECT count(*) FROM workspace_api_keys WHERE made_by_identity = '{id}'")),
            Map.entry(
                    "membership_invitations.invited_by_identity_id",
                    way(
                            "INSERT INTO membership_invitations (id, tenant_id, email, role, scope, state, token_hash, link_expires_at, created_at, updated_at, invited_by_identity_id) VALUES ('i{id}', '{tenant}', 'x{id}@private.example', 'manager', 'all', 'pending', 't{id}', 9007199254740991, 1, 1, '{id}')",
                            "SELECT count(*) FROM membership_invitations WHERE invited_by_identity_id = '{id}'")),
            Map.entry("membership_invitations.email", none("an invitation to the address, whose owner may accept it")),
            Map.entry(
                    "account_sso_links.identity_id",
                    way(
                            "INSERT INTO account_sso_links (tenant_id, issuer, subject, identity_id, created_at) VALUES ('{tenant}', 'https://old.example', 's', '{id}', 1)",
                            "SELECT count(*) FROM account_sso_links WHERE identity_id = '{id}' AND issuer = 'https://old.example'")),
            Map.entry(
                    "account_sso_cut_links.identity_id",
                    way(
                            "INSERT INTO account_sso_cut_links (tenant_id, issuer, subject, identity_id, email, linked_at, cut_at) VALUES ('{tenant}', 'https://old.example', 's', '{id}', '{email}', 1, 1)",
                            "SELECT count(*) FROM account_sso_cut_links WHERE identity_id = '{id}'")),
            Map.entry("account_sso_cut_links.email", none("goes with the person")),
            Map.entry("account_sso_sessions.identity_id", none("goes with the session")),
            Map.entry("account_sso.emergency_identity_id", none("who is not proved is not taken over")),
            Map.entry("account_exports.requested_by_identity_id", none(HISTORY)),
            Map.entry("account_moves.to_email", none("whoever reads that mail gets a brand, not this person")),
            Map.entry("account_moves.offered_by_identity_id", none(HISTORY)),
            Map.entry("accounts.email", none("shown on the account’s page")),
            Map.entry("accounts.created_by", none(HISTORY)),
            Map.entry("accounts.suspended_by", none(HISTORY)),
            Map.entry("alert_recipients.identity_id", none("mails go to the address")),
            Map.entry("audit_events.identity_id", none(HISTORY)),
            Map.entry("membership_accounts.identity_id", none(SEAT)),
            Map.entry("memberships.identity_id", none(SEAT)),
            Map.entry("operators.identity_id", none("who runs the server is never taken over")),
            Map.entry("recent_contexts.identity_id", none(SEAT)),
            Map.entry("sample_people.email", none("of the demo")),
            Map.entry("sign_ins.identity_id", none(HISTORY)),
            Map.entry("support_accesses.operator_identity_id", none("an operator, who is never taken over")),
            Map.entry("support_accesses.ended_by", none(HISTORY)),
            Map.entry("support_consents.given_by_identity_id", none(OF_ACCOUNT)),
            Map.entry("webhook_endpoints.set_up_by_identity_id", none("switched off (WebhookStoreContractTest)")));

    private static Column.Way of(String table, String row) {
        return way(
                row.isEmpty() ? "" : "INSERT INTO " + table + " " + row,
                "SELECT count(*) FROM " + table + " WHERE identity_id = '{id}'");
    }

    private static Column.Way ofUser(String table, String row) {
        return way(
                row.isEmpty() ? "" : "INSERT INTO " + table + " " + row,
                "SELECT count(*) FROM " + table + " WHERE user_id = {id}");
    }

    private static final Map<String, Column> OF_USERS = Map.ofEntries(
            Map.entry(
                    "sub_client_users.email",
                    way(
                            "",
                            "SELECT count(*) FROM sub_client_users WHERE id = {id} AND password_hash <> '"
                                    + Passwords.NO_PASSWORD + "'")),
            Map.entry("sub_client_users.email_proved_by", none("says how")),
            Map.entry(
                    "workspace_sessions.user_id",
                    way(
                            "",
                            "SELECT count(*) FROM workspace_sessions WHERE user_id = {id} AND token_hash NOT IN (SELECT token_hash FROM workspace_sso_sessions)")),
            Map.entry("workspace_sso_sessions.user_id", none("goes with the session")),
            Map.entry(
                    "workspace_sso_links.user_id",
                    way(
                            "INSERT INTO workspace_sso_links (sub_client_id, issuer, subject, tenant_id, user_id, created_at) VALUES ('{workspace}', 'https://old.example', 's', '{tenant}', {id}, 1)",
                            "SELECT count(*) FROM workspace_sso_links WHERE user_id = {id} AND issuer = 'https://old.example'")),
            Map.entry(
                    "workspace_sso_cut_links.user_id",
                    ofUser(
                            "workspace_sso_cut_links",
                            "(sub_client_id, issuer, subject, tenant_id, user_id, email, linked_at, cut_at) VALUES ('{workspace}', 'https://old.example', 's', '{tenant}', {id}, '{email}', 1, 1)")),
            Map.entry("workspace_sso_cut_links.email", none("goes with the user")),
            Map.entry("workspace_sso.emergency_user_id", none("who is not proved is not taken over")),
            Map.entry(
                    "workspace_invitations.user_id",
                    ofUser(
                            "workspace_invitations",
                            "(token_hash, tenant_id, sub_client_id, username, email, role, created_at, expires_at, user_id) VALUES ('p{id}', '{tenant}', '{workspace}', '', '{email}', 'user', 1, 9007199254740991, {id})")),
            Map.entry("workspace_invitations.email", none("an invitation to an address that a user has opens nothing")),
            Map.entry(
                    "workspace_invitations.invited_by_user_id",
                    way(
                            "INSERT INTO workspace_invitations (token_hash, tenant_id, sub_client_id, username, email, role, created_at, expires_at, invited_by_user_id) VALUES ('q{id}', '{tenant}', '{workspace}', '', 'x@private.example', 'user', 1, 9007199254740991, {id})",
                            "SELECT count(*) FROM workspace_invitations WHERE invited_by_user_id = {id}")),
            Map.entry(
                    "workspace_registrations.email",
                    way(
                            "INSERT INTO workspace_registrations (id, tenant_id, sub_client_id, username, email, password_hash, proof, token_hash, created_at, expires_at) VALUES ('r{id}', '{tenant}', '{workspace}', 'waits', '{email}', 'h', 'email', 'r{id}', 1, 9007199254740991)",
                            "SELECT count(*) FROM workspace_registrations WHERE email = '{email}'")),
            Map.entry(
                    "workspace_user_networks.user_id",
                    ofUser(
                            "workspace_user_networks",
                            "(tenant_id, sub_client_id, user_id, network_hash, seen_at) VALUES ('{tenant}', '{workspace}', {id}, 'n', 1)")),
            Map.entry(
                    "workspace_api_keys.made_by_user",
                    way(
                            "INSERT INTO workspace_api_keys (id, tenant_id, sub_client_id, name, secret_hash, permissions, made_by_user, created_at) VALUES ('u{id}', '{tenant}', '{workspace}', 'Key', 'h', 'users', {id}, 1)",
                            "SELECT count(*) FROM workspace_api_keys WHERE made_by_user = {id}")),
            Map.entry("attachments.uploaded_by", none(HISTORY)),
            Map.entry("conversations.user_id", none(SEAT)),
            Map.entry("inbox_threads.assignee_id", none(SEAT)),
            Map.entry("messages.author_user_id", none(HISTORY)),
            Map.entry("note_mentions.user_id", none(SEAT)),
            Map.entry("workspace_active_users.user_id", none(HISTORY)));

    private String filled(String sql, String id, String email, String tenant) {
        return sql.replace("{id}", id)
                .replace("{email}", email)
                .replace("{tenant}", tenant)
                .replace("{workspace}", sales.id().value());
    }

    private void make(Map<String, Column> columns, String id, String email, String tenant) {
        ways(columns).forEach((name, way) -> {
            if (!way.made().isEmpty()) {
                world.sql(filled(way.made(), id, email, tenant));
            }
            assertThat(world.count(filled(way.counted(), id, email, tenant)))
                    .as(name + " before")
                    .isPositive();
        });
    }

    private void assertGone(Map<String, Column> columns, String id, String email, String tenant) {
        ways(columns)
                .forEach((name, way) -> assertThat(world.count(filled(way.counted(), id, email, tenant)))
                        .as(name)
                        .isZero());
    }

    private static Map<String, Column.Way> ways(Map<String, Column> columns) {
        var ways = new TreeMap<String, Column.Way>();
        columns.forEach((name, column) -> {
            if (column instanceof Column.Way way) {
                ways.put(name, way);
            }
        });
        return ways;
    }

    @Test
    void everyColumnThatNamesAPersonIsKnownHere() {
        var known = new TreeSet<String>();
        known.addAll(OF_PEOPLE.keySet());
        known.addAll(OF_USERS.keySet());
        List<String> columns = world.select("SELECT m.name || '.' || c.name FROM sqlite_master AS m JOIN"
                + " pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'flyway%' AND (c.name LIKE '%identity%' OR c.name LIKE"
                + " '%user_id' OR c.name LIKE '%\\_by\\_user' ESCAPE '\\' OR c.name LIKE '%\\_by' ESCAPE '\\' OR c.name"
                + " LIKE '%email' OR c.name = 'assignee_id')");
        assertThat(new TreeSet<>(columns))
                .as("say of a new one whether it is a way in, and end it in `WaysIn` or `UserWaysIn`")
                .isEqualTo(known);
    }

    @Test
    void inAWorkspace() {
        TestClient.anonymous()
                .post(
                        "/api/sub-client/register",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "email",
                                email(BOSS),
                                "username",
                                "stranger",
                                "password",
                                "the strangers own password"));
        String id = world.select("SELECT CAST(id AS VARCHAR) FROM sub_client_users WHERE email = ?", email(BOSS))
                .getFirst();
        setUpWorkspace(Map.of("linkedPasswords", true));
        String tenant = owner.account().toString();
        make(OF_USERS, id, email(BOSS), tenant);
        atProvider("1", BOSS, "bosses");
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        // The owner of the address is in, from a network of theirs.
        world.sql("DELETE FROM workspace_user_networks WHERE user_id = ? AND network_hash <> 'n'", Integer.valueOf(id));
        assertGone(OF_USERS, id, email(BOSS), tenant);
        assertThat(boss.isIn(sales)).isTrue();
    }

    @Test
    void atAnAccount() {
        TestClient.anonymous()
                .post(
                        "/api/register",
                        Map.of(
                                "email",
                                email(BOSS),
                                "username",
                                world.name("stranger"),
                                "password",
                                "the strangers own password"));
        String id = world.select("SELECT id FROM identities WHERE email = ?", email(BOSS))
                .getFirst();
        setUpAccount(Map.of("linkedPasswords", true));
        String tenant = owner.account().toString();
        make(OF_PEOPLE, id, email(BOSS), tenant);
        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        world.sql("DELETE FROM known_devices WHERE identity_id = ? AND device_hash <> 'd'", id);
        assertGone(OF_PEOPLE, id, email(BOSS), tenant);
        assertThat(isInAccount(boss)).isTrue();
    }
}
