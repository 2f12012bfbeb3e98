package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// `migrate-project` through a server that is killed in the middle, and again without one: nothing is missing or
/// duplicated.
class MoveKillTest {

    private static final int CONVERSATIONS = 150;

    @Test
    void whatWasCutOffGoesOnAndNothingComesTwice(@TempDir Path folder) throws IOException, SQLException {
        Path data = folder.resolve("data");
        Path from = folder.resolve("old/A1");
        for (int i = 0; i < CONVERSATIONS; i++) {
            Path one = Files.createDirectories(from.resolve("conv_" + (1000 + i)));
            Files.writeString(one.resolve("conversation.json"), """
                    {"metadata": {"convId": "c", "projectId": "A1", "createdAt": 1700000000000, "userId": "salesuser"},
                     "messages": [{"role": "user", "content": "Question %d"}, {"role": "assistant", "content": "Answer"}]}
                    """.formatted(i));
            Files.writeString(one.resolve("note.txt"), "The note of conversation " + i);
        }
        Path users = folder.resolve("users.csv");
        Files.writeString(
                users, "username,email,password_hash\nsalesuser,sales@example.com,$2b$10$" + "a".repeat(53) + "\n");
        var arguments = new String[] {
            "migrate-project",
            "--data",
            data.toString(),
            "--project",
            "Atlas",
            "--create",
            "Sales Team",
            "--users",
            users.toString(),
            "--from",
            from.toString()
        };

        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            String token = register(server);
            send(server, token, "/api/projects", "{\"name\": \"Atlas\", \"sub_clients_enabled\": true}");
            try (var command = ServerProcess.start(Map.of(), arguments)) {
                server.await("moving", () -> moved(data) > 10);
                server.kill();
                assertThat(command.awaitExit()).isEqualTo(1);
            }
        }
        int before = moved(data);
        assertThat(before).isBetween(11, CONVERSATIONS - 1);
        assertThat(number(data, "SELECT count(*) FROM conversations WHERE message_count <> 2"))
                .isZero();

        try (var command = ServerProcess.start(Map.of(), arguments)) {
            assertThat(command.awaitExit()).as(command.out() + command.err()).isZero();
            assertThat(command.out()).contains("already there " + before + ", refused 0");
        }
        try (var command = ServerProcess.start(Map.of(), arguments)) {
            assertThat(command.awaitExit()).as(command.out() + command.err()).isZero();
            assertThat(command.out()).contains("moved 0 with 0 messages, already there " + CONVERSATIONS);
        }
        assertThat(number(data, "SELECT count(*) FROM sub_clients")).isEqualTo(1);
        assertThat(number(data, "SELECT count(*) FROM sub_client_users")).isEqualTo(1);
        assertThat(number(data, "SELECT count(*) FROM conversations")).isEqualTo(CONVERSATIONS);
        assertThat(number(data, "SELECT count(*) FROM messages")).isEqualTo(CONVERSATIONS * 2);
        assertThat(number(data, "SELECT count(DISTINCT body) FROM messages WHERE role = 'user'"))
                .isEqualTo(CONVERSATIONS);
        assertThat(number(data, "SELECT count(*) FROM attachments WHERE message_id IS NOT NULL"))
                .isEqualTo(CONVERSATIONS);
        assertThat(number(data, "SELECT files FROM workspace_storage")).isEqualTo(CONVERSATIONS);
        try (var tree = Files.walk(data.resolve("files"))) {
            assertThat(tree.filter(Files::isRegularFile)).hasSize(CONVERSATIONS);
        }
    }

    private static String register(ServerProcess server) throws IOException {
        var answer = server.send("POST", "/api/register", "", """
                {"email": "maya@people.example", "username": "maya", "password": "correct horse battery"}
                """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestClient.parse(answer.body()).at("/data/session/token").asText();
    }

    private static JsonNode send(ServerProcess server, String token, String path, String json) throws IOException {
        var answer = server.send("POST", path, token, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestClient.parse(answer.body());
    }

    private static int moved(Path data) {
        try {
            return number(data, "SELECT count(*) FROM moved_items WHERE kind = 'conversation'");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static int number(Path data, String query) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            assertThat(found.next()).isTrue();
            return found.getInt(1);
        }
    }
}
