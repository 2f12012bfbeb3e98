package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// HTTP/2 would bypass all checks of HTTP/1.1 connections, and browsers use it with TLS only.
@QuarkusTest
class SpeakingHttp2InTheClearTest {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";

    @Test
    void aClientThatBeginsWithItIsRefused() {
        String answer = RawConnection.sendAsItIs(PREFACE + SETTINGS);
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(505);
        assertThat(answer).doesNotContain("\0\0");
    }

    @Test
    void endlessContinuationFramesAreNotRead() {
        String headers = "\0\0\0\1\0\0\0\0\1";
        String continuation = "\0\0\0\11\0\0\0\0\1";
        String answer = RawConnection.sendAsItIs(PREFACE + SETTINGS + headers + continuation.repeat(10_000));
        assertThat(RawConnection.status(answer)).isIn(0, 505);
    }

    @Test
    void aClientThatAsksForItGoesOnWithHttp1() {
        String answer =
                RawConnection.send("GET /healthz HTTP/1.1\nHost: localhost\nConnection: Upgrade, HTTP2-Settings\n"
                        + "Upgrade: h2c\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\n\n"
                        + "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertThat(answer).doesNotContain("101 ").startsWith("HTTP/1.1 200 ").contains("\r\n\r\nok\n");
    }
}
