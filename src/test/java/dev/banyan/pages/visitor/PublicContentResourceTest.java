package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.PublishedPage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Public pages for programs (LinkToMe contract 2.14, 5.2 and 7).
@QuarkusTest
class PublicContentResourceTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    @Inject
    Recorder recorder;

    @Inject
    PublishedPage published;

    private Answer profile() {
        return VISITOR.get(
                "/api/public/GetUserProfile?username=" + published.north().username());
    }

    @Test
    void aPageIsToldWhole() {
        String group = published.group("Shop", GroupLayout.GRID, true, true);
        published.group("Empty", GroupLayout.STACK, false, true);
        published.icon("instagram", "https://instagram.example/north");
        Link link = published.add(
                "Beans",
                "https://shop.example/beans",
                new LinkStyle(
                        "☕",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        LinkStyle.Layout.FEATURED,
                        LinkStyle.Animation.GLOW),
                Optional.of(group),
                Optional.empty(),
                Optional.empty());
        JsonNode body = profile().json();
        assertThat(TestClient.keys(body))
                .containsExactly(
                        "username",
                        "displayName",
                        "bio",
                        "avatar",
                        "appearance",
                        "socialIcons",
                        "links",
                        "groups",
                        "pageId",
                        "pageName",
                        "pageSlug",
                        "language");
        assertThat(body.at("/username").asText()).isEqualTo(published.north().username());
        assertThat(body.at("/displayName").asText()).isEqualTo("North");
        assertThat(body.at("/bio").isNull()).isTrue();
        assertThat(body.at("/avatar").isNull()).isTrue();
        assertThat(body.at("/pageId").asText()).isEqualTo(published.page().toString());
        assertThat(body.at("/links/0").toString())
                .isEqualTo("{\"id\":\"" + link.id()
                        + "\",\"title\":\"Beans\",\"url\":\"https://shop.example/beans\",\"order\":"
                        + link.position()
                        + ",\"icon\":\"☕\",\"layout\":\"featured\",\"animation\":\"glow\",\"groupId\":\""
                        + group + "\"}");
        assertThat(body.at("/groups")).hasSize(1);
        assertThat(body.at("/groups/0/layout").asText()).isEqualTo("grid");
        assertThat(body.at("/groups/0/collapsed").asBoolean()).isTrue();
        assertThat(body.at("/socialIcons/0/platform").asText()).isEqualTo("instagram");
    }

    @Test
    void whatTheClientCrashesWithoutIsAlwaysThere() {
        JsonNode body = profile().json();
        assertThat(body.at("/appearance").isObject()).isTrue();
        assertThat(body.at("/appearance/buttons").isObject()).isTrue();
        assertThat(body.at("/links").isArray()).isTrue();
        assertThat(body.at("/groups").isArray()).isTrue();
        assertThat(body.at("/socialIcons").isArray()).isTrue();
        assertThat(body.toString().replace("\"bio\":null", "").replace("\"avatar\":null", ""))
                .as("optional parts are left out")
                .doesNotContain("null");
    }

    @Test
    void namesAreFoundInAnyCase() {
        assertThat(VISITOR.get("/api/PUBLIC/getuserprofile?username="
                                + published.north().username().toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsSaid() {
        String url = "/api/public/GetUserProfile";
        assertThat(VISITOR.get(url).error()).isEqualTo("Username is required");
        assertThat(VISITOR.get(url + "?username=a.b").status()).isEqualTo(400);
        assertThat(VISITOR.get(url + "?username=nobody-is-here").error()).isEqualTo("Profile not found");
        assertThat(VISITOR.get(url + "?username=admin").error()).isEqualTo("Profile not found");
        assertThat(VISITOR.get(url + "?slug=x&username=" + published.north().username())
                        .error())
                .isEqualTo("Page not found");
        assertThat(VISITOR.get(url + "?slug=main&username=" + published.north().username())
                        .status())
                .isEqualTo(200);
        assertThat(VISITOR.get(url + "?username=" + published.world().solo().username())
                        .error())
                .isEqualTo("No default page found for this user");
        published.setStatus("suspended");
        assertThat(profile().status()).isEqualTo(403);
        assertThat(profile().error()).isEqualTo("This account is currently disabled");
    }

    @Test
    void aPageBeyondThePlanIsRefused() {
        var acme = published.world().acme();
        TestClient owner = TestClient.of(acme);
        owner.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        owner.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"));
        published.world().tier(acme, Tier.FREE);
        Answer answer = VISITOR.get("/api/public/GetUserProfile?slug=second&username=" + acme.username());
        assertThat(answer.status()).isEqualTo(403);
    }

    // Clicks

    private Answer click(Object link, String username) {
        return VISITOR.post("/api/public/TrackLinkClick", Map.of("linkId", link.toString(), "username", username));
    }

    private long clicks(Link link) {
        recorder.write();
        return published
                .world()
                .count("SELECT clicks FROM links WHERE id = ?", link.id().toString());
    }

    @Test
    void clicksAreCounted() {
        Link link = published.add("Beans", "https://shop.example/beans");
        Answer answer = click(link.id(), published.north().username());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(clicks(link)).isEqualTo(1);
    }

    @Test
    void aLockedLinkIsCountedByItsLock() {
        Link link = published.locked("Vault", "https://hidden.example/", LinkLock.Type.CODE, "Sesame");
        assertThat(click(link.id(), published.north().username()).status()).isEqualTo(200);
        assertThat(clicks(link)).isZero();
    }

    @Test
    void clicksOnWhatIsNotThereAreRefused() {
        Link link = published.add("Beans", "https://shop.example/beans");
        assertThat(click(link.id(), "nobody-is-here").error()).isEqualTo("Profile not found");
        assertThat(click(link.id(), published.world().solo().username()).error())
                .isEqualTo("Link not found");
        assertThat(click("nonsense", published.north().username()).status()).isEqualTo(404);
        assertThat(VISITOR.post("/api/public/TrackLinkClick", Map.of("username", "x"))
                        .status())
                .isEqualTo(400);
        assertThat(VISITOR.post(
                                "/api/public/TrackLinkClick",
                                Map.of("linkId", link.id().toString()))
                        .status())
                .isEqualTo(400);
        assertThat(clicks(link)).isZero();
    }
}
