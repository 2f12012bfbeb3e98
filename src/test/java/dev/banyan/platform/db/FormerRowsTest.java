package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.backup.SampleRows;
import org.junit.jupiter.api.Test;

/// A sub-account with a row in every table goes to another tenant, which enters what would let it in, and comes back.
@OnEveryDatabase
class FormerRowsTest {

    private static final AccountId GIVER = AccountId.of("01900000-0000-7000-8000-000000000011");
    private static final AccountId BRAND = AccountId.of("01900000-0000-7000-8000-000000000012");
    private static final AccountId TAKER = AccountId.of("01900000-0000-7000-8000-000000000013");
    private static final UUID MOVE = UUID.fromString("01900000-0000-7000-8000-00000000001a");

    /// Sessions and the files of exports are gone for good. The proxy of a number was deleted meanwhile. Words are
    /// written
    /// again by the store of accounts; who wants no more messages stays free of them on both sides.
    private static final Set<String> OTHERWISE =
            Set.of("account_exports", "account_words", "opt_outs", "proxies", "sender_proxies");

    private final Database database;

    FormerRowsTest(Database database) {
        this.database = database;
    }

    private void sql(String... statements) {
        database.write(tx -> {
            Stream.of(statements).forEach(tx.sql()::execute);
            return tx;
        });
    }

    private void rows() {
        sql(SampleRows.statements(Map.of("t-1", GIVER.toString(), "s-1", BRAND.toString(), "am-1", MOVE.toString()))
                .toArray(String[]::new));
        sql(
                "INSERT INTO accounts (id, tenant_id, kind, username, display_name, status, tier, created_at, updated_at)"
                        + " VALUES ('" + TAKER + "', '" + TAKER + "', 'root', 'taker', 'Taker', 'active', 'pro', 1, 2)",
                "UPDATE senders SET home_master_id = NULL",
                "UPDATE sub_clients SET whatsapp_client_id = 'wa_2'",
                "UPDATE accounts SET notes = 'Ours', internal_label = 'A' WHERE id = '" + BRAND + "'",
                domain("do-2", TAKER, "sales.example"),
                domain("do-3", TAKER, "theirs.example"));
        database.write(tx -> {
            assertThat(FormerRows.forget(tx, Instant.ofEpochMilli(3))).isZero();
            assertThat(FormerRows.forget(tx, Instant.ofEpochMilli(4)))
                    .as("the sample")
                    .isEqualTo(1);
            return tx;
        });
    }

    @Test
    void whatAMoveTookComesBackWithIt() {
        rows();
        Map<String, List<String>> before = content();
        database.write(tx -> {
            var owner = new Owner(GIVER, BRAND);
            new FormerRows(tx, owner)
                    .keep(MOVE, TAKER, new TenantRows(tx, owner, TAKER).numbers(), Instant.ofEpochMilli(9));
            return tx;
        });
        move(GIVER, TAKER);
        assertThat(hosts(TAKER)).containsExactly("do-1 sales.example", "do-3 theirs.example");
        sql(
                "UPDATE sub_client_users SET password_hash = 'theirs', email = 'boss@taker.example'",
                "UPDATE webhook_endpoints SET url = 'https://taker.example/', is_active = 1",
                "UPDATE assistants SET kind = 'openai', endpoint = 'https://taker.example/'",
                "UPDATE whatsapp_connections SET url = 'https://taker.example/'",
                "DELETE FROM proxies");
        move(TAKER, GIVER);
        database.write(tx -> {
            new FormerRows(tx, new Owner(GIVER, BRAND)).putBack(MOVE);
            return tx;
        });

        Map<String, List<String>> after = content();
        Stream.of(FormerRows.FOR_GOOD, OTHERWISE).flatMap(Set::stream).forEach(table -> {
            before.remove(table);
            after.remove(table);
        });
        before.forEach((table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));
        ofTwoDomainsWithOneHostTheProvedOneStays();
    }

    private static String domain(String id, AccountId tenant, String host) {
        return "INSERT INTO domains (id, tenant_id, account_id, host, state, due_at, created_at) VALUES ('" + id
                + "', '" + tenant + "', '" + tenant + "', '" + host + "', 'pending', 1, 2)";
    }

    private List<String> hosts(AccountId tenant) {
        return database.read(tx -> tx.sql()
                .fetch("SELECT id, host FROM domains WHERE tenant_id = '" + tenant + "' ORDER BY id")
                .map(row -> row.get(0) + " " + row.get(1)));
    }

    private void ofTwoDomainsWithOneHostTheProvedOneStays() {
        sql(
                "UPDATE domains SET state = 'off', serving_host = NULL WHERE id = 'do-1'",
                "UPDATE domains SET state = 'active', serving_host = host WHERE id = 'do-2'");
        move(GIVER, TAKER);
        assertThat(hosts(TAKER)).containsExactly("do-2 sales.example", "do-3 theirs.example");
        sql(
                "UPDATE domains SET account_id = '" + BRAND + "' WHERE id = 'do-2'",
                domain("do-4", GIVER, "sales.example"));
        move(TAKER, GIVER);
        assertThat(hosts(GIVER)).containsExactly("do-2 sales.example");
    }

    private void move(AccountId from, AccountId to) {
        database.write(tx -> {
            var rows = new TenantRows(tx, new Owner(from, BRAND), to);
            rows.move(rows.numbers());
            return tx;
        });
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
