package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Injections;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Tries scripts and styles in visitors' requests, in names and in the page's address: analytics show them as plain
/// text.
@QuarkusTest
class InjectionTest {

    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";

    private final TestWorld world;
    private final Events events;
    private final Recorder recorder;

    InjectionTest(TestWorld world, Events events, Recorder recorder) {
        this.world = world;
        this.events = events;
        this.recorder = recorder;
    }

    @Test
    void inVisitsAndNames() {
        TestClient acme = TestClient.of(world.acme());
        world.tier(world.acme(), Tier.ENTERPRISE);
        Owner owner = world.context(world.acme()).owner();
        for (String payload : Injections.PAYLOADS) {
            String page = acme.post(
                            "/api/admin/CreatePage",
                            Map.of("slug", "p" + Integer.toHexString(payload.hashCode()), "name", payload))
                    .json()
                    .at("/page/id")
                    .asText();
            acme.put(
                    "/api/admin/UpdateLinks?pageId=" + page,
                    Map.of(
                            "links",
                            List.of(Map.of("operation", "add", "title", payload, "url", "https://a.example/"))));
            String link = acme.get("/api/admin/GetLinks?pageId=" + page)
                    .json()
                    .at("/links/0/id")
                    .asText();
            acme.put(
                    "/api/admin/updateShortLinks",
                    Map.of(
                            "shortLinks",
                            List.of(Map.of("operation", "add", "title", payload, "targetUrl", "https://a.example/"))));
            String shortLink = acme.get("/api/admin/getShortLinks")
                    .json()
                    .at("/shortLinks/0/id")
                    .asText();
            for (Visit visit : List.of(
                    new Visit(payload, payload, payload, payload),
                    new Visit("192.0.2.7", PHONE, payload, payload),
                    new Visit("192.0.2.8", PHONE, "https://" + payload, "en"))) {
                events.happened(new Event.PageView(owner, page), visit);
                events.happened(new Event.LinkClick(owner, page, link), visit);
                events.happened(new Event.Redirect(owner, shortLink, payload, false), visit);
            }
            recorder.write();
            for (String path : List.of("", "?pageId=" + page, "/brands", "/live")) {
                Answer drawn = acme.get("/admin/analytics" + path);
                assertThat(drawn.status()).as(path).isEqualTo(200);
                Injections.assertHarmless(payload, drawn);
            }
            Injections.assertHarmless(payload, acme.get("/admin/dashboard"));
        }
        for (String route : List.of("GetAnalytics", "getShortLinkAnalytics")) {
            Answer told = acme.get("/api/admin/" + route);
            assertThat(told.contentType()).startsWith("application/json");
            assertThat(told.header("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(acme.get("/api/admin/ExportAnalytics").text().lines().skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("[a-z0-9_-]+(,[0-9-]+){7},[A-Za-z_/+-]+"));
    }

    @Test
    void inTheAddressOfThePage() {
        TestClient acme = TestClient.of(world.acme());
        for (String payload : Injections.PAYLOADS) {
            String typed = TestClient.encode(payload);
            for (String query : List.of("days", "from", "to", "pageId")) {
                Answer drawn = acme.get("/admin/analytics?" + query + "=" + typed);
                assertThat(drawn.status()).as(query + payload).isEqualTo(query.equals("pageId") ? 404 : 200);
                Injections.assertHarmless(payload, drawn);
            }
            Injections.assertHarmless(payload, acme.get("/admin/analytics/brands?from=" + typed + "&to=" + typed));
            Injections.assertHarmless(
                    payload,
                    TestClient.anonymous()
                            .get("/admin/analytics/reports/"
                                    + typed.replace("+", "%20").replace("%2F", "x")));
        }
    }
}
