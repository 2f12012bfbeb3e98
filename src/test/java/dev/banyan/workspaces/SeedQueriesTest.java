package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// The SQL of the sub-client seed ("Database Queries", "Troubleshooting", "Performance"), unchanged except for
/// placeholders of ids, on the file of a running server.
@QuarkusTest
class SeedQueriesTest {

    private static final String ALL = """
            SELECT
              sc.id,
              sc.name,
              sc.short_id,
              sc.pathname,
              sc.suspended,
              sc.registration_enabled,
              p.name as project_name,
              COUNT(scu.id) as user_count
            FROM sub_clients sc
            JOIN projects p ON sc.project_id = p.id
            LEFT JOIN sub_client_users scu ON scu.sub_client_id = sc.id
            GROUP BY sc.id
            ORDER BY sc.created_at DESC;
            """;

    private static final String ORPHANS = """
            -- Users whose sub-client was deleted
            SELECT * FROM sub_client_users
            WHERE sub_client_id NOT IN (SELECT id FROM sub_clients);
            """;

    private static final String WITHOUT_ADMINS = """
            SELECT sc.name, sc.id
            FROM sub_clients sc
            LEFT JOIN sub_client_users scu
              ON scu.sub_client_id = sc.id AND scu.role = 'admin'
            WHERE sc.project_id = 'PROJECT_ID'
            GROUP BY sc.id
            HAVING COUNT(scu.id) = 0;
            """;

    private static final String WITH_WHATSAPP = """
            SELECT
              sc.name,
              sc.short_id,
              sc.pathname,
              sc.whatsapp_client_id
            FROM sub_clients sc
            WHERE sc.whatsapp_client_id IS NOT NULL
              AND sc.project_id = 'PROJECT_ID';
            """;

    private static final String FIND_USER = """
            SELECT scu.*, sc.name FROM sub_client_users scu
               JOIN sub_clients sc ON scu.sub_client_id = sc.id
               WHERE scu.username = 'username';
            """;

    private static final String WITH_USERS = """
              SELECT
                sc.*,
                scu.id as user_id,
                scu.username,
                scu.email,
                scu.role
              FROM sub_clients sc
              LEFT JOIN sub_client_users scu ON scu.sub_client_id = sc.id
              WHERE sc.project_id = 'PROJECT_ID'
            """;

    @Inject
    TestWorld world;

    @BeforeEach
    void salesHasPeopleAndSupportHasNone() {
        world.salesAdmin();
        world.salesUser();
        world.support();
    }

    @Test
    void theSeedsQueriesRunOnTheFile() throws SQLException {
        try (Connection file = open()) {
            Map<String, Object> sales = rows(file, ALL).stream()
                    .filter(row -> world.sales().id().value().equals(row.get("id")))
                    .findFirst()
                    .orElseThrow();
            assertThat(sales)
                    .containsEntry("name", "Sales")
                    .containsEntry("short_id", world.sales().shortId())
                    .containsEntry("pathname", "sales")
                    .containsEntry("suspended", 0)
                    .containsEntry("registration_enabled", 1)
                    .containsEntry("project_name", "Atlas")
                    .containsEntry("user_count", 2);
            assertThat(rows(file, ORPHANS)).isEmpty();
            assertThat(rows(file, ofProject(WITHOUT_ADMINS)))
                    .containsExactly(
                            Map.of("name", "Support", "id", world.support().id().value()));
            assertThat(rows(file, ofProject(WITH_WHATSAPP))).isEmpty();
            assertThat(rows(file, FIND_USER.replace("'username'", "'omar'")))
                    .anyMatch(row -> world.sales().id().value().equals(row.get("sub_client_id"))
                            && "Sales".equals(row.get("name"))
                            && "omar@guests.example".equals(row.get("email")));
            assertThat(rows(file, ofProject("SELECT sub_clients_enabled FROM projects WHERE id = 'PROJECT_ID';")))
                    .containsExactly(Map.of("sub_clients_enabled", 1));
            assertThat(rows(file, ofProject("SELECT * FROM sub_clients WHERE project_id = 'PROJECT_ID';")))
                    .hasSize(2)
                    .allMatch(row -> row.get("created_at") instanceof Number);
            assertThat(rows(file, ofProject(WITH_USERS))).hasSize(3);
            assertThat(rows(file, "SELECT * FROM sub_clients;")).isNotEmpty();
            assertThat(rows(file, "PRAGMA index_list('sub_clients');"))
                    .anyMatch(row -> "idx_sub_clients_project_id".equals(row.get("name")));
            assertThat(rows(file, "PRAGMA index_list('sub_client_users');"))
                    .anyMatch(row -> "idx_sub_client_users_sub_client_id".equals(row.get("name")));
        }
    }

    /// All indexes that the seed names, as it writes them in "Tables" and "Indexes".
    private static final Map<String, List<String>> SEED_INDEXES = Map.of(
            "sub_clients",
            List.of(
                    "idx_sub_clients_project_id",
                    "idx_sub_clients_short_id",
                    "idx_sub_clients_pathname",
                    "idx_sub_clients_custom_domain"),
            "sub_client_users",
            List.of(
                    "idx_sub_client_users_sub_client_id",
                    "idx_sub_client_users_sub_client_username",
                    "idx_sub_client_users_sub_client_email"));

    @Test
    void allIndexesOfTheSeedAreThereAndNoneTwice() throws SQLException {
        try (Connection file = open()) {
            for (var table : SEED_INDEXES.entrySet()) {
                assertThat(indexes(file, table.getKey())).containsAll(table.getValue());
                assertThat(columns(file, table.getKey())).doesNotHaveDuplicates();
            }
        }
    }

    private static List<String> columns(Connection file, String table) throws SQLException {
        var columns = new ArrayList<String>();
        for (Object index : indexes(file, table)) {
            columns.add(rows(file, "PRAGMA index_xinfo('" + index + "');").stream()
                    .filter(row -> Integer.valueOf(1).equals(row.get("key")))
                    .map(row -> row.get("cid") + " " + row.get("name"))
                    .toList()
                    .toString());
        }
        return columns;
    }

    private static final String INDEXES = """
            -- Create if missing
            CREATE INDEX IF NOT EXISTS idx_sub_clients_project_id
              ON sub_clients(project_id);
            CREATE INDEX IF NOT EXISTS idx_sub_clients_short_id
              ON sub_clients(short_id);
            CREATE INDEX IF NOT EXISTS idx_sub_client_users_sub_client_id
              ON sub_client_users(sub_client_id);
            """;

    /// Run by a second process while the server continues to run: nothing is missing, so nothing is made.
    @Test
    void theSeedsIndexesCanBeAskedFor() throws SQLException {
        try (Connection file =
                JDBC.createConnection("jdbc:sqlite:" + TestServer.data().resolve("banyan.db"), new Properties())) {
            List<Object> before = indexes(file, "sub_clients");
            try (var statement = file.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + Eventually.MILLIS);
                for (String create : INDEXES.split(";")) {
                    if (!create.isBlank()) {
                        statement.execute(create);
                    }
                }
            }
            assertThat(indexes(file, "sub_clients")).isEqualTo(before);
        }
    }

    private static List<Object> indexes(Connection file, String table) throws SQLException {
        return rows(file, "PRAGMA index_list('" + table + "');").stream()
                .map(row -> row.get("name"))
                .toList();
    }

    /// The seed's queries find the data: a number, and users without an admin.
    @Test
    void theSeedsQueriesFindWhatIsThere() throws SQLException {
        world.sql(
                "UPDATE sub_clients SET whatsapp_client_id = ? WHERE id = ?",
                "wa_1" + world.support().shortId().hashCode(),
                world.support().id().value());
        try (Connection file = open()) {
            assertThat(rows(file, ofProject(WITH_WHATSAPP)))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("name", "Support")
                            .containsEntry("short_id", world.support().shortId())
                            .containsEntry("pathname", "support"));
        }
    }

    /// The server keeps writing while another process reads.
    @Test
    void theServerWritesWhileTheFileIsRead() throws SQLException {
        try (Connection file = open();
                var statement = file.createStatement();
                var reading = statement.executeQuery(ALL)) {
            assertThat(reading.next()).isTrue();
            Workspace third = world.workspace(world.context(world.acme()), world.project(), "Third");
            try (Connection later = open()) {
                assertThat(rows(later, ofProject("SELECT id FROM sub_clients WHERE project_id = 'PROJECT_ID';")))
                        .contains(Map.of("id", third.id().value()));
            }
        }
    }

    private String ofProject(String query) {
        return query.replace("PROJECT_ID", world.project().id().toString());
    }

    private static Connection open() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        Properties properties = config.toProperties();
        return JDBC.createConnection("jdbc:sqlite:" + TestServer.data().resolve("banyan.db"), properties);
    }

    private static List<Map<String, Object>> rows(Connection file, String query) throws SQLException {
        try (var statement = file.createStatement();
                var result = statement.executeQuery(query)) {
            var rows = new ArrayList<Map<String, Object>>();
            while (result.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    Object value = result.getObject(column);
                    if (value != null) {
                        row.put(result.getMetaData().getColumnLabel(column), value);
                    }
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
