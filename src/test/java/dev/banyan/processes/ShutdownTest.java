package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TimeLimit;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class ShutdownTest {

    @Test
    void aTermSignalEndsTheServerSoonAndWhatItOnlyCountedIsWritten(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            for (int i = 0; i < 3; i++) {
                assertThat(server.send("POST", "/api/login", "", """
                        {"email": "nobody@example.com", "password": "wrong password"}
                        """).statusCode())
                        .isEqualTo(401);
            }

            Instant told = Instant.now();
            server.stop();
            int exit = server.awaitExit();

            assertThat(exit).isIn(0, 143);
            TimeLimit.assertKept(Duration.ofSeconds(10), Duration.between(told, Instant.now()));
            assertThat(server.err()).isEmpty();
            assertThat(server.out()).doesNotContain("Exception", "ERROR");
        }
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT target, details FROM audit_events WHERE action = 'AccessDenied'")) {
            int times = 0; // in two rows, if some were due to be written before
            while (rows.next()) {
                assertThat(rows.getString(1)).isEqualTo("login");
                times += new ObjectMapper()
                        .readTree(rows.getString(2))
                        .path("times")
                        .asInt();
            }
            assertThat(times).isEqualTo(3);
        }
    }

    @Test
    void aRequestThatIsUnderWayComesToItsEnd(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            String body = "{\"email\": \"nobody@example.com\", \"password\": \"wrong password\"}";
            int port = server.awaitReady().getPort();
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(Eventually.MILLIS);
                var out = socket.getOutputStream();
                out.write(("POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body.substring(0, 10))
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                // The server has received it once it has answered a later request.
                assertThat(server.send("GET", "/readyz", "", "").statusCode()).isEqualTo(200);
                server.stop();
                server.await("stopping", () -> status(server) == 503);

                out.write(body.substring(10).getBytes(StandardCharsets.UTF_8));
                out.flush();

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 401 ");
            }
            assertThat(server.awaitExit()).isIn(0, 143);
        }
    }

    /// Neither an open nor a closed socket counts as a request in progress.
    @Test
    void openSocketsDoNotHoldTheServer(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            URI address = URI.create(server.awaitReady().toString().replaceFirst("^http", "ws") + "/api/console");
            String token = Files.readString(data.resolve("run/console.token")).strip();
            var builder = HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + token);
            builder.buildAsync(address, new WebSocket.Listener() {}).join().abort();
            builder.buildAsync(address, new WebSocket.Listener() {}).join();

            Instant told = Instant.now();
            server.stop();

            assertThat(server.awaitExit()).isIn(0, 143);
            TimeLimit.assertKept(Duration.ofSeconds(8), Duration.between(told, Instant.now()));
            assertThat(server.out()).doesNotContain("ERROR");
        }
    }

    private static int status(ServerProcess server) {
        try {
            return server.send("GET", "/readyz", "", "").statusCode();
        } catch (IOException _) {
            return 0;
        }
    }

    /// Quarkus waits for requests in progress, and would count each socket ever opened as one.
    @Test
    void openSocketsDoNotDelayTheEnd(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            URI address = server.awaitReady();
            String owner = sessionToken(server.send("POST", "/api/register", "", """
                    {"email": "omar@people.example", "username": "omar", "password": "a quiet harbour"}
                    """));
            JsonNode project =
                    data(server.send("POST", "/api/projects", owner, """
                    {"name": "Atlas", "sub_clients_enabled": true}
                    """)).path("project");
            JsonNode workspace = data(server.send(
                            "POST", "/api/projects/" + project.path("id").asText() + "/sub-clients", owner, """
                    {"name": "Sales"}
                    """))
                    .path("subClient");
            String shortPath = workspace.path("short_id").asText() + "-"
                    + workspace.path("pathname").asText();
            String member = sessionToken(server.send("POST", "/api/sub-client/register", "", """
                    {"shortPath": "%s", "username": "amira", "email": "amira@people.example",
                     "password": "a quiet harbour"}
                    """.formatted(shortPath)));
            var http = HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + member);
            URI chat = URI.create(address.toString().replaceFirst("^http", "ws") + "/s/" + shortPath + "/chat/ws");
            var quiet = new WebSocket.Listener() {};
            WebSocket closed = http.buildAsync(chat, quiet).join();
            closed.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            WebSocket open = http.buildAsync(chat, quiet).join();

            Instant told = Instant.now();
            server.stop();
            int exit = server.awaitExit();

            assertThat(exit).isIn(0, 143);
            TimeLimit.assertKept(Duration.ofSeconds(8), Duration.between(told, Instant.now()));
            assertThat(server.err()).isEmpty();
            assertThat(server.out()).doesNotContain("Exception", "ERROR");
            open.abort();
        }
    }

    private static JsonNode data(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new ObjectMapper().readTree(answer.body()).path("data");
    }

    private static String sessionToken(HttpResponse<String> answer) throws IOException {
        return data(answer).path("session").path("token").asText();
    }
}
