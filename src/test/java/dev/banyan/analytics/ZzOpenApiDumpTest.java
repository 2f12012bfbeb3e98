package dev.banyan.analytics;

import module java.base;
import dev.banyan.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ZzOpenApiDumpTest {

    @Test
    void dump() throws IOException {
        Files.writeString(
                Path.of("/tmp/acc/openapi.json"),
                TestClient.anonymous().get("/openapi.json").text());
    }
}
