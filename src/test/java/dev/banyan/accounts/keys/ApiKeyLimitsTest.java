package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The number of keys per tier (LinkToMe contract 3.1), and the rate limits shown for them.
@QuarkusTest
class ApiKeyLimitsTest {

    private final TestWorld world;

    ApiKeyLimitsTest(TestWorld world) {
        this.world = world;
    }

    private Answer create(int number) {
        return TestClient.of(world.solo())
                .post(
                        "/api/admin/apikeyscreate",
                        Map.of("name", "Key " + number, "permissions", List.of("read:pages")));
    }

    @ParameterizedTest
    @CsvSource({"PRO,3,60,10000", "PREMIUM,10,120,50000"})
    void eachTierHasItsLimit(Tier tier, int limit, int perMinute, int perDay) {
        world.tier(world.solo(), tier);
        for (int i = 0; i < limit; i++) {
            assertThat(create(i).status()).isEqualTo(201);
        }
        Answer more = create(limit);
        assertThat(more.status()).isEqualTo(403);
        assertThat(more.text())
                .isEqualTo("{\"error\":\"API key limit reached (" + limit
                        + "). Delete a key or upgrade.\",\"currentCount\":" + limit + ",\"limit\":" + limit + "}");
        assertRates(perMinute, perDay);
    }

    @ParameterizedTest
    @CsvSource("ENTERPRISE,12,300,-1")
    void withoutALimitThereIsNone(Tier tier, int many, int perMinute, int perDay) {
        world.tier(world.solo(), tier);
        for (int i = 0; i < many; i++) {
            assertThat(create(i).status()).isEqualTo(201);
        }
        assertRates(perMinute, perDay);
    }

    @ParameterizedTest
    @CsvSource("FREE")
    void aTierWithoutProgramsHasNoKeys(Tier tier) {
        world.tier(world.solo(), tier);
        assertThat(create(0).status()).isEqualTo(403);
    }

    private void assertRates(int perMinute, int perDay) {
        JsonNode rates =
                TestClient.of(world.solo()).get("/api/admin/apikeyslist").json().path("rateLimits");
        assertThat(rates.path("requestsPerMinute").asInt()).isEqualTo(perMinute);
        assertThat(rates.path("requestsPerDay").asInt()).isEqualTo(perDay);
    }
}
