package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A proxy and the server behind it must agree on the end of a request; otherwise a body for one of them could be
/// another visitor's request for the other. Ambiguous requests are refused, and the connection is closed.
@QuarkusTest
class SmugglingASecondRequestTest {

    private static final String SECOND = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, xchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "Transfer-Encoding: chunked;x=1",
                "Transfer-Encoding:\r\n chunked, identity",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5, 5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5a",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Content-Length : 5",
                "Content-Length\t: 5",
                "Content Length: 5",
                "X: a\rContent-Length: 5",
                "X: a\u0000b",
                "X\u0000: b",
                "no colon at all",
                ": no name",
            })
    void aBodyWhoseLengthIsInDoubtIsRefused(String headers) {
        assertRefused("POST /api/login HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n0\r\n\r\n" + SECOND);
        assertRefused("GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n0\r\n\r\n" + SECOND);
    }

    @Test
    void aFirstHeaderThatContinuesNothingIsRefused() {
        assertRefused("POST /api/login HTTP/1.1\r\n Host: localhost\r\nContent-Length: 0\r\n\r\n" + SECOND);
    }

    @Test
    void chunksInTheWordsOfAnOlderProtocolAreRefused() {
        assertRefused(
                "POST /api/login HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\n\r\n",
                "-1\r\n\r\n",
                "0x1\r\na\r\n0\r\n\r\n",
                "+1\r\na\r\n0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n",
                "1 1\r\na\r\n0\r\n\r\n",
                "ffffffffffffffff1\r\na\r\n0\r\n\r\n",
                "1\na\n0\n\n",
                "1;a=\"\r\nb\r\n0\r\n\r\n",
                "\r\n\r\n"
            })
    void chunksThatAreNoneEndTheConnection(String chunks) {
        String answer = RawConnection.sendAsItIs(
                "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SECOND);
        assertThat(answer).doesNotContain("\r\n\r\nok\n");
    }

    @Test
    void whatTheyLookLikeIsStillUnderstood() {
        for (String good : List.of(
                "Content-Length: 0\r\n\r\n",
                "Content-Length: 000\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding:Chunked\r\n\r\n0\r\n\r\n")) {
            String answer = RawConnection.sendAsItIs("POST /api/login HTTP/1.1\r\nHost: localhost\r\n" + good
                    + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(good).contains("\r\n\r\nok\n");
        }
    }

    private static void assertRefused(String requests) {
        String answer = RawConnection.sendAsItIs(requests);
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(400);
        assertThat(answer.split("HTTP/1\\.1 ", -1))
                .as("one answer only: " + answer)
                .hasSize(2);
        assertThat(answer).containsIgnoringCase("Connection: close");
    }
}
