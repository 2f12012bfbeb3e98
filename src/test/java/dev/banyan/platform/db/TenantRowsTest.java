package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.backup.SampleRows;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/// A sub-account with a row in every table gets another tenant, and goes back.
@OnEveryDatabase
class TenantRowsTest {

    /// Rows of a tenant as a whole, which no sub-account takes along.
    private static final Set<String> OF_TENANT = Set.of(
            "account_move_rows",
            "account_sso",
            "account_sso_attempts",
            "account_sso_cut_links",
            "account_sso_links",
            "account_sso_sessions",
            "accounts",
            "alert_recipients",
            "alert_settings",
            "api_key_days",
            "api_keys",
            "api_requests",
            "audit_chains",
            "brand_template_contents",
            "brand_templates",
            "contact_aliases",
            "contact_merge_keys",
            "contact_merges",
            "campaign_settings",
            "disabled_accounts",
            "graces",
            "membership_invitations",
            "memberships",
            "opt_outs",
            "packs",
            "pool_leases",
            "portfolio_counts",
            "portfolio_people",
            "proxies",
            "sender_config_files",
            "subscriptions",
            "support_accesses",
            "support_consents",
            "tenant_usage",
            "test_messages",
            "visit_tenant_days",
            "workspace_limits");

    /// What the rows of tables that go along would open for the former side, or send it, and why they don't.
    private static final Map<String, String> CLOSED = Map.of(
            "assistants",
            "lose their language model: their endpoint and its key",
            "domains",
            "serve what they served; who controls their DNS is for the new owners to see",
            "gateway_webhooks",
            "are read with their connection's secret, or not at all",
            "sub_client_users",
            "lose their passwords, and the former side's people their email too",
            "webhook_deliveries",
            "wait for an endpoint that is off",
            "webhook_endpoints",
            "are switched off",
            "whatsapp_connections",
            "don't open, unless the receiver keeps them");

    /// Tables whose rows go along, open nothing and send nothing: content, counters, settings of looks and texts.
    private static final Set<String> OPEN_NOTHING = Set.of(
            "account_usage",
            "appearances",
            "assistant_rules",
            "assistant_usage",
            "attachments",
            "campaign_counts",
            "campaign_first_contacts",
            "campaign_recipients",
            "campaigns",
            "canned_replies",
            "contact_addresses",
            "contact_words",
            "contacts",
            "conversation_words",
            "conversations",
            "deleted_contents",
            "failover_decisions",
            "failover_settings",
            "images",
            "inbox_threads",
            "incoming_messages",
            "link_groups",
            "link_words",
            "links",
            "message_buttons",
            "message_files",
            "message_reactions",
            "messages",
            "move_steps",
            "moved_items",
            "note_mentions",
            "old_host_readings",
            "outgoing_messages",
            "page_words",
            "pages",
            "pool_alerts",
            "pool_contacts",
            "pool_settings",
            "pool_states",
            "projects",
            "sender_events",
            "sender_hours",
            "sender_ratings",
            "senders",
            "set_aside_events",
            "short_link_tags",
            "short_link_words",
            "short_links",
            "social_icons",
            "sub_clients",
            "thread_tags",
            "usernames",
            "visit_accounts",
            "visit_days",
            "visit_journal",
            "visit_recent",
            "workspace_active_users",
            "workspace_inboxes",
            "workspace_old_pathnames",
            "workspace_storage",
            "workspace_usage",
            "workspace_usage_limits",
            "workspace_usage_warnings",
            "workspace_user_networks",
            "workspace_words");

    private static final AccountId GIVER = AccountId.of("01900000-0000-7000-8000-000000000001");
    private static final AccountId BRAND = AccountId.of("01900000-0000-7000-8000-000000000002");
    private static final AccountId TAKER = AccountId.of("01900000-0000-7000-8000-000000000003");

    private final Database database;

    TenantRowsTest(Database database) {
        this.database = database;
    }

    /// A brand with rows in all tables, and another agency.
    private void rows() {
        database.write(tx -> {
            SampleRows.statements(Map.of("t-1", GIVER.toString(), "s-1", BRAND.toString()))
                    .forEach(tx.sql()::execute);
            tx.sql()
                    .execute("INSERT INTO accounts (id, tenant_id, kind, username, display_name, status, tier,"
                            + " created_at, updated_at) VALUES ('" + TAKER + "', '" + TAKER
                            + "', 'root', 'taker', 'Taker', 'active', 'pro', 1, 2)");
            tx.sql().execute("UPDATE senders SET home_master_id = NULL");
            tx.sql().execute("UPDATE sub_clients SET whatsapp_client_id = 'wa_2'");
            return tx;
        });
    }

    @Test
    void everyTableIsAccountedFor() {
        var known = new ArrayList<String>();
        Stream.of(
                        TenantRows.ofAccounts(),
                        TenantRows.ofWorkspaces(),
                        TenantRows.ofProjects(),
                        TenantRows.BY_MASTER,
                        TenantRows.BY_SENDER,
                        TenantRows.BY_PARENT,
                        TenantRows.STAY,
                        FormerSide.END,
                        TenantRows.WRITTEN_AGAIN,
                        OF_TENANT)
                .forEach(known::addAll);
        assertThat(known).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(known))
                .as("a table that does not say who takes its rows along (TenantRows, docs/decisions/0054)")
                .isEqualTo(new TreeSet<>(TenantRows.tables(_ -> true)));
    }

    @Test
    void everyTableThatGoesAlongSaysWhatItsRowsOpen() {
        var moving = new TreeSet<String>();
        Stream.of(
                        TenantRows.ofAccounts(),
                        TenantRows.ofWorkspaces(),
                        TenantRows.ofProjects(),
                        TenantRows.BY_MASTER,
                        TenantRows.BY_SENDER,
                        TenantRows.BY_PARENT)
                .forEach(moving::addAll);
        var known = new TreeSet<>(OPEN_NOTHING);
        known.addAll(CLOSED.keySet());
        assertThat(known)
                .as("does a row let its former owners in, or send them something? Then it ends (FormerSide)")
                .isEqualTo(moving);
    }

    @Test
    void everythingGoesAlongAndComesBack() {
        rows();
        Map<String, List<String>> before = content();
        assertThat(moved(GIVER, TAKER).staying()).isEmpty();
        Set<String> moving = new TreeSet<>();
        Stream.of(
                        TenantRows.ofAccounts(),
                        TenantRows.ofWorkspaces(),
                        TenantRows.ofProjects(),
                        TenantRows.BY_MASTER,
                        TenantRows.BY_SENDER,
                        TenantRows.BY_PARENT)
                .forEach(moving::addAll);
        // the agency has rows of its own there
        moving.removeAll(Set.of("account_usage", "usernames"));
        for (String table : moving) {
            assertThat(tenants(table)).as(table).doesNotContain(GIVER.toString());
        }
        for (String table : FormerSide.END) {
            assertThat(tenants(table)).as(table).isEmpty();
        }
        assertThat(tenants("audit_events")).containsOnly(GIVER.toString());
        assertThat(tenants("opt_outs")).contains(GIVER.toString(), TAKER.toString());
        assertThat(broken()).isEmpty();

        moved(TAKER, GIVER);
        assertThat(broken()).isEmpty();
        Map<String, List<String>> after = content();
        Stream.of(FormerSide.END, FormerSide.EMPTIED, TenantRows.WRITTEN_AGAIN, Set.of("accounts", "opt_outs"))
                .flatMap(Set::stream)
                .forEach(table -> {
                    before.remove(table);
                    after.remove(table);
                });
        before.forEach((table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));

        moved(GIVER, BRAND);
        assertThat(broken()).isEmpty();
        String account = database.read(tx -> tx.sql()
                .fetchSingle("SELECT kind, tenant_id FROM accounts WHERE id = '" + BRAND + "'")
                .intoList()
                .toString());
        assertThat(account).isEqualTo("[root, " + BRAND + "]");
        assertThat(tenants("senders")).containsOnly(BRAND.toString());
    }

    @Test
    void everyTableThatEndsIsPutBackOrSaysWhyNot() {
        assertThat(FormerSide.END).containsAll(FormerRows.FOR_GOOD);
        assertThat(FormerRows.COLUMNS.keySet())
                .as("but account_exports, whose files are gone")
                .containsAll(FormerSide.EMPTIED.stream()
                        .filter(table -> !table.equals("account_exports"))
                        .toList());
    }

    private TenantRows.Numbers moved(AccountId from, AccountId to) {
        return database.write(tx -> {
            var rows = new TenantRows(tx, new Owner(from, BRAND), to);
            TenantRows.Numbers numbers = rows.numbers();
            rows.move(numbers);
            return numbers;
        });
    }

    private List<String> tenants(String table) {
        return database.read(tx -> tx.sql()
                .selectDistinct(DSL.field("tenant_id", String.class))
                .from(table)
                .fetchInto(String.class));
    }

    /// Foreign keys that lead nowhere; PostgreSQL has refused those at the end of the transaction.
    private List<String> broken() {
        return database.read(tx -> tx.sql().family() == SQLDialect.SQLITE
                ? tx.sql().fetch("PRAGMA foreign_key_check").map(Object::toString)
                : List.of());
    }

    private Map<String, List<String>> content() {
        return database.read(tx -> {
            var content = new TreeMap<String, List<String>>();
            for (String table : TenantRows.tables(_ -> true)) {
                content.put(
                        table,
                        tx
                                .sql()
                                .fetch("SELECT * FROM " + table)
                                .map(row -> row.intoMap().toString())
                                .stream()
                                .sorted()
                                .toList());
            }
            return content;
        });
    }
}
