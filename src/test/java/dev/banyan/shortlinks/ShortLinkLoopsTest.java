package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.FakeDns;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Short links that lead to short links: on their way to somewhere, or in a circle.
@QuarkusTest
class ShortLinkLoopsTest {

    private static final String TARGET = "https://example.com/spring";
    private static final String REFUSED = "leads back to the short link itself";

    private final TestWorld world;
    private final Recorder recorder;
    private final TestClient visitor = TestClient.anonymous();
    private final FakeDns dns = FakeDns.ofServer();

    private TestClient client = visitor;
    private String host = "";
    private String a = "";
    private String b = "";

    ShortLinkLoopsTest(TestWorld world, Recorder recorder) {
        this.world = world;
        this.recorder = recorder;
    }

    @BeforeEach
    void anAccountWithAHost() {
        TestWorld.Person owner = world.person("loops");
        world.plan(owner, Tier.PREMIUM, AgencyPermission.BASIC, Map.of());
        client = TestClient.of(owner);
        host = world.name("loops") + ".example";
        a = world.name("spring");
        b = world.name("summer");
    }

    private void hostIsActive() {
        client.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"));
        Answer added = client.post("/api/admin/domains", Map.of("domain", host));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        JsonNode domain = added.json();
        JsonNode proof = domain.path("records").get(1);
        dns.has(proof.path("name").asText(), "TXT", "\"" + proof.path("value").asText() + "\"");
        Answer checked = client.post("/api/admin/domains/" + domain.path("id").asText() + "/check", Map.of());
        assertThat(checked.json().path("state").asText()).as(checked.toString()).isEqualTo("active");
    }

    private String at(String slug) {
        return "https://" + host + "/l/" + slug;
    }

    private static Map<String, Object> add(String slug, Map<String, Object> fields) {
        var step = new HashMap<>(fields);
        step.put("operation", "add");
        step.put("customSlug", slug);
        step.putIfAbsent("targetUrl", TARGET);
        return step;
    }

    private static Map<String, Object> change(String slug, Map<String, Object> fields) {
        var step = new HashMap<>(fields);
        step.put("operation", "update");
        step.put("slug", slug);
        return step;
    }

    @SafeVarargs
    private Answer put(Map<String, Object>... steps) {
        return client.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(steps)));
    }

    private void done(Map<String, Object> step) {
        Answer answer = put(step);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void refused(String field, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).contains(REFUSED);
        assertThat(answer.json().toString()).contains(field);
    }

    @Test
    void whatLeadsToAnotherShortLinkIsStoredAndLeadsOn() {
        hostIsActive();
        done(add(a, Map.of()));
        done(add(b, Map.of("targetUrl", at(a))));

        assertThat(visitor.get("/l/" + b).location()).isEqualTo(at(a));
        assertThat(visitor.get("/l/" + a).location()).isEqualTo(TARGET);
    }

    @Test
    void whatLeadsBackIsRefusedWhateverTheWay() {
        hostIsActive();
        refused("targetUrl", put(add(a, Map.of("targetUrl", at(a)))));
        refused(
                "targetUrl",
                put(add(a, Map.of("targetUrl", "http://" + host.toUpperCase(Locale.ROOT) + "/l/" + a + "?x=1#y"))));
        refused(
                "targetUrl",
                put(add(
                        a,
                        Map.of(
                                "targetUrl",
                                at("x") + "/../%" + "%02x".formatted((int) a.charAt(0)) + a.substring(1)))));
        for (String end : List.of("/", "//", "%20", "%0A", "/?x=1#y", "/./")) {
            refused("targetUrl", put(add(a, Map.of("targetUrl", at(a) + end))));
        }
        refused("fallbackUrl", put(add(a, Map.of("fallbackUrl", at(a)))));
        refused("targetUrl", put(add(a, Map.of("targetUrl", at(b))), add(b, Map.of("targetUrl", at(a)))));

        done(add(a, Map.of()));
        done(add(b, Map.of("targetUrl", at(a))));
        refused("targetUrl", put(change(a, Map.of("targetUrl", at(b)))));
        refused("fallbackUrl", put(change(a, Map.of("fallbackUrl", at(b)))));
        refused(
                "rules[0].targetUrl",
                put(change(a, Map.of("rules", List.of(Map.of("device", "ios", "targetUrl", at(b)))))));
        refused("variants[0].targetUrl", put(change(a, Map.of("variants", List.of(Map.of("targetUrl", at(b)))))));
        assertThat(visitor.get("/l/" + b).location()).isEqualTo(at(a));
    }

    /// A host may become ours, and be gone again, without a word to the short links that lead there.
    @Test
    void aLoopThatArisesLaterEndsWithAPageThatSaysSoAndIsNotCounted() {
        done(add(a, Map.of("targetUrl", at(b))));
        done(add(b, Map.of("targetUrl", at(a))));
        assertThat(visitor.get("/l/" + a).location()).as("another's host").isEqualTo(at(b));

        hostIsActive();

        Answer page = visitor.get("/l/" + a);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("This link leads back to itself");
        Answer program = visitor.get("/api/public/l?slug=" + b);
        assertThat(program.status()).isEqualTo(404);
        assertThat(program.error()).isEqualTo("This link leads back to itself");
        recorder.write();
        JsonNode links = client.get("/api/admin/getShortLinks").json().path("shortLinks");
        assertThat(links.valueStream()
                        .mapToLong(link -> link.path("clicks").asLong())
                        .sum())
                .isEqualTo(1);

        done(change(a, Map.of("title", "Still to be mended")));
        done(change(a, Map.of("targetUrl", TARGET)));
        assertThat(visitor.get("/l/" + b).location()).isEqualTo(at(a));
    }

    private Answer putLinks(Map<String, Object> step) {
        return client.put("/api/admin/UpdateLinks", Map.of("links", List.of(step)));
    }

    /// @return the id of a new link of the page
    private String link(String url) {
        Answer added = putLinks(Map.of("operation", "add", "title", "Spring", "url", url));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        return client.get("/api/admin/GetLinks")
                .json()
                .path("links")
                .valueStream()
                .map(link -> link.path("id").asText())
                .reduce("", (_, last) -> last);
    }

    private Answer lead(String id, String url) {
        return putLinks(Map.of("operation", "update", "id", id, "url", url));
    }

    private String go(String id) {
        return "https://" + host + "/go/" + id;
    }

    @Test
    void aLinkOfAPageThatLeadsBackIsRefusedWhateverTheWay() {
        hostIsActive();
        String first = link(TARGET);
        String second = link(go(first));
        done(add(a, Map.of("targetUrl", go(second))));

        for (String url : List.of(
                go(first),
                go(first) + "/",
                "http://" + host + "/x/../go/" + first + "?x=1#y",
                "http://" + host + "/%67o/" + first,
                go(second),
                at(a))) {
            Answer answer = lead(first, url);
            assertThat(answer.status()).as(url + " " + answer).isEqualTo(400);
            assertThat(answer.error()).contains("leads back to the link itself");
        }
        refused("targetUrl", put(change(a, Map.of("targetUrl", at(a)))));
        done(add(b, Map.of()));
        assertThat(lead(first, at(b)).status()).as("leads on").isEqualTo(200);
        refused("targetUrl", put(change(b, Map.of("targetUrl", go(second)))));

        assertThat(visitor.get("/go/" + second).location()).isEqualTo(go(first));
        assertThat(visitor.get("/go/" + first).location()).isEqualTo(at(b));
        assertThat(visitor.get("/l/" + b).location()).isEqualTo(TARGET);
    }

    @Test
    void aLoopOfLinksOfPagesThatArisesLaterEndsWithAPageThatSaysSo() {
        client.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        String first = link(TARGET);
        String second = link(go(first));
        assertThat(lead(first, go(second)).status()).isEqualTo(200);
        assertThat(visitor.get("/go/" + first).location()).as("another's host").isEqualTo(go(second));

        hostIsActive();

        for (String id : List.of(first, second)) {
            Answer page = visitor.get("/go/" + id);
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.text()).contains("This link leads back to itself");
        }
        assertThat(putLinks(Map.of(
                                "operation", "update", "id", first, "title", "Still to be mended", "url", go(second)))
                        .status())
                .isEqualTo(200);
        assertThat(lead(first, TARGET).status()).isEqualTo(200);
        assertThat(visitor.get("/go/" + second).location()).isEqualTo(go(first));
    }
}
