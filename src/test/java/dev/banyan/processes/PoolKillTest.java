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

/// Kills the server while a pool of three numbers with daily limits is sending. Accepted messages are still there, none
/// is sent twice automatically, and the daily counts are correct.
class PoolKillTest {

    private static final int PER_DAY = 25;
    private static final int WRITERS = 3;
    private static final int TOGETHER = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger contact = new AtomicInteger();
    private String cookie = "";
    private String master = "";

    @Test
    void quotasHoldOverAKillAndNothingIsLostOrSentTwice(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            cookie = "banyan_session=" + register(server);
            TestClient client = TestClient.at(server.awaitReady()).with("Cookie", cookie);
            master = add(client, "masters", Map.of("displayName", "Sales", "phone", "+971500000101"));
            for (String phone : List.of("+971500000102", "+971500000103")) {
                add(client, "servants", Map.of("master", master, "displayName", "Sales", "phone", phone));
            }
            assertThat(client.put("/api/whatsapp/pools/" + master, Map.of("perDay", PER_DAY))
                            .status())
                    .isEqualTo(200);
            sendUntilKilled(server, client);
        }
        assertThat(ask(data, "SELECT id FROM outgoing_messages")).containsAll(taken);

        try (var server = ServerProcess.serve(data)) {
            TestClient client = TestClient.at(server.awaitReady()).with("Cookie", cookie);
            while (taken.size() < 4 * PER_DAY) {
                order(client);
            }
            awaitUsedUp(data);
        }
        assertThat(ask(data, "SELECT id FROM outgoing_messages")).containsAll(taken);
        assertThat(ask(data, "SELECT sender_id FROM outgoing_messages WHERE state <> 'queued' GROUP BY sender_id"))
                .hasSize(3);
        assertThat(ask(
                        data,
                        "SELECT sender_id FROM outgoing_messages WHERE state <> 'queued' GROUP BY sender_id"
                                + " HAVING count(*) <> " + PER_DAY))
                .as("numbers that sent more or less than they may in a day")
                .isEmpty();
        assertThat(ask(data, "SELECT id FROM outgoing_messages WHERE attempts > 1"))
                .as("handed over twice")
                .isEmpty();
    }

    private void sendUntilKilled(ServerProcess server, TestClient client) throws InterruptedException {
        var enough = new CountDownLatch(8);
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < WRITERS; writer++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (taken.size() < 3 * PER_DAY) {
                        order(client);
                        enough.countDown();
                    }
                } catch (UncheckedIOException _) {
                    // The server was killed: an unconfirmed order may or may not be stored.
                }
            }));
        }
        assertThat(enough.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("enough was sent")
                .isTrue();
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void order(TestClient client) {
        var messages = new ArrayList<Map<String, String>>();
        for (int i = 0; i < TOGETHER; i++) {
            messages.add(Map.of("to", "+97150000%04d".formatted(200 + contact.incrementAndGet()), "text", "Hello"));
        }
        Answer answer = client.post("/api/whatsapp/messages", Map.of("master", master, "messages", messages));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        answer.json()
                .at("/data/messages")
                .forEach(one -> taken.add(one.path("id").asText()));
    }

    /// Adds a sender and links it with the simulated phone.
    private static String add(TestClient client, String kind, Map<String, String> body) {
        Answer added = client.post("/api/whatsapp/" + kind, body);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String id = added.json().at("/data/id").asText();
        assertThat(client.post("/api/whatsapp/" + kind + "/" + id + "/link", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/api/whatsapp/senders/" + id + "/scan", Map.of())
                        .status())
                .isEqualTo(200);
        return id;
    }

    /// Waits until the daily limits are used up.
    private static void awaitUsedUp(Path data) {
        String left = "SELECT id FROM outgoing_messages WHERE state = 'sending'";
        String gone = "SELECT id FROM outgoing_messages WHERE state IN ('sent', 'delivered', 'read', 'uncertain')";
        Eventually.holds(
                () -> ask(data, gone).size() >= 3 * PER_DAY && ask(data, left).isEmpty());
        assertThat(ask(data, gone)).hasSize(3 * PER_DAY);
    }

    private String register(ServerProcess server) throws IOException {
        var answer = server.send("POST", "/api/register", "", """
                {"email": "writer@example.com", "username": "writer", "password": "correct horse battery"}
                """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode body = json.readTree(answer.body());
        return body.at("/data/session/token").asText();
    }

    private static List<String> ask(Path data, String query) {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
