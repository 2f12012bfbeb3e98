package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.attack.HookReceiver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What visitors do on public pages and short links, at the receivers of webhooks.
@QuarkusTest
class VisitWebhooksTest {

    private static final String ROUTE = "/api/admin/webhooks";
    private static final List<String> VISITS = List.of("page.viewed", "link.clicked", "short_link.clicked");
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    @Inject
    TestWorld world;

    @Inject
    Recorder recorder;

    private final HookReceiver receiver = new HookReceiver();
    private final HookReceiver others = new HookReceiver();
    private final TestClient visitor =
            TestClient.anonymous().with("User-Agent", PHONE).with("Referer", "https://www.instagram.com/x");
    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void signIn() {
        acme = TestClient.of(world.acme());
    }

    @AfterEach
    void stop() {
        receiver.close();
        others.close();
        world.sql("DELETE FROM webhook_endpoints");
        world.sql("DELETE FROM api_keys");
    }

    private static void webhook(TestClient by, HookReceiver at, List<String> events) {
        Answer made = by.post(ROUTE, Map.of("url", at.url(), "events", events));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private long told(String type) {
        return receiver.bodies().stream()
                .map(TestClient::parse)
                .filter(body -> body.path("type").asText().equals(type))
                .mapToLong(body -> body.at("/data/count").asLong())
                .sum();
    }

    private JsonNode visit(String type) {
        return receiver.bodies().stream()
                .map(TestClient::parse)
                .filter(body -> body.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow()
                .at("/data/visits/0");
    }

    @Test
    void visitsOfPeopleReachThoseWhoChoseThemAndNoOthers() {
        String page = acme.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"))
                .json()
                .at("/page/id")
                .asText();
        acme.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of("links", List.of(Map.of("operation", "add", "title", "Shop", "url", "https://shop.example/"))));
        String link = acme.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .at("/links/0/id")
                .asText();
        acme.put(
                "/api/admin/updateShortLinks",
                Map.of(
                        "shortLinks",
                        List.of(Map.of("operation", "add", "title", "Shop", "targetUrl", "https://shop.example/"))));
        JsonNode shortLink = acme.get("/api/admin/getShortLinks").json().at("/shortLinks/0");
        webhook(acme, receiver, VISITS);
        webhook(acme, others, List.of("*", "page.*", "link.*", "short_link.*"));
        webhook(TestClient.of(world.solo()), others, VISITS);

        String start = "/" + world.acme().username() + "/start";
        List<String> paths = List.of(
                start + "?utm_source=letter",
                "/go/" + link,
                "/l/" + shortLink.path("slug").asText() + "?qr");
        for (String path : paths) {
            assertThat(visitor.with("User-Agent", BOT).get(path).status()).isLessThan(400);
            assertThat(visitor.with("Sec-Purpose", "prefetch").get(path).status())
                    .isEqualTo(503);
            visitor.head(path);
            assertThat(visitor.get(path).status()).as(path).isLessThan(400);
        }
        recorder.write();

        Eventually.until(receiver::types, types -> Set.copyOf(types).equals(Set.copyOf(VISITS)));
        assertThat(VISITS).allSatisfy(type -> assertThat(told(type)).as(type).isEqualTo(1));
        assertThat(visit("page.viewed").toString())
                .contains("\"page\":\"" + page + "\"", "\"device\":\"Phone\"", "\"referrer\":\"instagram.com\"")
                .contains("\"source\":\"letter\"", "\"scanned\":false");
        assertThat(visit("link.clicked").path("link").asText()).isEqualTo(link);
        assertThat(visit("short_link.clicked").path("shortLink").asText())
                .isEqualTo(shortLink.path("id").asText());
        assertThat(visit("short_link.clicked").path("scanned").asBoolean()).isTrue();
        assertThat(receiver.bodies()).noneMatch(body -> body.contains("127.0.0.") || body.contains("Safari"));
        assertThat(world.count("SELECT count(*) FROM webhook_deliveries WHERE event_type IN"
                        + " ('page.viewed', 'link.clicked', 'short_link.clicked') AND endpoint_id NOT IN"
                        + " (SELECT id FROM webhook_endpoints WHERE url = '" + receiver.url() + "')"))
                .as("for other webhooks")
                .isZero();
    }

    @Test
    void aKeyNeedsThePermissionOfAnalytics() {
        String with = key("webhooks:manage", "analytics:read", "pages:read");
        String without = key("webhooks:manage", "pages:read", "links:read", "shortlinks:read");
        Map<String, Object> wish = Map.of("url", receiver.url(), "events", List.of("page.viewed", "page.*"));

        assertThat(TestClient.withBearer(without).post("/v1/webhooks", wish).status())
                .isEqualTo(400);
        assertThat(TestClient.withBearer(with).post("/v1/webhooks", wish).status())
                .isEqualTo(201);
    }

    private String key(String... permissions) {
        return acme.post("/api/admin/apikeyscreate", Map.of("name", "Visits", "permissions", List.of(permissions)))
                .json()
                .at("/key/key")
                .asText();
    }

    @Test
    void aPageOffersThemApart() {
        webhook(acme, receiver, List.of("page.viewed"));
        String id = acme.get(ROUTE).json().at("/webhooks/0/id").asText();

        String shown =
                acme.onPagesOf(world.acme()).get("/admin/integrations/" + id).text();
        assertThat(shown)
                .contains("value=\"page.viewed\" checked", "value=\"link.clicked\"", "value=\"short_link.clicked\"")
                .contains("everything except visits");
        assertThat(shown).containsOnlyOnce("value=\"page.viewed\"");
    }
}
