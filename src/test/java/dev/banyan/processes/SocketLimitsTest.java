package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.RawSocket;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limits of sockets per address, on a server with rate limits.
class SocketLimitsTest {

    private static final String NUMBERS = "/api/whatsapp/ws";
    private static final String CHAT = "/s/x7M2-marketing/chat/ws";

    @Test
    void whoIsRefusedTooOftenIsNotCheckedAnyMore(@TempDir Path data) throws IOException {
        try (var server = ServerProcess.serve(data, Map.of("BANYAN_LIMIT_REFUSED_HANDSHAKES_BY_IP", "5/1h"))) {
            int port = server.awaitReady().getPort();
            for (int i = 0; i < 5; i++) {
                assertThat(knock(port)).isEqualTo(401);
            }
            assertThat(knock(port)).isEqualTo(429);
            assertThat(knock(port)).isEqualTo(429);
            var alive = server.send("GET", "/healthz", "", "");
            assertThat(alive.statusCode()).isEqualTo(200);
            assertThat(alive.body()).matches("ok\\nBanyan [0-9.]+( \\([0-9a-f]{10}(-modified)?\\))?\\n");
        }
    }

    @Test
    void oneUserHoldsSoManyAndNoMore(@TempDir Path data) throws IOException {
        try (var server = ServerProcess.serve(data, Map.of("BANYAN_SOCKETS_PER_USER", "3"))) {
            int port = server.awaitReady().getPort();
            var registered = server.send("POST", "/api/register", "", """
                    {"email": "amira@example.com", "username": "amira", "password": "correct horse battery"}""");
            String session = TestClient.JSON
                    .readTree(registered.body())
                    .at("/data/session/token")
                    .asText();
            var bearer = Map.of("Authorization", "Bearer " + session);
            var open = new ArrayList<RawSocket>();
            try {
                for (int i = 0; i < 3; i++) {
                    var socket = RawSocket.connect(port, 0);
                    open.add(socket);
                    assertThat(socket.shake(NUMBERS, bearer)).isEqualTo(101);
                }
                for (String path : List.of(NUMBERS, "/api/whatsapp/events", "/admin/pools/live")) {
                    try (var oneTooMany = RawSocket.connect(port, 0)) {
                        assertThat(oneTooMany.shake(path, bearer)).as(path).isEqualTo(429);
                    }
                }
                open.removeFirst().close();
                open.add(Eventually.until(() -> again(port, bearer), Optional::isPresent)
                        .orElseThrow());
            } finally {
                open.forEach(RawSocket::close);
            }
        }
    }

    private static Optional<RawSocket> again(int port, Map<String, String> bearer) {
        var socket = RawSocket.connect(port, 0);
        if (socket.shake(NUMBERS, bearer) == 101) {
            return Optional.of(socket);
        }
        socket.close();
        return Optional.empty();
    }

    @Test
    void theConsoleHoldsSoManyAndNoMore(@TempDir Path data) throws IOException {
        try (var server = ServerProcess.serve(data, Map.of("BANYAN_SOCKETS_PER_USER", "2"))) {
            int port = server.awaitReady().getPort();
            String token = Files.readString(data.resolve("run/console.token")).strip();
            var bearer = Map.of("Authorization", "Bearer " + token);
            try (var first = RawSocket.connect(port, 0);
                    var second = RawSocket.connect(port, 0);
                    var third = RawSocket.connect(port, 0)) {
                assertThat(first.shake("/api/console", bearer)).isEqualTo(101);
                assertThat(second.shake("/api/console", bearer)).isEqualTo(101);
                assertThat(third.shake("/api/console", bearer)).isEqualTo(429);
            }
        }
    }

    private static int knock(int port) {
        try (var socket = RawSocket.connect(port, 0)) {
            return socket.shake(CHAT, Map.of("Authorization", "Bearer nonsense"));
        }
    }
}
