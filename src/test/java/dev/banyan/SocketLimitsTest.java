package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one address may try at sockets, on a server whose limits are on.
class SocketLimitsTest {

    private static final String CHAT = "/s/x7M2-marketing/chat/ws";

    @Test
    void whoIsRefusedTooOftenIsNotCheckedAnyMore(@TempDir Path data) throws IOException {
        try (var server = ServerProcess.start(
                Map.of("BANYAN_LIMIT_REFUSED_HANDSHAKES_BY_IP", "5/1h"),
                "serve",
                "--port=0",
                "--data",
                data.toString())) {
            int port = server.awaitReady().getPort();
            for (int i = 0; i < 5; i++) {
                assertThat(knock(port)).isEqualTo(401);
            }
            assertThat(knock(port)).isEqualTo(429);
            assertThat(knock(port)).isEqualTo(429);
            assertThat(server.send("GET", "/healthz", "", "").statusCode()).isEqualTo(200);
        }
    }

    private static int knock(int port) {
        try (var socket = RawSocket.connect(port, 0)) {
            return socket.shake(CHAT, Map.of("Authorization", "Bearer nonsense"));
        }
    }
}
