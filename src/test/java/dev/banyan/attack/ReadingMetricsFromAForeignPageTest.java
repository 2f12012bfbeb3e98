package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DNS rebinding: a page of `evil.example` sends requests to its own host name, which resolves to 127.0.0.1. The
/// browser then connects from loopback, and treats the response as the page's own.
@QuarkusTest
class ReadingMetricsFromAForeignPageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1",
                "128.0.0.1",
                "[2001:db8::1]",
                "[::2]:80",
                "1"
            })
    void aForeignNameNeedsTheToken(String host) {
        String answer = RawConnection.send("GET /metrics HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
        assertThat(RawConnection.status(answer)).isEqualTo(401);
        assertThat(answer).doesNotContain("jvm_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "127.8.8.8", "[::1]", "[::1]:80"})
    void ourOwnNamesDoNot(String host) {
        String answer = RawConnection.send("GET /metrics HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
        assertThat(RawConnection.status(answer)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080"})
    void norDoesTheConsoleOpenForIt(String host) {
        String answer = RawConnection.send("GET /api/console HTTP/1.1\nHost: " + host
                + "\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\nGET / HTTP/1.1\n\n");
        assertThat(RawConnection.status(answer)).isEqualTo(403);
    }
}
