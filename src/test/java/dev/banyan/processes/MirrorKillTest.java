package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// Kills the server while people add, link, move and remove numbers. `bots-config.json` is never damaged, and matches
/// the database after the next start; everything that was confirmed is in both.
class MirrorKillTest {

    private static final int ROUNDS = 4;
    private static final int WRITERS = 4;
    private static final int ANSWERS_PER_ROUND = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<String> added = new ConcurrentLinkedQueue<>();
    private final Queue<String> removed = new ConcurrentLinkedQueue<>();
    private String cookie = "";

    @Test
    void fileAndDatabaseAgreeAfterEveryKill(@TempDir Path data) throws Exception {
        Path file = data.resolve("accounts/writer/bots-config.json");
        for (int round = 0; round < ROUNDS; round++) {
            try (var server = ServerProcess.serve(data)) {
                if (round == 0) {
                    cookie = "banyan_session=" + register(server);
                } else {
                    server.awaitReady();
                    assertFileSaysWhatTheDatabaseSays(data, file);
                }
                changeUntilKilled(server, round);
            }
            assertThat(json.readTree(file.toFile()).path("version").asText())
                    .as("a whole file, right after the kill")
                    .isEqualTo("3.0");
        }
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            assertFileSaysWhatTheDatabaseSays(data, file);
            Map<String, String> senders = senders(data);
            assertThat(senders.keySet())
                    .containsAll(
                            added.stream().filter(id -> !removed.contains(id)).toList());
            assertThat(senders.keySet()).doesNotContainAnyElementsOf(removed);
        }
        assertThat(added.size() + removed.size()).isGreaterThan(ROUNDS * ANSWERS_PER_ROUND);
    }

    private void changeUntilKilled(ServerProcess server, int round) throws InterruptedException {
        TestClient client = TestClient.at(server.awaitReady()).with("Cookie", cookie);
        var enough = new CountDownLatch(ANSWERS_PER_ROUND);
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            threads.add(Thread.ofVirtual().start(() -> change(client, round * WRITERS + number, enough)));
        }
        assertThat(enough.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("enough was done")
                .isTrue();
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// Changes numbers. Each writer has its own master; servants are added and linked, and every third one is removed.
    private void change(TestClient client, int writer, CountDownLatch enough) {
        try {
            String master = add(client, "/admin/pools/masters", "Master " + writer, "");
            for (int number = 0; ; number++) {
                String servant = add(
                        client,
                        "/admin/pools/" + master + "/servants",
                        "Servant " + number,
                        "+97150%d%05d".formatted(writer + 10, number));
                enough.countDown();
                post(client, "/admin/pools/" + servant + "/link");
                post(client, "/admin/pools/" + servant + "/link/scan");
                if (number % 3 == 0) {
                    // Recorded first: if the server is killed before the answer, it may or may not have been removed.
                    added.remove(servant);
                    post(client, "/admin/pools/" + servant + "/remove");
                    removed.add(servant);
                }
            }
        } catch (UncheckedIOException _) {
            // The server was killed: an unconfirmed change may or may not be stored.
        }
    }

    private String add(TestClient client, String path, String name, String phone) {
        Answer answer = client.form(path, "as", "writer", "displayName", name, "phone", phone);
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        String id = answer.location().replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
        added.add(id);
        return id;
    }

    private static void post(TestClient client, String path) {
        Answer answer = client.form(path, "as", "writer");
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
    }

    private String register(ServerProcess server) throws IOException {
        var answer = server.send("POST", "/api/register", "", """
                {"email": "writer@example.com", "username": "writer", "password": "correct horse battery"}
                """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).at("/data/session/token").asText();
    }

    private void assertFileSaysWhatTheDatabaseSays(Path data, Path file) throws IOException, SQLException {
        JsonNode config = json.readTree(file.toFile());
        var inFile = new TreeMap<String, String>();
        config.path("whatsappBots").properties().forEach(bot -> inFile.put(bot.getKey(), "master"));
        config.path("secondaryAccounts")
                .properties()
                .forEach(servant -> inFile.put(
                        servant.getKey(),
                        servant.getValue().path("masterAccountId").asText() + " "
                                + servant.getValue().path("phoneNumber").asText()));
        assertThat(inFile).isEqualTo(senders(data));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .as("nothing half-written, nothing taken for a change by hand")
                    .containsExactly("bots-config.json");
        }
    }

    private static Map<String, String> senders(Path data) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, CASE role WHEN 'master' THEN 'master' ELSE master_id || ' ' || phone END FROM senders")) {
            var found = new TreeMap<String, String>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
            return found;
        }
    }
}
