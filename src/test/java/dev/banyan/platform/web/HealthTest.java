package dev.banyan.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.RawConnection;
import dev.banyan.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest {

    private static final TestClient ANYBODY = TestClient.anonymous();

    @Test
    void theProcessAnswers() {
        var answer = ANYBODY.get("/healthz");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("ok\nBanyan (unpackaged)\n");
    }

    @Test
    void theServerIsReady() {
        var answer = ANYBODY.get("/readyz");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("ready\n");
        assertThat(ANYBODY.head("/readyz").status()).isEqualTo(200);
    }

    @Test
    void metricsAreOpenOnTheMachineItself() {
        ANYBODY.get("/healthz");
        var answer = ANYBODY.get("/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("# TYPE", "jvm_", "http_server_requests");
    }

    @Test
    void metricsAreClosedBehindAProxy() {
        for (String path : List.of("/metrics", "/metrics/", "/metrics?x=1")) {
            var answer = ANYBODY.with("X-Forwarded-For", "127.0.0.1").get(path);
            assertThat(answer.status()).as(path).isIn(401, 404);
            assertThat(answer.text()).as(path).doesNotContain("jvm_");
        }
        for (String path : List.of(
                "//metrics", "/%6Detrics", "/./metrics", "/x/../metrics", "/METRICS", "/metrics%2f", "/metrics;x")) {
            String answer = RawConnection.send(
                    "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\nX-Forwarded-For: 203.0.113.7\n\n");
            assertThat(answer).as(path).doesNotContain("jvm_");
        }
        for (String token : List.of("Bearer ", "Bearer x", "Bearer null", "null")) {
            assertThat(ANYBODY.with("X-Forwarded-For", "203.0.113.7")
                            .with("Authorization", token)
                            .get("/metrics")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatIsAcceptedMakesNoDifference() {
        for (String type : List.of("application/json", "text/html", "image/png", "*/*;q=0", "nonsense", "")) {
            TestClient client = ANYBODY.with("Accept", type);
            for (String path : List.of("/healthz", "/readyz", "/metrics")) {
                var answer = client.get(path);
                assertThat(answer.status()).as(path + " as " + type).isEqualTo(200);
                assertThat(answer.contentType())
                        .as(path + " as " + type)
                        .matches("(text/plain|application/openmetrics-text)\\b.*");
            }
        }
    }

    @Test
    void errorsCarryThePoliciesAndStayOutOfCaches() {
        for (String method : List.of("TRACE", "CONNECT", "OPTIONS", "PROPFIND", "DELETE", "get")) {
            for (String path : List.of("/healthz", "/api/me", "/metrics", "/login", "/a/b/c/d")) {
                String answer =
                        RawConnection.send(method + " " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
                int status = RawConnection.status(answer);
                assertThat(status).as(method + " " + path + ": " + answer).isBetween(200, 499);
                if (status >= 400) {
                    assertThat(answer.toLowerCase(Locale.ROOT))
                            .as(method + " " + path)
                            .contains("x-content-type-options: nosniff", "content-security-policy: default-src 'none'")
                            .containsPattern("cache-control: [a-z, ]*no-store");
                }
            }
        }
    }

    @Test
    void namesThatBeginLikeItAreNotMeant() {
        assertThat(ANYBODY.with("X-Forwarded-For", "203.0.113.7")
                        .get("/metricsfan")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyAnswerCarriesARequestIdAndThePolicies() {
        for (String path : List.of("/healthz", "/login", "/api/me", "/nobody-has-this-name", "/a/b/c/d")) {
            var answer = ANYBODY.get(path);
            assertThat(answer.header("X-Request-Id").orElse("")).as(path).matches("[0-9a-f]{16}");
            assertThat(answer.header("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'none'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(answer.headers().map()).as(path).doesNotContainKeys("server", "x-powered-by");
        }
    }
}
