package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.RawSocket;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sockets whose messages never end: each begins one and sends pieces of it, and no operation ever hears of them. They
/// are counted from the first piece; `SocketGuardTest` fills the room that all have together.
@QuarkusTest
class HoldingUnfinishedMessagesTest {

    /// As long as a message may be, nearly.
    private static final int PIECES = 60;

    private static final int PIECE = 1_000;
    private static final int SOCKETS = 20;

    @Inject
    TestWorld world;

    @Inject
    MeterRegistry registry;

    private RawSocket open() {
        return RawSocket.open(
                "/api/whatsapp/ws",
                Map.of(
                        "Cookie",
                        world.salesAdmin().cookie(),
                        "Origin",
                        TestServer.uri().toString()));
    }

    private double waiting() {
        return registry.get("banyan.sockets.waiting.bytes").gauge().value();
    }

    private static byte[] piece(int kind) {
        return RawSocket.frame(false, kind, "x".repeat(PIECE).getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.TEXT, RawSocket.BINARY})
    void whatHasComeOfAMessageIsCounted(int kind) {
        Eventually.until(this::waiting, waiting -> waiting == 0);
        var sockets = new ArrayList<RawSocket>();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                RawSocket socket = open();
                sockets.add(socket);
                socket.write(piece(kind));
                for (int more = 1; more < PIECES; more++) {
                    socket.write(piece(RawSocket.CONTINUATION));
                }
            }
            Eventually.until(this::waiting, waiting -> waiting >= SOCKETS * PIECES * PIECE);

            assertThat(TestClient.anonymous().get("/healthz").status()).isEqualTo(200);
            try (var other = open()) {
                other.say("{\"type\":\"ping\"}");
                assertThat(other.next().orElseThrow().text()).isEqualTo("{\"type\":\"pong\"}");
            }
        } finally {
            sockets.forEach(RawSocket::reset);
        }
        Eventually.until(this::waiting, waiting -> waiting == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.TEXT, RawSocket.BINARY})
    void oneMessageOfOneSocketEndsItWhenItGrowsTooLong(int kind) {
        try (var socket = open()) {
            socket.write(piece(kind));
            byte[] more = piece(RawSocket.CONTINUATION);
            for (int i = 0; i < 10_000 && socket.tryWrite(more); i++) {
                // until the server closes it
            }
            assertThat(socket.closeCode()).isIn(1009, 1006);
        }
        Eventually.until(this::waiting, waiting -> waiting == 0);
    }

    /// The end of it is a message as any other.
    @Test
    void aMessageInPiecesIsAnswered() {
        byte[] text = "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
        try (var socket = open()) {
            socket.write(RawSocket.frame(false, RawSocket.TEXT, Arrays.copyOf(text, 5)));
            socket.write(RawSocket.frame(true, RawSocket.CONTINUATION, Arrays.copyOfRange(text, 5, text.length)));
            assertThat(socket.next().orElseThrow().text()).isEqualTo("{\"type\":\"pong\"}");
        }
        Eventually.until(this::waiting, waiting -> waiting == 0);
    }
}
