package dev.banyan.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client accepts never turns an answer of the API into something else than JSON.
@QuarkusTest
class JsonRecordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "text/plain", "application/xml", "*/*", "application/json"})
    void failuresAreJson(String accept) {
        var answer = TestClient.anonymous().with("Accept", accept).post("/api/login", Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.error()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png"})
    void documentsAreJson(String accept) {
        var answer = TestClient.anonymous().with("Accept", accept).get("/api/sub-clients/lookup?shortPath=none-such");

        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.json().isObject()).isTrue();
    }
}
