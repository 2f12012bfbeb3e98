package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A proxy may route a request by the first `Host`, and the server by the second.
@QuarkusTest
class SendingTwoHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\nHost: evil.example",
                "Host: localhost\nHost: localhost",
                "Host: localhost\nX: y\nhost: localhost",
                "Host: localhost, evil.example",
                "Host: evil.example/@localhost",
                "Host: user@localhost",
                "Host: local host",
                "Host:",
                "Host : localhost",
                "X: y",
            })
    void isRefused(String headers) {
        for (String path : new String[] {"/healthz", "/api/me", "/login", "/unknown-name", "/l/summer"}) {
            String answer = RawConnection.send("GET " + path + " HTTP/1.1\n" + headers + "\n\n");
            assertThat(RawConnection.status(answer)).as(path + ": " + answer).isEqualTo(400);
            assertThat(answer).containsIgnoringCase("connection: close");
        }
    }

    @Test
    void http10NeedsNone() {
        assertThat(RawConnection.send("GET /healthz HTTP/1.0\n\n")).contains("\r\n\r\nok\n");
        assertThat(RawConnection.status(RawConnection.send("GET /healthz HTTP/1.0\nHost: a\nHost: b\n\n")))
                .isEqualTo(400);
    }

    @Test
    void oneIsFine() {
        for (String host : new String[] {"localhost", "127.0.0.1:8080", "[::1]:8080", "Links_1.Example-2.com"}) {
            assertThat(RawConnection.send("GET /healthz HTTP/1.1\nHost: " + host + "\nConnection: close\n\n"))
                    .contains("\r\n\r\nok\n");
        }
    }
}
