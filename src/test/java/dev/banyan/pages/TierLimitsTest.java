package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Bodies;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tier table (LinkToMe contract 3.1) in the API: each limit can be reached, and one more is refused with upgrade
/// data; each feature is available from its tier on. Pages and links have their own tests.
@QuarkusTest
class TierLimitsTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String page = "";

    @BeforeEach
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        page = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"))
                .json()
                .at("/page/id")
                .asText();
    }

    private Answer groups(int from, int until) {
        List<Map<String, String>> steps = IntStream.range(from, until)
                .mapToObj(i -> Map.of("operation", "add", "title", "G" + i))
                .toList();
        return acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("groups", steps));
    }

    @ParameterizedTest
    @CsvSource({"FREE,Free,2", "PRO,Pro,10", "PREMIUM,Premium,25"})
    void groupsOfATier(Tier tier, String label, int limit) {
        world.tier(world.acme(), tier);
        assertThat(groups(0, limit).status()).isEqualTo(200);
        Answer more = groups(limit, limit + 1);
        assertThat(more.status()).isEqualTo(403);
        assertThat(more.text())
                .isEqualTo("{\"error\":\"Link group limit exceeded. The " + label + " plan allows " + limit
                        + " link groups\",\"currentCount\":" + limit + ",\"limit\":" + limit
                        + ",\"upgradeRequired\":true,\"currentTier\":\"" + tier.key() + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"ENTERPRISE,40"})
    void groupsWithoutALimit(Tier tier, int many) {
        world.tier(world.acme(), tier);
        assertThat(groups(0, many).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customLayouts  | layout       | featured                        | PRO
            customLayouts  | layout       | thumbnail-left                  | PRO
            customLayouts  | layout       | thumbnail-right                 | PRO
            linkAnimations | animation    | shake                           | PRO
            linkAnimations | animation    | pulse                           | PRO
            linkAnimations | animation    | bounce                          | PRO
            linkAnimations | animation    | glow                            | PRO
            linkScheduling | schedule     | {"enabled":true}                | PRO
            linkLocking    | lock         | {"enabled":true,"type":"age"}   | PRO
            """)
    void featuresOfLinks(String feature, String field, String value, Tier first) {
        JsonNode step = Bodies.with(
                "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example\"}", field, Bodies.value(value));
        for (Tier tier : Tier.values()) {
            world.tier(world.acme(), tier);
            Answer answer = acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("links", List.of(step)));
            if (tier.compareTo(first) >= 0) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            } else {
                assertRefused(answer, tier, first);
                assertThat(answer.json().path("feature").asText()).isEqualTo(feature);
            }
        }
    }

    private static void assertRefused(Answer answer, Tier tier, Tier first) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.error()).contains(first.label() + " plan");
        assertThat(answer.json().path("upgradeRequired").asBoolean()).isTrue();
        assertThat(answer.json().path("currentTier").asText()).isEqualTo(tier.key());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            theme                     | agate      | PRO
            theme                     | astrid     | PRO
            theme                     | aura       | PRO
            theme                     | bloom      | PRO
            theme                     | breeze     | PRO
            theme                     | honeycomb  | PRO
            theme                     | air        | FREE
            theme                     | blocks     | FREE
            theme                     | lake       | FREE
            theme                     | mineral    | FREE
            theme                     | custom     | FREE
            header.profileImageLayout | hero       | PRO
            header.titleStyle         | logo       | PRO
            text.titleSize            | large      | PRO
            text.titleFont            | playfair   | FREE
            text.bodyFont             | raleway    | FREE
            hideFooter                | true       | PRO
            fontFamily                | space-mono | PRO
            fontFamily                | playfair   | PRO
            fontFamily                | oswald     | PRO
            fontFamily                | montserrat | PRO
            fontFamily                | raleway    | PRO
            fontFamily                | dm-sans    | PRO
            fontFamily                | inter      | FREE
            fontFamily                | poppins    | FREE
            fontFamily                | roboto     | FREE
            fontFamily                | lato       | FREE
            wallpaper.type            | pattern    | FREE
            wallpaper.type            | blur       | FREE
            wallpaper.type            | image      | PREMIUM
            wallpaper.type            | video      | PREMIUM
            """)
    void featuresOfLooks(String field, String value, Tier first) {
        var lower = new ArrayList<Tier>();
        for (Tier tier : Tier.values()) {
            world.tier(world.acme(), tier);
            Answer answer = acme.put(
                    "/api/admin/UpdateAppearance?pageId=" + page, Bodies.with("{}", field, Bodies.value(value)));
            if (answer.status() != 200) {
                assertRefused(answer, tier, first);
                lower.add(tier);
            }
        }
        assertThat(lower).isEqualTo(List.of(Tier.values()).subList(0, first.ordinal()));
    }
}
