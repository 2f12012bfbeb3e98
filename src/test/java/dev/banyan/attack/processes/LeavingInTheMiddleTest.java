package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients hang up while they send a request, while it is answered and while the answer comes. Nothing has failed then,
/// so nobody can fill the log with it.
class LeavingInTheMiddleTest {

    private static final String BODY = "{\"email\": \"nobody@example.com\", \"password\": \"wrong password\"}";

    @Test
    void noStackTraceTellsOfClientsThatLeft(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            int port = server.awaitReady().getPort();
            TestClient client = TestClient.at(server.awaitReady());
            String session = client.post(
                            "/api/register",
                            Map.of("email", "owner@example.com", "username", "keeper", "password", "correct horse"))
                    .sessionToken();
            for (int i = 0; i < 20; i++) {
                leaveWherever(port, "POST", "/api/login", "");
                leaveWherever(port, "POST", "/login", "");
            }
            for (Route route : Routes.all()) {
                if (!route.path().contains("ogout")) {
                    String path = route.path().replaceAll("\\{[^/]+}", "x");
                    leaveWherever(port, route.verb(), path, "Authorization: Bearer " + session + "\r\n");
                    // Clients that wait for nothing are faster than any server: one that stops with thousands of
                    // requests in its queue has to leave some of them.
                    assertThat(client.get("/login").status()).isEqualTo(200);
                }
            }
            for (String path : List.of("/openapi.json", "/docs", "/login", "/ui/banyan.css")) {
                leaveInTheAnswer(port, path);
            }

            server.stop();
            assertThat(server.awaitExit()).isIn(0, 143);
            assertThat((server.out() + server.err()).lines())
                    .noneMatch(line -> line.contains("\tat ") || line.contains("ERROR") || line.contains("xception"));
        }
    }

    private static void leaveWherever(int port, String verb, String path, String header) throws IOException {
        for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
            String head =
                    verb + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "Content-Type: " + type + "\r\n";
            String whole = head + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
            leave(port, whole.substring(0, whole.length() - 10), true);
            leave(port, whole.substring(0, whole.length() - 10), false);
            leave(port, head + "Transfer-Encoding: chunked\r\n\r\n20\r\n{", true);
            leave(port, whole, true);
            leave(port, whole, false);
            leave(port, whole + whole.substring(0, whole.length() - 10), true);
            leave(port, whole + whole.substring(0, whole.length() - 10), false);
        }
    }

    /// @param reset as a program that dies does, instead of closing its connection
    private static void leave(int port, String sent, boolean reset) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoLinger(reset, 0);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void leaveInTheAnswer(int port, String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setReceiveBufferSize(4_096);
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }
}
