package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The number of short links per tier (LinkToMe contract 2.7 and 3.1), and the errors beyond it.
@QuarkusTest
class TierLimitsTest {

    private final TestWorld world;

    TierLimitsTest(TestWorld world) {
        this.world = world;
    }

    private Answer add(int many) {
        List<Map<String, String>> steps = IntStream.range(0, many)
                .mapToObj(_ -> Map.of("operation", "add", "targetUrl", "https://a.example"))
                .toList();
        return TestClient.of(world.acme()).put("/api/admin/updateShortLinks", Map.of("shortLinks", steps));
    }

    @ParameterizedTest
    @CsvSource({"PRO,Pro,5", "PREMIUM,Premium,20"})
    void eachTierHasItsLimit(Tier tier, String label, int limit) {
        world.tier(world.acme(), tier);
        assertThat(add(limit).status()).isEqualTo(200);
        Answer more = add(1);
        assertThat(more.status()).isEqualTo(403);
        assertThat(more.error()).contains("The " + label + " plan allows " + limit + " short links");
        assertThat(more.json().path("currentCount").asLong()).isEqualTo(limit);
        assertThat(more.json().path("limit").asLong()).isEqualTo(limit);
        assertThat(TestClient.keys(more.json())).containsExactly("error", "currentCount", "limit");
    }

    /// The preview says what the import does; what is left can be imported after an upgrade.
    @Test
    void anImportEndsWhereThePlanDoes() {
        world.tier(world.acme(), Tier.PRO);
        add(2);
        TestClient acme = TestClient.of(world.acme()).onPagesOf(world.acme());
        String csv = "target\n" + "https://a.example\n".repeat(5);
        String path = "/admin/short-links/import";
        assertThat(acme.form(path, "csv", csv).text())
                .contains("3 short links can be created, 2 can’t.", "Your plan has no room for it.");

        Answer done = acme.form(path, "csv", csv, "confirmed", "yes");
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        assertThat(acme.get(done.location()).text())
                .contains("Short links created. Lines with errors were skipped.", "5 of 5");
        assertThat(acme.get(path + "/errors.csv").text().lines()).hasSize(3);

        Answer none = acme.form(path, "csv", csv, "confirmed", "yes");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text()).contains("No short links were created.");
    }

    @ParameterizedTest
    @CsvSource("FREE")
    void aTierWithoutShortLinksSaysWhatItTakes(Tier tier) {
        world.tier(world.acme(), tier);
        Answer refused = add(1);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(TestClient.keys(refused.json()))
                .containsExactly("error", "upgradeRequired", "currentTier", "feature");
        assertThat(refused.json().path("currentTier").asText()).isEqualTo(tier.key());
        assertThat(refused.json().path("feature").asText()).isEqualTo("shortLinks");
    }

    @ParameterizedTest
    @CsvSource("ENTERPRISE,41")
    void withoutALimitThereIsNone(Tier tier, int many) {
        world.tier(world.acme(), tier);
        for (int left = many; left > 0; left -= 20) {
            assertThat(add(Math.min(20, left)).status()).isEqualTo(200);
        }
        assertThat(TestClient.of(world.acme())
                        .get("/api/admin/getShortLinks")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(many);
    }
}
