package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// What earlier versions kept about one person under two forms of a number is kept under one.
class KeptFormsTest {

    @Test
    void peopleAreKeptUnderOneFormOfTheirNumber(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "168");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            for (String phone : List.of("+551187650101", "+5215512340101", "+541155550101", "+551133330101")) {
                optOut(statement, "t", phone);
                contact(statement, "w1", phone, phone);
            }
            optOut(statement, "t", "+525512340101");
            optOut(statement, "u", "+5215512340101");
            // Two contacts of one workspace stay two.
            contact(statement, "w2", "+5215512340101", "Luz");
            contact(statement, "w2", "+525512340101", "Luz");
            statement.execute("INSERT INTO pool_contacts (tenant_id, master_id, phone, sender_id, chosen_at, last_at)"
                    + " VALUES ('t', 'p', '+541155550101', 'n', 1, 1)");
        }

        SqliteDatabase.open(file).close();

        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            assertThat(all(statement, "SELECT tenant_id || ' ' || phone FROM opt_outs"))
                    .containsExactlyInAnyOrder(
                            "t +5511987650101",
                            "t +525512340101",
                            "t +5491155550101",
                            "t +551133330101",
                            "u +525512340101");
            assertThat(all(statement, "SELECT sub_client_id || ' ' || phone || ' ' || name FROM contacts"))
                    .containsExactlyInAnyOrder(
                            "w1 +5511987650101 +5511987650101",
                            "w1 +525512340101 +525512340101",
                            "w1 +5491155550101 +5491155550101",
                            "w1 +551133330101 +551133330101",
                            "w2 +5215512340101 Luz",
                            "w2 +525512340101 Luz");
            assertThat(all(statement, "SELECT phone FROM pool_contacts")).containsExactly("+5491155550101");
            assertThat(all(statement, "SELECT word FROM contact_words WHERE contact_id = 'w1+551187650101'"))
                    .as("read from its beginning and from its end")
                    .containsExactlyInAnyOrder("5511987650101", "~1010567891155");
        }
    }

    private static void optOut(Statement statement, String tenant, String phone) throws SQLException {
        statement.execute("INSERT INTO opt_outs (tenant_id, phone, cause, note, created_at) VALUES ('" + tenant + "', '"
                + phone + "', 'word', '', 1)");
    }

    private static void contact(Statement statement, String workspace, String phone, String name) throws SQLException {
        statement.execute("INSERT INTO contacts (id, tenant_id, sub_client_id, phone, name, created_at, updated_at)"
                + " VALUES ('" + workspace + phone + "', 't', '" + workspace + "', '" + phone + "', '" + name
                + "', 1, 1)");
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
