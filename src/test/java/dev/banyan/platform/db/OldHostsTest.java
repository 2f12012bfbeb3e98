package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Addresses that were stored when names of hosts were read by the rule of 2003.
class OldHostsTest {

    private static int next = 1;

    @Test
    void thoseThatMayLeadElsewhereAreFoundAndNoneIsChanged(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "175");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            link(statement, "https://faß.example/");
            link(statement, "https://fass.example/");
            link(statement, "https://βόλος.example/");
            link(statement, "https://a\u200Db.example/");
            shortLink(statement, "https://straße.example/");
            shortLink(statement, "https://a\u200Cß.example/");
            shortLink(statement, "https://strasse.example/");
            domain(statement, "fass.example", "NULL");
            domain(statement, "xn--nxasmq6b.example", "NULL");
            domain(statement, "strasse.example", "7");
            domain(statement, "links.example", "NULL");
        }

        SqliteDatabase.open(file).close();

        assertThat(column(source, "SELECT kind || ' ' || address FROM old_host_readings WHERE found_at > 0"))
                .containsExactlyInAnyOrder(
                        "link https://faß.example/",
                        "link https://βόλος.example/",
                        "link https://a\u200Db.example/",
                        "short-link https://straße.example/",
                        "short-link https://a\u200Cß.example/",
                        "domain fass.example",
                        "domain xn--nxasmq6b.example");
        assertThat(column(source, "SELECT url FROM links WHERE url LIKE '%ß%'"))
                .containsExactly("https://faß.example/");
        assertThat(column(source, "SELECT host FROM domains")).contains("fass.example");
    }

    private static List<String> column(SQLiteDataSource source, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void link(Statement statement, String url) throws SQLException {
        statement.execute("INSERT INTO links (id, tenant_id, account_id, page_id, title, url, position, active, clicks,"
                + " created_at, updated_at) VALUES ('" + next++ + "', 't', 't', 'p', 'Title', '" + url
                + "', 1, 1, 0, 1, 1)");
    }

    private static void shortLink(Statement statement, String target) throws SQLException {
        statement.execute(
                "INSERT INTO short_links (id, tenant_id, account_id, slug, target, title, tags, active, clicks,"
                        + " fallback, password_hash, routing, created_at, updated_at) VALUES ('" + next++
                        + "', 't', 't', 's"
                        + next + "', '" + target + "', '', '', 1, 0, '', '', '', 1, 1)");
    }

    private static void domain(Statement statement, String host, String proved) throws SQLException {
        statement.execute("INSERT INTO domains (id, tenant_id, account_id, host, state, proved_at, due_at, created_at)"
                + " VALUES ('" + next++ + "', 't', 't', '" + host + "', 'pending', " + proved + ", 1, 1)");
    }
}
