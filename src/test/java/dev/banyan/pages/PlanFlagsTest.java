package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Items beyond the plan are kept, flagged and not shown, and return with a larger plan.
@QuarkusTest
class PlanFlagsTest {

    @Inject
    Recorder recorder;

    @Inject
    TestWorld world;

    private TestClient solo = TestClient.anonymous();

    @BeforeEach
    void soloIsOnPro() {
        world.tier(world.solo(), Tier.PRO);
        solo = TestClient.of(world.solo());
    }

    @Test
    void theDefaultPageStaysAndTheNextOnesAreFlagged() {
        page("second");
        String home = page("home");
        solo.put("/api/admin/UpdatePage", Map.of("id", home, "isDefault", true));
        page("third");
        assertThat(flagged()).isEmpty();
        assertThat(visit("/second")).isEqualTo(200);

        world.tier(world.solo(), Tier.FREE);

        assertThat(flagged()).containsExactly("second", "third");
        assertThat(visit("")).isEqualTo(200);
        assertThat(visit("/home")).isEqualTo(200);
        assertThat(visit("/second")).isEqualTo(403);
        Answer hidden = TestClient.anonymous().get("/" + world.solo().username() + "/third");
        assertThat(hidden.text()).contains("This page isn’t available right now");
        assertThat(hidden.header("Cache-Control")).contains("no-store");
        assertThat(solo.get("/admin/pages").text()).contains("Over the limit");

        world.tier(world.solo(), Tier.PRO);
        assertThat(flagged()).isEmpty();
        assertThat(visit("/second")).isEqualTo(200);
        assertThat(visit("/third")).isEqualTo(200);
    }

    @Test
    void aFlaggedPageIsKeptAsItIsAndCanBeDeleted() {
        page("home");
        String second = page("second");
        world.tier(world.solo(), Tier.FREE);

        for (Answer refused : List.of(
                solo.put("/api/admin/UpdatePage", Map.of("id", second, "name", "Other")),
                solo.put(
                        "/api/admin/UpdateLinks?pageId=" + second,
                        Map.of("links", List.of(Map.of("operation", "remove", "id", "none")))))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
            assertThat(refused.error()).isEqualTo("This page exceeds your plan's limit. Upgrade the plan to edit it");
            assertThat(refused.json().path("currentCount").asInt()).isEqualTo(2);
            assertThat(refused.json().path("limit").asInt()).isEqualTo(1);
            assertThat(refused.json().path("upgradeRequired").asBoolean()).isTrue();
            assertThat(refused.json().path("currentTier").asText()).isEqualTo("free");
        }
        Answer form = solo.form(
                "/admin/pages/" + second, Map.of("as", world.solo().username(), "name", "Other", "slug", "second"));
        assertThat(form.status()).isEqualTo(403);
        assertThat(form.text()).contains("Your changes weren’t saved.", "is over the limit of the");
        assertThat(solo.get("/api/admin/GetPages").text()).doesNotContain("Other");

        assertThat(solo.delete("/api/admin/DeletePage?id=" + second).status()).isEqualTo(200);
        assertThat(flagged()).isEmpty();
    }

    @Test
    void linksOverTheLimitAreHiddenInTheOrderOfTheirPages() {
        String home = page("home");
        String second = page("second");
        List<String> onHome = links(home, 8);
        List<String> onSecond = links(second, 5);
        hide(home, onHome.get(0));

        world.tier(world.solo(), Tier.FREE);

        assertThat(marked(home)).isEmpty();
        assertThat(marked(second))
                .as("seven are shown on the first page")
                .containsExactlyElementsOf(onSecond.subList(3, 5));
        assertThat(go(onHome.get(7))).isEqualTo(302);
        assertThat(go(onSecond.get(4))).isEqualTo(403);
        world.tier(world.solo(), Tier.PRO);
        assertThat(marked(second)).isEmpty();
        assertThat(go(onSecond.get(4))).isEqualTo(302);
    }

    @Test
    void aLinkOverTheLimitLeadsNowhereAndIsBackWithMoreRoom() {
        String home = page("home");
        List<String> links = links(home, 12);
        String address = "/" + world.solo().username();
        assertThat(TestClient.anonymous().get(address).text()).contains("Link 11");
        world.tier(world.solo(), Tier.FREE);

        String shown = TestClient.anonymous().get(address).text();
        assertThat(shown).contains("Link 9").doesNotContain("Link 10", "Link 11");
        assertThat(marked(home)).containsExactlyElementsOf(links.subList(10, 12));
        assertThat(go(links.get(9))).isEqualTo(302);
        assertThat(go(links.get(10))).isEqualTo(403);
        recorder.write();
        assertThat(world.count("SELECT clicks FROM links WHERE id = ?", links.get(10)))
                .isZero();
        assertThat(solo.get("/admin/pages/" + home).text()).contains("Over the limit");
        Answer refused = solo.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "links",
                        List.of(Map.of("operation", "add", "title", "One more", "url", "https://more.example"))));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("currentCount").asInt()).isEqualTo(12);
        assertThat(refused.json().path("limit").asInt()).isEqualTo(10);

        world.tier(world.solo(), Tier.PRO);
        assertThat(TestClient.anonymous().get(address).text()).contains("Link 10", "Link 11");
        assertThat(go(links.get(10))).isEqualTo(302);
    }

    @Test
    void aBrandsFlagsFollowFromItsParentsPlan() {
        String as = "?subAccountId=" + world.north().id();
        var acme = TestClient.of(world.acme());
        for (String slug : List.of("home", "second")) {
            acme.post("/api/admin/CreatePage" + as, Map.of("slug", slug, "name", slug));
        }
        String second = "/" + world.north().username() + "/second";
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(200);

        world.plan(world.acme(), Tier.PRO, AgencyPermission.BASIC, Map.of(Pack.TEN, 1));
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(403);

        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.TEN, 1));
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(200);
    }

    private String page(String slug) {
        Answer created = solo.post("/api/admin/CreatePage", Map.of("slug", slug, "name", "Page " + slug));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        return created.json().at("/page/id").asText();
    }

    private List<String> links(String page, int count) {
        List<Map<String, String>> steps = IntStream.range(0, count)
                .mapToObj(number ->
                        Map.of("operation", "add", "title", "Link " + number, "url", "https://example.com/" + number))
                .toList();
        solo.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("links", steps));
        List<String> ids = new ArrayList<>();
        solo.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .path("links")
                .forEach(link -> ids.add(link.path("id").asText()));
        assertThat(ids).hasSize(count);
        return ids;
    }

    private void hide(String page, String link) {
        solo.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of("links", List.of(Map.of("operation", "update", "id", link, "active", false))));
    }

    private List<String> marked(String page) {
        return those(solo.get("/api/admin/GetLinks?pageId=" + page).json().path("links"), "id");
    }

    private List<String> flagged() {
        return those(solo.get("/api/admin/GetPages").json().path("pages"), "slug");
    }

    private static List<String> those(JsonNode all, String field) {
        List<String> over = new ArrayList<>();
        all.forEach(one -> {
            assertThat(one.path("exceedsTierLimit").isBoolean()).isTrue();
            if (one.path("exceedsTierLimit").asBoolean()) {
                over.add(one.path(field).asText());
            }
        });
        return over;
    }

    private int visit(String path) {
        return TestClient.anonymous().get("/" + world.solo().username() + path).status();
    }

    private static int go(String link) {
        return TestClient.anonymous().get("/go/" + link).status();
    }
}
