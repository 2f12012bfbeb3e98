package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// Simulates power failures: kills the server several times during writes, and restarts it on the same folder.
/// Everything that it confirmed must be there, and nothing may be incomplete.
class KillTest {

    private static final int ROUNDS = 5;
    private static final int WRITERS = 8;
    private static final int ANSWERS_PER_ROUND = 150;
    private static final List<String> PARTS = List.of("head", "body", "tail");

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<String> batches = new ConcurrentLinkedQueue<>();
    private final Queue<String> slugs = new ConcurrentLinkedQueue<>();
    private final Queue<String> usernames = new ConcurrentLinkedQueue<>();

    @Test
    void whatWasAnsweredWithSuccessSurvivesKillsAndNothingIsThereByHalf(@TempDir Path data) throws Exception {
        String token;
        var pages = new ArrayList<String>();
        try (var server = ServerProcess.serve(data)) {
            token = register(server, "writer");
            changeByHand(data, "UPDATE accounts SET tier = 'enterprise'"); // so that no limit stops the writes
            for (int i = 0; i < WRITERS; i++) {
                pages.add(createPage(server, token, "page-" + i));
            }
            writeUntilKilled(server, 0, token, pages);
        }
        for (int round = 1; round < ROUNDS; round++) {
            try (var server = ServerProcess.serve(data)) {
                assertEverythingIsThere(server, token, pages);
                writeUntilKilled(server, round, token, pages);
            }
        }
        try (var server = ServerProcess.serve(data)) {
            assertEverythingIsThere(server, token, pages);
        }
        assertFileIsSound(data);
        assertThat(batches).hasSizeGreaterThanOrEqualTo(ROUNDS * ANSWERS_PER_ROUND);
        assertThat(slugs).isNotEmpty();
        assertThat(usernames).isNotEmpty();
    }

    /// Writes until the server is killed. The first writers add batches of links to their own pages; one creates pages,
    /// one registers people.
    private void writeUntilKilled(ServerProcess server, int round, String token, List<String> pages) throws Exception {
        var enough = new CountDownLatch(ANSWERS_PER_ROUND);
        var threads = new ArrayList<Thread>();
        for (String page : pages) {
            threads.add(writeUntilItFails(number -> {
                String batch = round + "." + number + "." + page;
                addLinks(server, token, page, batch);
                batches.add(batch);
                enough.countDown();
            }));
        }
        threads.add(writeUntilItFails(number -> {
            createPage(server, token, "extra-" + round + "-" + number);
            slugs.add("extra-" + round + "-" + number);
        }));
        threads.add(writeUntilItFails(number -> {
            register(server, "person-" + round + "-" + number);
            usernames.add("person-" + round + "-" + number);
        }));
        assertThat(enough.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("enough was written in round " + round)
                .isTrue();
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private interface Write {
        void number(int number) throws IOException;
    }

    private static Thread writeUntilItFails(Write write) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (int number = 0; ; number++) {
                    write.number(number);
                }
            } catch (IOException _) {
                // The server was killed: an unconfirmed write may or may not be stored.
            }
        });
    }

    private void assertEverythingIsThere(ServerProcess server, String token, List<String> pages) throws IOException {
        var found = new HashMap<String, List<String>>();
        for (String page : pages) {
            for (JsonNode link :
                    get(server, "/api/admin/GetLinks?pageId=" + page, token).get("links")) {
                String[] title = link.get("title").asText().split(" ");
                found.computeIfAbsent(title[0], _ -> new ArrayList<>()).add(title[1]);
            }
        }
        assertThat(found.keySet()).containsAll(batches);
        assertThat(found.values()).as("the links of each batch").allMatch(PARTS::equals);

        var slugsFound = new ArrayList<String>();
        get(server, "/api/admin/GetPages", token)
                .get("pages")
                .forEach(page -> slugsFound.add(page.get("slug").asText()));
        assertThat(slugsFound).containsAll(slugs);
    }

    /// Checks that the rows are consistent, and SQLite's own integrity check.
    private void assertFileIsSound(Path data) throws SQLException {
        assertThat(ask(data, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(ask(data, "PRAGMA foreign_key_check")).isEmpty();
        assertThat(ask(data, "SELECT name FROM usernames")).containsAll(usernames);
        assertThat(ask(data, "SELECT name FROM usernames"))
                .as("everybody has an account, a login, a membership and a mail")
                .containsExactlyInAnyOrderElementsOf(ask(data, """
                        SELECT a.username FROM accounts a
                        JOIN identities i ON i.home_account_id = a.id
                        JOIN memberships m ON m.identity_id = i.id AND m.tenant_id = a.id
                        JOIN mails ON mails.recipient = i.email"""));
        assertThat(ask(data, "SELECT account_id || quota || used FROM account_usage WHERE quota <> 'sub_accounts'"))
                .as("counters of use")
                .containsExactlyInAnyOrderElementsOf(ask(data, """
                        SELECT id || 'pages' || (SELECT count(*) FROM pages WHERE account_id = accounts.id) FROM accounts
                        UNION ALL
                        SELECT id || 'links' || (SELECT count(*) FROM links WHERE account_id = accounts.id) FROM accounts
                        UNION ALL
                        SELECT id || 'link_groups' || (SELECT count(*) FROM link_groups WHERE account_id = accounts.id)
                        FROM accounts
                        UNION ALL
                        SELECT id || 'short_links' || (SELECT count(*) FROM short_links WHERE account_id = accounts.id)
                        FROM accounts
                        """));
        assertThat(ask(data, "SELECT id || link_count FROM pages"))
                .as("counters of links")
                .containsExactlyInAnyOrderElementsOf(
                        ask(data, "SELECT id || (SELECT count(*) FROM links WHERE page_id = pages.id) FROM pages"));
    }

    private String register(ServerProcess server, String username) throws IOException {
        HttpResponse<String> answer = server.send("POST", "/api/register", "", """
                {"email": "%1$s@example.com", "username": "%1$s", "password": "correct horse battery"}
                """.formatted(username));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).at("/data/session/token").asText();
    }

    private String createPage(ServerProcess server, String token, String slug) throws IOException {
        HttpResponse<String> answer = server.send(
                "POST", "/api/admin/CreatePage", token, "{\"slug\": \"%1$s\", \"name\": \"%1$s\"}".formatted(slug));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).at("/page/id").asText();
    }

    private void addLinks(ServerProcess server, String token, String page, String batch) throws IOException {
        List<Map<String, String>> links = PARTS.stream()
                .map(part -> Map.of("operation", "add", "title", batch + " " + part, "url", "https://example.com/"))
                .toList();
        HttpResponse<String> answer = server.send(
                "PUT", "/api/admin/UpdateLinks?pageId=" + page, token, json.writeValueAsString(Map.of("links", links)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode get(ServerProcess server, String path, String token) throws IOException {
        HttpResponse<String> answer = server.send("GET", path, token, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static void changeByHand(Path data, String statement) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private static List<String> ask(Path data, String query) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
