package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./banyan setup-link`: what it shows opens, from start to start, until someone has used it.
class SetupLinkCommandTest {

    private static final Map<String, String> ELSEWHERE = Map.of("BANYAN_BASE_URL", "https://links.example.com");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Test
    void theLinkIsShownAgainUntilItIsUsed() {
        String link;
        try (var server = ServerProcess.serveNew(data)) {
            URI uri = server.awaitReady();
            List<String> told = told(0, Map.of()).lines().toList();
            link = told.getFirst();
            assertThat(server.out()).contains("This server is not set up yet. Open " + link);
            assertThat(told.getLast()).isEqualTo("  ssh -L %1$d:127.0.0.1:%1$d USER@SERVER".formatted(uri.getPort()));
        }
        String path = link.substring(link.indexOf("/setup"));
        assertThat(told(0, ELSEWHERE)).isEqualTo("https://links.example.com" + path + "\n");
        try (var server = ServerProcess.serveNew(data)) {
            URI uri = server.awaitReady();
            TestClient visitor = TestClient.at(uri);
            assertThat(visitor.get(path).status()).isEqualTo(200);
            var setup = Map.of(
                    "token", path.substring(path.indexOf('=') + 1),
                    "displayName", "Admin", // whose username would be reserved
                    "email", "maya@creative.example",
                    "password", "correct horse battery");
            assertThat(visitor.form("/setup", setup).status()).isEqualTo(303);
            var signIn = Map.of("emailOrUsername", "admin-1", "password", "correct horse battery");
            assertThat(visitor.post("/api/login", signIn).status()).isEqualTo(200);
            assertThat(visitor.get(path).status()).isEqualTo(404);
            assertThat(told(1, ELSEWHERE))
                    .isEqualTo("banyan: This server is set up already. Sign in at https://links.example.com\n");
            assertThat(told(1, Map.of())).isEqualTo("banyan: This server is set up already. Sign in at " + uri + "\n");
        }
    }

    @Test
    void aFolderWithoutAServerHasNone() {
        assertThat(told(1, Map.of())).startsWith("banyan: There is no database " + data.resolve("banyan.db"));
    }

    private String told(int exit, Map<String, String> environment) {
        try (var command = ServerProcess.start(environment, "setup-link", "--data", data.toString())) {
            assertThat(command.awaitExit()).as(command.out() + command.err()).isEqualTo(exit);
            return command.out() + command.err();
        }
    }
}
