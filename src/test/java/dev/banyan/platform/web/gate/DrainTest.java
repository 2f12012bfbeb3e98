package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// A stop waits for what is held here: nothing may be left of a request, however it ends.
@QuarkusTest
class DrainTest {

    @Inject
    Drain drain;

    @Test
    void nothingIsLeftOfARequestHoweverItEnds() {
        TestClient anybody = TestClient.anonymous();
        assertThat(anybody.get("/login").status()).isEqualTo(200);
        assertThat(anybody.get("/ui/banyan.css").status()).isEqualTo(200);
        assertThat(anybody.get("/openapi.json").status()).isEqualTo(200);
        assertThat(anybody.get("/api/me").status()).isEqualTo(401);
        assertThat(anybody.get("/nothing/is/here").status()).isEqualTo(404);
        assertThat(anybody.get("/l/nothing-is-here").status()).isEqualTo(404);
        assertThat(anybody.get("/admin").status()).isEqualTo(303);
        assertThat(anybody.delete("/api/login").status()).isEqualTo(405);
        assertThat(anybody.post("/api/login", Map.of("email", List.of("no text")))
                        .status())
                .isEqualTo(400);
        assertThat(Eventually.until(drain::underWay, held -> held == 0)).isZero();
    }
}
