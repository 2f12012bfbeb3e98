package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// `audit verify` as used by an operator: in a separate process, with and without a running server.
class AuditCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeEach
    void namePlaces() {
        data = folder.resolve("data");
    }

    /// The server writes during each verification.
    @Test
    void aServerThatWritesIsVerified() throws Exception {
        try (var server = ServerProcess.serve(data)) {
            register(server, "amira-nasser");
            var done = new AtomicBoolean();
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; !done.get(); i++) {
                    register(server, "writer" + i);
                }
            });
            server.await("sealing", () -> verified(data).contains("✅ amira-nasser: rows: 1,"));
            String told = verified(data);
            done.set(true);
            writer.join();

            assertThat(told).contains("✅ this server: rows: ", "No changes found. Chains: ");
        }
        changeByHand("UPDATE audit_events SET ip = '192.0.2.99' WHERE sequence = 1 AND tenant_id ="
                + " (SELECT id FROM accounts WHERE username = 'amira-nasser')");
        try (var command = verify(data)) {
            assertThat(command.awaitExit()).as(command.err()).isEqualTo(1);
            assertThat(command.out())
                    .contains(
                            "❌ amira-nasser: broken at row 1 of its chain: the row ", "(AccountRegistered) was changed")
                    .contains("✅ this server")
                    .contains("Broken chains: 1 of ");
        }
    }

    @Test
    void postgresIsVerifiedAndNothingIsChanged() throws Exception {
        Map<String, String> environment =
                Map.of("BANYAN_DATABASE_URL", TestDatabases.ownedPostgresUrl(), "BANYAN_RATE_LIMITS", "off");
        String[] look = {"audit", "verify", "--data", data.toString()};
        try (var server = ServerProcess.start(environment, "serve", "--port=0", "--data", data.toString())) {
            register(server, "amira-nasser");
            server.await("sealing", () -> {
                try (var command = ServerProcess.start(environment, look)) {
                    assertThat(command.awaitExit()).as(command.err()).isZero();
                    return command.out().contains("✅ amira-nasser: rows: 1, waiting to be sealed: 0");
                }
            });
        }
    }

    @Test
    void whatCannotBeVerifiedIsSaidInOneLine() throws IOException {
        assertRefused(verify(data), 1, "There is no database " + data.resolve("banyan.db"));
        assertThat(data).doesNotExist();

        Files.createDirectories(data);
        Files.writeString(data.resolve("banyan.db"), "This is no database. ".repeat(500));
        assertRefused(verify(data), 1, "cannot be opened");
    }

    @Test
    void wrongWordsAreUsage() {
        assertRefused(ServerProcess.start(Map.of(), "audit"), 2, "audit needs a TASK (verify)");
        assertRefused(ServerProcess.start(Map.of(), "audit", "erase"), 2, "unknown task “erase”");
    }

    private static void assertRefused(ServerProcess command, int exit, String told) {
        try (command) {
            assertThat(command.awaitExit()).as(command.out()).isEqualTo(exit);
            assertThat(command.err()).startsWith("banyan: ").contains(told).hasLineCount(1);
        }
    }

    private static String verified(Path data) {
        try (var command = verify(data)) {
            assertThat(command.awaitExit()).as(command.out() + command.err()).isZero();
            assertThat(command.err()).isEmpty();
            return command.out();
        }
    }

    private static ServerProcess verify(Path data) {
        return ServerProcess.start(Map.of(), "audit", "verify", "--data", data.toString());
    }

    private static void register(ServerProcess server, String username) {
        try {
            var answer = server.send("POST", "/api/register", "", """
                    {"email":"%s@people.example","username":"%s","password":"correct horse battery"}""".formatted(username, username));
            assertThat(answer.statusCode()).isEqualTo(201);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void changeByHand(String sql) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
