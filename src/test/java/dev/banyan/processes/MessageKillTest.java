package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeFaults;
import dev.banyan.whatsapp.drivers.waha.FakeSent;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// Kills the server while it is sending. Messages that it accepted are still there and are sent; messages that were
/// being handed over are uncertain, and are never sent again automatically, unless a repeat can't reach anyone twice.
class MessageKillTest {

    private static final int WRITERS = 4;
    private static final int ANSWERS = 80;
    /// A slow connection, so that a message is always being handed over.
    private static final String SLOW = "+971500000299";

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private String cookie = "";
    private String number = "";

    @Test
    void nothingIsLostAndNothingIsSentTwiceInSilence(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            cookie = "banyan_session=" + register(server);
            TestClient client = TestClient.at(server.awaitReady()).with("Cookie", cookie);
            number = SimulatedNumber.linked(client, "writer");
            assertThat(client.form(
                                    "/admin/pools/" + number + "/customers/mood",
                                    "as",
                                    "writer",
                                    "phone",
                                    SLOW,
                                    "mood",
                                    "slow")
                            .status())
                    .isEqualTo(303);
            sendUntilKilled(server, client);
        }
        Map<String, Integer> before = states(data);
        assertThat(before).as("the kill met something on its way").containsKey("sending");
        assertThat(ask(data, "SELECT id FROM outgoing_messages")).containsAll(taken);

        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            awaitEnd(data);
        }
        Map<String, Integer> after = states(data);
        assertThat(after.keySet()).containsAnyOf("read", "delivered", "sent").contains("uncertain");
        assertThat(after.get("uncertain")).isEqualTo(before.get("sending"));
        assertThat(ask(data, "SELECT id FROM outgoing_messages WHERE attempts <> 1"))
                .as("handed over twice, or never")
                .isEmpty();
        assertThat(ask(data, "SELECT DISTINCT error FROM outgoing_messages WHERE state = 'uncertain'"))
                .containsExactly("The server stopped while this was being sent. It may have reached the contact.");
    }

    /// A gateway that knows messages by ids of ours: one message has arrived there, and one has not.
    @Test
    void whatCanNotArriveTwiceIsSentAgain(@TempDir Path data) throws Exception {
        TestDatabases.putOwnedFile(data.resolve("banyan.db"));
        try (var waha = new FakeWaha(new TestClock()).with("GOWS", "2026.8.1")) {
            waha.hasLinked("old-shop", new Phone("+971500000101"));
            List<String> ids;
            try (var server = serve(data)) {
                cookie = "banyan_session=" + register(server);
                TestClient client = TestClient.at(server.awaitReady()).with("Cookie", cookie);
                number = adopted(client, waha);
                waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndHangs());
                waha.faults.next("sendText", new FakeFaults.Fault.Hangs());
                ids = List.of(
                        send(client, "+971500000201", "Good morning"), send(client, "+971500000202", "Good evening"));
                ids.forEach(id -> awaitState(client, id, "sending"));
                Eventually.until(() -> waha.sent("old-shop"), sent -> sent.size() == 1);
                server.kill();
            }

            try (var server = serve(data)) {
                server.awaitReady();
                awaitEnd(data);
            }
            assertThat(waha.sent("old-shop"))
                    .as("while the states are " + states(data))
                    .extracting(FakeSent::text)
                    .containsExactlyInAnyOrder("Good morning", "Good evening");
            assertThat(states(data).keySet()).isSubsetOf("sent", "delivered", "read");
        }
    }

    private static ServerProcess serve(Path data) {
        var environment = Map.of("BANYAN_RATE_LIMITS", "off", "BANYAN_OUTBOUND_ALLOW", "127.0.0.1");
        return ServerProcess.start(environment, "serve", "--port=0", "--data", data.toString());
    }

    private static String adopted(TestClient client, FakeWaha waha) {
        String connection = id(client.post(
                "/api/whatsapp/connections",
                Map.of(
                        "name",
                        "Our WAHA",
                        "driver",
                        "waha",
                        "url",
                        waha.url().toString(),
                        "credentials",
                        Map.of("apiKey", FakeWaha.KEY))));
        String master =
                id(client.post("/api/whatsapp/masters", Map.of("connection", connection, "remote", "old-shop")));
        Eventually.until(
                () -> client.get("/api/whatsapp/masters/" + master)
                        .json()
                        .at("/data/state")
                        .asText(),
                "linked"::equals);
        return master;
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/data/id").asText();
    }

    private void sendUntilKilled(ServerProcess server, TestClient client) throws InterruptedException {
        var enough = new CountDownLatch(ANSWERS);
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int one = writer;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; ; i++) {
                        taken.add(send(client, "+9715000002%02d".formatted(one), "message " + i));
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
        String slow = send(client, SLOW, "slow"); // last, so that it is on its way however long the others took
        taken.add(slow);
        awaitState(client, slow, "sending");
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private String send(TestClient client, String to, String text) {
        Answer answer = client.post("/api/whatsapp/messages", Map.of("master", number, "to", to, "text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().at("/data/id").asText();
    }

    private static void awaitState(TestClient client, String id, String wanted) {
        Eventually.until(
                () -> client.get("/api/whatsapp/messages/" + id)
                        .json()
                        .at("/data/state")
                        .asText(),
                wanted::equals);
    }

    /// Waits until no message is waiting or being handed over.
    private static void awaitEnd(Path data) {
        Eventually.until(() -> states(data), now -> !now.containsKey("queued") && !now.containsKey("sending"));
    }

    private String register(ServerProcess server) throws IOException {
        var answer = server.send("POST", "/api/register", "", """
                {"email": "writer@example.com", "username": "writer", "password": "correct horse battery"}
                """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode body = json.readTree(answer.body());
        return body.at("/data/session/token").asText();
    }

    private static Map<String, Integer> states(Path data) {
        var found = new TreeMap<String, Integer>();
        ask(data, "SELECT state FROM outgoing_messages").forEach(state -> found.merge(state, 1, Integer::sum));
        return found;
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
