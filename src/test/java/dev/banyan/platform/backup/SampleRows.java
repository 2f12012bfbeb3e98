package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseSnapshot;
import java.sql.Connection;
import java.sql.SQLException;

/// Rows of all areas: accounts, pages, workspaces, conversations, senders. A servant is stored before its master if the
/// database allows it, and texts contain characters that break careless formats.
public final class SampleRows {

    static final int HIGHEST_USER = 9;

    private static final String T = "'t-1'";

    private static final List<String> STATEMENTS = List.of(
            account("t-1", "creative", "NULL"),
            account("s-1", "harbour", "'t-1'"),
            "INSERT INTO usernames VALUES ('creative', 't-1', 't-1', NULL), ('harbour', 't-1', 's-1', 9000)",
            "INSERT INTO packs VALUES ('t-1', 10, 2)",
            "INSERT INTO account_usage VALUES ('t-1', 't-1', 'sub-accounts', 1)",
            "INSERT INTO identities (id, email, password_hash, home_account_id, email_confirmed_at, created_at,"
                    + " updated_at, picture) VALUES ('i-1', 'amira@people.example', 'hash', 't-1', NULL, 1, 2, 'i.jpg')",
            "INSERT INTO account_words VALUES ('t-1', 'harbour', 't-1', 's-1')",
            "INSERT INTO recent_contexts VALUES ('i-1', 't-1', 's-1', 5)",
            "INSERT INTO erased_accounts VALUES ('s-0', 't-1', 'mill', 12, 1, 2, 3)",
            "INSERT INTO subscriptions VALUES ('t-1', 'active', 'monthly', 1, NULL, NULL)",
            "INSERT INTO api_keys VALUES ('k1234567', 't-1', 'Import', 'hash', 'read:pages', 1, NULL, 'i-1', 1, NULL, NULL,"
                    + " 'brands a-1', 2, '203.0.113.0/24', 30, 1)",
            "INSERT INTO test_messages VALUES ('t-1', '01a5e000-0000-7000-8000-000000000042', 'k1234567', 'wa_1',"
                    + " '+971500000201', 'Order “1102”', 'menu.pdf', 'application/pdf', '{\"type\":\"plain\"}', 'WA1', 1, 'api-test-1',"
                    + " '01a5e000-0000-7000-8000-000000000043', 'reads', 'queued', 2, NULL, 9, 1, 1)",
            "INSERT INTO api_key_days VALUES ('t-1', 20000, 12)",
            "INSERT INTO api_requests VALUES ('t-1', '01a5e000-0000-7000-8000-000000000041', 'k1234567', 'GET /v1/GetPages',"
                    + " 200, NULL, 12, 'request', 7)",
            "INSERT INTO graces VALUES ('t-1', 1, 2, 7, 0)",
            "INSERT INTO tenant_usage VALUES ('t-1', 'pages', 1)",
            "INSERT INTO short_links (id, tenant_id, account_id, slug, target, title, tags, active, clicks, fallback,"
                    + " password_hash, click_limit, routing, created_at, updated_at, import_id) VALUES ('sl-1', 't-1', 's-1',"
                    + " 'spring', 'https://example.com/', 'Spring', 'poster', 1, 9007199254740993, '', '', 5, '', 1, 2,"
                    + " '01a5e000-0000-7000-8000-000000000001')",
            "INSERT INTO message_files VALUES ('mf-1', 't-1', 's-1', 'menu.pdf', 'application/pdf', 5, 'outgoing/t-1/mf-1', 9, 1)",
            "INSERT INTO short_link_tags VALUES ('t-1', 's-1', 'poster', 'sl-1')",
            "INSERT INTO short_link_words VALUES ('t-1', 's-1', 'spring', 'sl-1')",
            "INSERT INTO audit_chains VALUES ('t-1', 1, 'hash')",
            "INSERT INTO operators VALUES ('i-1', 3)",
            "INSERT INTO memberships VALUES ('t-1', 'i-1', 'owner', 4, 'all', 0, 0)",
            "INSERT INTO membership_accounts VALUES ('t-1', 'i-1', 's-1')",
            "INSERT INTO membership_invitations VALUES ('mi-1', 't-1', 'omar@people.example', 'manager', 'listed',"
                    + " 'pending', 'h-9', 5, 6, 7, 'i-1', 1, 0, 1)",
            "INSERT INTO membership_invitation_accounts VALUES ('t-1', 'mi-1', 's-1')",
            "INSERT INTO sessions VALUES ('h-1', 'i-1', 's-1', 5, 6, 9007199254740993, 'Firefox', '192.0.2.x', NULL,"
                    + " 's-1', 5, 'su-1', 'h-0', 9)",
            "INSERT INTO account_sso VALUES ('t-1', 'oidc', '{\"roles\":{}}', 'v1.k.n.s', 'people.example', 0, 'i-1', 1, 2, 1, 'creative')",
            "INSERT INTO account_sso_links VALUES ('t-1', 'https://login.example.com', 'sub', 'i-1', 1, 0, 2, NULL)",
            "INSERT INTO account_sso_cut_links VALUES ('t-1', 'https://login.example.com', 'old', 'i-1',"
                    + " 'amira@people.example', 1, 2, NULL)",
            "INSERT INTO account_sso_attempts VALUES ('h-9', 't-1', 'h-8', 'v1.k.n.s', 9)",
            "INSERT INTO account_sso_sessions VALUES ('h-1', 't-1', 'i-1', 'https://login.example.com', 'sub', 'v1.k.n.s',"
                    + " 1, 2, 3)",
            "INSERT INTO email_changes VALUES ('i-1', 'lina@people.example', 'h-8', 9)",
            "INSERT INTO set_aside_events VALUES ('e-1', 't-1', 'wa_2', 'message', '{}', 'no', 9)",
            "INSERT INTO password_resets VALUES ('amira@people.example', '', 'v1.k.d', 1, 7)",
            "INSERT INTO second_factors VALUES ('i-1', 1, 0, 'v1.k.n.s', 58000000, NULL, NULL, NULL, 8, 1, 7)",
            "INSERT INTO passkeys VALUES ('Y3Jl', 'i-1', 'Phone', 'cHVi', 4, 'internal', 8, NULL)",
            "INSERT INTO used_challenges VALUES ('h-6', 9)",
            "INSERT INTO backup_codes VALUES ('i-1', 'v1.k.d', 0)",
            "INSERT INTO awaited_factors VALUES ('h-4', 'i-1', 1, NULL, NULL, 9)",
            "INSERT INTO known_devices VALUES ('i-1', 'h-5', 9)",
            "INSERT INTO sample_people VALUES ('amira@people.example', 'hash')",
            "INSERT INTO email_confirmations VALUES ('h-2', 'i-1', 'amira@people.example', 7)",
            "INSERT INTO pages (id, tenant_id, account_id, slug, name, is_default, link_count, created_at, updated_at,"
                    + " time_zone)"
                    + " VALUES ('p-1', 't-1', 's-1', 'main', 'Main “page” \\ \n 🌳 \u2028', 1, 1, 8, 9, 'Asia/Tokyo')",
            "INSERT INTO link_groups VALUES ('g-1', 't-1', 's-1', 'p-1', 'Group', 0, 1, 'grid', 1, 8, 9)",
            "INSERT INTO links (id, tenant_id, account_id, page_id, title, url, position, active, clicks, created_at,"
                    + " updated_at, group_id, starts_at)"
                    + " VALUES ('l-1', 't-1', 's-1', 'p-1', '', 'https://harbour.example', 0, 1, 12, 8, 9, 'g-1', NULL)",
            "INSERT INTO page_words VALUES ('t-1', 'main', 's-1', 'p-1')",
            "INSERT INTO link_words VALUES ('t-1', 'harbour', 's-1', 'l-1')",
            "INSERT INTO social_icons VALUES ('o-1', 't-1', 's-1', 'email', 'mailto:a@b.example', 0, 0, 8, 9)",
            "INSERT INTO account_moves VALUES ('am-1', 's-1', 'transfer', 'moved', 't-1', 't-1', NULL, 'h-11', 'i-1', 1, 2, 3, 4)",
            "INSERT INTO account_move_rows VALUES ('am-1', 1, 't-1', 'memberships', '{\"scope\":\"listed\"}', 4)",
            "INSERT INTO old_host_readings VALUES ('link', 'l-1', 't-1', 's-1', 'https://faß.example/', 4)",
            "INSERT INTO appearances VALUES ('p-1', 't-1', 's-1', '{\"theme\":\"air\"}', 9, '{\"theme\":\"lagoon\"}', 'lp-1', 9)",
            "INSERT INTO images VALUES ('im-1', 't-1', 's-1', '', 'image/png', 5, 1, 1, 'x', 9)",
            "INSERT INTO brand_templates VALUES ('bt-1', 't-1', 'Café', 'look,links', 'harbour', 8, 9)",
            "INSERT INTO brand_template_contents VALUES ('t-1', 'bt-1', 'pages', '{}')",
            "INSERT INTO deleted_contents VALUES ('d-1', 't-1', 's-1', 'link', 'Gone', '{}', 9)",
            "INSERT INTO audit_events (id, tenant_id, occurred_at, identity_id, account_id, action, target,"
                    + " details_digest, details, ip) VALUES ('a-1', 't-1', 1, NULL, NULL, 'Did', 'x', 'd', '{\"k\":1}', '::1')",
            "INSERT INTO idempotency_keys VALUES ('c', 'k', 'd', NULL, NULL, NULL, 1)",
            "INSERT INTO mails VALUES ('m-1', 'a@b.example', 's', 'line\r\n\tline', 1, 1, 1, NULL, 'failing', 'notice',"
                    + " 'no', 'scl_1_abcdefghi', 't-1', 7)",
            "INSERT INTO disabled_accounts VALUES ('t-1', 'payment', 'Asked twice', 5)",
            "INSERT INTO sign_ins VALUES ('si-1', 'i-1', 5, '203.0.113.x', 'curl', 'password', 'signed_in')",
            "INSERT INTO projects (id, tenant_id, account_id, name, created_at, updated_at)"
                    + " VALUES ('pr-1', 't-1', 's-1', 'Harbour', 1, 1)",
            "INSERT INTO workspace_limits VALUES ('t-1', NULL, 1)",
            "INSERT INTO sub_clients (id, tenant_id, project_id, name, short_id, pathname, created_at, updated_at)"
                    + " VALUES ('scl_1_abcdefghi', 't-1', 'pr-1', 'Sales', 'aB3x', 'sales', 1, 1)",
            "INSERT INTO webhook_endpoints VALUES ('we-1', 't-1', 's-1', 'https://example.com/hooks', 'page.* link.updated',"
                    + " 'v1.k.d', NULL, NULL, 1, NULL, NULL, 0, 0, 0, 1, 2, 'scl_1_abcdefghi', 'i-1', 'abcd1234')",
            "INSERT INTO webhook_deliveries VALUES ('wd-1', 't-1', 'we-1', 'msg_1', 'page.created', 'p-1', '{}', 'failed',"
                    + " 10, 5, 4, 12, 500, 'It answered 500.', 'Oops', 3)",
            "INSERT INTO workspace_api_keys VALUES ('w1234567', 't-1', 'scl_1_abcdefghi', 'Booking “system”', 'hash',"
                    + " 'users inbox', NULL, 9, 1, NULL, NULL)",
            "INSERT INTO workspace_usage VALUES ('scl_1_abcdefghi', '2026-11-20', 't-1', 1, 2, 9007199254740993, 4, 5)",
            "INSERT INTO workspace_active_users VALUES ('scl_1_abcdefghi', '2026-11', 3, 't-1', 9)",
            "INSERT INTO workspace_usage_limits VALUES ('scl_1_abcdefghi', 't-1', NULL, 2, 3, 4, 5)",
            "INSERT INTO workspace_usage_warnings VALUES ('scl_1_abcdefghi', '2026-11', 'tokens', 80, 't-1')",
            "INSERT INTO workspace_mail_servers VALUES ('scl_1_abcdefghi', 't-1', 'smtp.example.com', 587, 'starttls',"
                    + " 'amira', 'v1.k.n.s', 'shop@example.com', 'Shop', 1, 'no', 2, 3)",
            "INSERT INTO backup_plan VALUES (1, 1, 0, 210, 7, 'bucket', '', 'https://s3.example.com', 'us-east-1', 'backups',"
                    + " 'banyan/', 'key', 'v2.k.n.s', 3, 'Asia/Dubai')",
            "INSERT INTO backup_results VALUES ('01995000-0000-7000-8000-000000000001', 1, NULL, 2, 3, 4,"
                    + " 'https://s3.example.com/backups/banyan/', 'banyan-2026-11-20T033000Z-000000000001.zip', 5, 6, NULL)",
            "INSERT INTO server_mail VALUES (1, 'smtp.example.com', 587, 'starttls', 'post', 'v2.k.n.s', 'banyan@example.com',"
                    + " 'Banyan', 3)",
            "INSERT INTO saml_keys VALUES ('0a1b2c3d', 'v1.k.n.s', 'MII=', 3)",
            "INSERT INTO domains VALUES ('do-1', 't-1', 's-1', 'sales.example', 'sales.example', NULL, 'scl_1_abcdefghi',"
                    + " 'missing', 'The TXT record was not found.', 1, 2, 3, 4, 5, 6, 7)",
            "INSERT INTO support_consents VALUES ('t-1', 'i-1', 1, 9)",
            "INSERT INTO support_accesses VALUES ('su-1', 't-1', 'i-1', 'Links “break”', 0, 1, 2, 3, 4, 'owner')",
            "INSERT INTO account_exports VALUES ('ex-1', 't-1', 's-1', 'harbour', 0, 'ready', 100, 1, 'i-1', 'Oops.',"
                    + " 'exports/t-1/ex-1-1.zip', 9007199254740993, 1, 2, 3, 4)",
            "INSERT INTO workspace_old_pathnames VALUES ('scl_1_abcdefghi', 't-1', 'old')",
            user(3, "layla"),
            user(HIGHEST_USER, "omar"),
            "DELETE FROM sub_client_users WHERE username = 'omar'",
            "INSERT INTO workspace_registrations VALUES ('re-1', 't-1', 'scl_1_abcdefghi', 'nour', 'nour@w.example', 'h',"
                    + " 'email', 'th', 1, 2)",
            "INSERT INTO workspace_user_networks VALUES ('t-1', 'scl_1_abcdefghi', 3, 'v1.k.d', 9)",
            "INSERT INTO workspace_sessions VALUES ('h-3', 't-1', 'scl_1_abcdefghi', 3, 1, 1, 1, 1)",
            "INSERT INTO workspace_sso VALUES ('scl_1_abcdefghi', 't-1', 'oidc', '{\"roles\":{}}', 'v1.k.n.s', 0, 3, 1, 2, 1, 'in.example.com', 'x7M2-old')",
            "INSERT INTO workspace_sso_links VALUES ('scl_1_abcdefghi', 'https://login.example.com', 'sub', 't-1', 3, 1, NULL, 2, 3)",
            "INSERT INTO workspace_sso_cut_links VALUES ('scl_1_abcdefghi', 'https://login.example.com', 'old', 't-1', 3,"
                    + " 'layla@w.example', 1, 2, 3)",
            "INSERT INTO sso_sign_ins VALUES ('ss-1', 't-1', 'scl_1_abcdefghi', 'refused', '{\"groups\":[\"“a”\"]}', 2, 9)",
            "INSERT INTO workspace_sso_attempts VALUES ('h-7', 't-1', 'scl_1_abcdefghi', 'h-8', 'v1.k.n.s', 9)",
            "INSERT INTO workspace_sso_sessions VALUES ('h-3', 't-1', 'scl_1_abcdefghi', 3, 'https://login.example.com',"
                    + " 'sub', 'v1.k.n.s', NULL, 1, 2, 3, 'sid')",
            "INSERT INTO conversations (id, tenant_id, sub_client_id, kind, user_id, title, message_count, created_at,"
                    + " updated_at) VALUES ('co-1', 't-1', 'scl_1_abcdefghi', 'assistant', 3, 'Hours', 1, 1, 1)",
            "INSERT INTO messages (id, tenant_id, sub_client_id, conversation_id, position, role, body, client_key,"
                    + " created_at) VALUES ('me-1', 't-1', 'scl_1_abcdefghi', 'co-1', 1, 'user', 'When do you open?', 'key', 1)",
            "INSERT INTO workspace_inboxes VALUES ('scl_1_abcdefghi', 't-1', 's-1', 1, 1, 1, 1)",
            "INSERT INTO note_mentions VALUES ('me-1', 3, 'layla', 't-1', 'scl_1_abcdefghi', 'co-1', 1, NULL)",
            "INSERT INTO senders VALUES ('wa_2', 't-1', 'master', NULL, NULL, 'primary', 'Main', NULL, NULL, 'linked',"
                    + " 'simulator', 1, NULL, 0, NULL, 1, NULL, NULL, NULL, 1, NULL, 1, 1, ' gold ', 'AE', 3, 5, 20, 1000, 1,"
                    + " 'hold', 'wa_3', 's-1', 'co-1', 'shop-dubai', 7)",
            "INSERT INTO whatsapp_connections VALUES ('co-1', 't-1', 'Office', 'waha', 'http://localhost:3000', NULL,"
                    + " 'v1.k.n.s', '2026.8', 'GOWS', 1, NULL, 1, 2, 0, '200000000000001', '200000000000001')",
            "INSERT INTO portfolio_people VALUES ('t-1', '200000000000001', '+971500000199', 1)",
            "INSERT INTO portfolio_counts VALUES ('t-1', '200000000000001', 0, 1)",
            "INSERT INTO contact_merges VALUES ('cm-1', 't-1', '200000000000199@lid:wa_2', '+971500000199', 1, 2)",
            "INSERT INTO contact_merge_keys VALUES ('cm-1', 't-1', 'recipient', 'ca-1', 3)",
            "INSERT INTO gateway_webhooks VALUES ('gw-1', 't-1', 'co-1', 'evt_1', '{}', 0, 9, 1, 'shop-dubai')",
            "INSERT INTO contact_addresses VALUES ('t-1', 'wa_2', '+971500000199', '200000000000199@lid', 1)",
            "INSERT INTO message_reactions VALUES ('t-1', 'wa_2', 'in-1', '+971500000199', '👍', 1)",
            "INSERT INTO pool_settings VALUES ('t-1', 'wa_2', 'master', 'weighted', 'ask', 20, NULL, 0, 6, 45, 1320, 420,"
                    + " 'Asia/Dubai', 10000, 1, 60, 1, 'codes', 12)",
            "INSERT INTO sender_ratings VALUES ('t-1', 'wa_2', 'green', '2,000', 1, 2)",
            "INSERT INTO pool_contacts VALUES ('t-1', 'wa_2', '+971500000199', 'wa_2', 1, 1, 'wa_3', 'wa_4')",
            "INSERT INTO failover_settings VALUES ('t-1', 'wa_2', 'master', 'never-silent', 'wa_3', 1, 5, 5, 3, 30, 5, 9)",
            "INSERT INTO pool_states VALUES ('t-1', 'wa_2', 'hold', 'failed-over', 'wa_3', 'fd-1', 9, 2)",
            "INSERT INTO failover_decisions VALUES ('fd-1', 't-1', 'wa_2', 'failover', 'detected', 'done', 'Banned.',"
                    + " 'server', 'wa_2: banned', 'policy auto', 'wa_3', '', 1, 2, 3, 12, 9)",
            "INSERT INTO senders VALUES ('wa_1', 't-1', 'servant', 'wa_2', 'master', NULL, 'Sales', '+971500000101',"
                    + " 'sales', 'pending', 'simulator', 1, NULL, 0, NULL, 1, NULL, NULL, NULL, 0, '{}', 1, 1, '', NULL, 1,"
                    + " 999, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            "INSERT INTO proxies VALUES ('px-1', 't-1', 'Dubai', 'socks5', 'proxy.example', 1080, 'amira', 'v1.k.n.d', 2, 1,"
                    + " 1, 1)",
            "INSERT INTO sender_proxies VALUES ('t-1', 'wa_1', 'px-1', 1)",
            "INSERT INTO visit_days VALUES ('t-1', 's-1', 'p:p-1', 20000, 5, 2, 1, 0, 3, 4, '{\"d\":{\"Phone\":5}}', 'tAAAAAA')",
            "INSERT INTO visit_tenant_days VALUES ('t-1', 20000, 5, 2, 1, 0, 3, 4)",
            "INSERT INTO visit_accounts VALUES ('s-1', 't-1', 5, 2, 1, 0, 3, 4, 20000, 1, 2857, 'report-key')",
            "INSERT INTO visit_recent VALUES ('t-1', 's-1', 'view', '[]', '{\"28800000\":2}')",
            "INSERT INTO visit_salts VALUES (20000, 'salt')",
            "INSERT INTO visit_journal VALUES (7, 'j-1', 't-1', 's-1', '[]')",
            "INSERT INTO pool_alerts VALUES ('al-1', 't-1', 'sender.failed', 'wa_2', 'wa_1', 'Sales: banned.', 1, NULL)",
            "INSERT INTO alert_settings VALUES ('t-1', 500, 5, 90, 1)",
            "INSERT INTO alert_recipients VALUES ('t-1', 'i-1', 15, 'al-0', 1, 1)",
            "INSERT INTO campaign_settings VALUES ('t-1', 'stop\narrêt', 'start', 'Bye', '', 20, 1)",
            "INSERT INTO opt_outs VALUES ('t-1', '+971500000198', 'word', 'wa_1', 'Stop', 'The contact wrote it.', 1)",
            "INSERT INTO campaigns VALUES ('ca-1', 't-1', 'Eid', 'wa_2', 'Hi {{name}}', NULL, 'marketing', 'paused',"
                    + " 'Why', 1, 2, NULL, 3, 1, 4, 5, 6, 7, 8)",
            "INSERT INTO campaign_counts VALUES ('ca-1', 't-1', 'sent', 1)",
            "INSERT INTO campaign_recipients VALUES ('ca-1', 1, 't-1', '+971500000199', '050', 'Amira',"
                    + " '{\"city\":\"Dubai\"}', 'sent', NULL, 1, 'me-9', 'wa_1', 9, '132015', 10, 1)",
            "INSERT INTO campaign_first_contacts VALUES ('t-1', 'wa_1', '2026-11-22', 3)",
            "INSERT INTO sender_config_files VALUES ('t-1', '{\"version\":\"3.0\"}', 1)");

    private SampleRows() {}

    /// Returns the statements with other ids.
    ///
    /// @param ids by the ids here, such as `t-1`
    public static List<String> statements(Map<String, String> ids) {
        return STATEMENTS.stream()
                .map(sql -> ids.entrySet().stream()
                        .reduce(
                                sql,
                                (text, id) -> text.replace("'" + id.getKey() + "'", "'" + id.getValue() + "'"),
                                (one, _) -> one))
                .toList();
    }

    static void insert(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
            boolean numbersItself =
                    connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            if (numbersItself) { // SQLite derives the highest number from the rows
                statement.execute(
                        "SELECT setval(pg_get_serial_sequence('sub_client_users', 'id'), " + HIGHEST_USER + ")");
            }
        }
    }

    private static String account(String id, String username, String parent) {
        boolean isRoot = parent.equals("NULL");
        return "INSERT INTO accounts (id, tenant_id, kind, parent_id, parent_kind, username, display_name, email, bio,"
                + " language, status, tier, agency_permission, is_unlimited, created_by, created_at, updated_at) VALUES ('%s', %s, '%s', %s, %s, '%s', 'Name', NULL, NULL, 'ar', 'active', 'pro', NULL, 1, NULL, 1, 2)"
                        .formatted(id, T, isRoot ? "root" : "sub", parent, isRoot ? "NULL" : "'root'", username);
    }

    private static String user(int id, String name) {
        return "INSERT INTO sub_client_users (id, tenant_id, sub_client_id, username, email, password_hash, role, created_at,"
                + " updated_at) VALUES (%d, %s, 'scl_1_abcdefghi', '%s', '%s@w.example', 'h', 'user', 1, 1)"
                        .formatted(id, T, name, name);
    }

    /// Returns every row of every table, in an order independent of the database.
    static Map<String, List<String>> content(DatabasePlace place) {
        try (var snapshot = DatabaseSnapshot.of(place)) {
            var content = new TreeMap<String, List<String>>();
            for (String table : snapshot.tables()) {
                var rows = new ArrayList<String>();
                snapshot.read(table, row -> rows.add(new TreeMap<>(row).toString()));
                rows.sort(null);
                content.put(table, rows);
            }
            return content;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
