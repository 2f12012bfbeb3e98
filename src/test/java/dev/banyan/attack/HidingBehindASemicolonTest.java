package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text after a semicolon in a path is a parameter for resources, but part of the name for every rule on paths: such
/// addresses could bypass limits and guards.
@QuarkusTest
class HidingBehindASemicolonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/GetPages;a=1",
                "/api/admin;a=1/GetPages",
                "/api;x/me",
                "/;/api/me",
                "/api/me;",
                "/api/me%3B",
                "/api/me%3ba=1",
                "/metrics;x",
                "/healthz;x",
                "/openapi.json;x",
                "/maya;x",
                "/l/summer;x",
                "/v1;x/GetLinks",
                "/ui/banyan.css;x",
                "http://localhost/api;x/me",
            })
    void suchAPathIsRefused(String path) {
        for (String method : new String[] {"GET", "POST", "HEAD", "OPTIONS"}) {
            String answer = RawConnection.send(method + " " + path + " HTTP/1.1\nHost: localhost\n\n");
            assertThat(RawConnection.status(answer)).as(method + " " + answer).isEqualTo(400);
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .contains("connection: close", "cache-control: no-store", "x-content-type-options: nosniff");
        }
    }

    @Test
    void inAQueryItIsALetterLikeOthers() {
        for (String query : new String[] {"?a=1;b=2", "?next=%3B", "?x;y"}) {
            assertThat(RawConnection.status(RawConnection.send(
                            "GET /healthz" + query + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")))
                    .isEqualTo(200);
        }
    }
}
