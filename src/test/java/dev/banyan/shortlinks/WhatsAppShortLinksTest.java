package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Short links that open a chat with one of the account's WhatsApp numbers.
@QuarkusTest
class WhatsAppShortLinksTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    private final TestWorld world;
    private final Recorder recorder;
    private TestClient acme = VISITOR;
    private String agency = "";
    private String master = "";

    WhatsAppShortLinksTest(TestWorld world, Recorder recorder) {
        this.world = world;
        this.recorder = recorder;
    }

    @BeforeEach
    void aPool() {
        acme = TestClient.of(world.acme());
        world.tier(world.acme(), Tier.PREMIUM);
        agency = world.acme().username();
        master = add("/admin/pools/masters", "Amira Nasser", "+971500000101");
    }

    @Test
    void itOpensAChatAndIsCountedLikeAnyOther() {
        link(master);
        String slug = created(Map.of("kind", "whatsapp", "pool", master, "text", "Hello & welcome\r\nسلام"));

        Answer answer = VISITOR.get("/l/" + slug);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location())
                .isEqualTo("https://wa.me/971500000101?text=Hello%20%26%20welcome%0A%D8%B3%D9%84%D8%A7%D9%85");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie").orElseThrow())
                .contains("Path=/l/" + slug + ";", "Max-Age=86400", "HttpOnly");
        assertThat(VISITOR.head("/l/" + slug).status()).isEqualTo(302);
        assertThat(VISITOR.get("/api/public/l?slug=" + slug)
                        .json()
                        .path("redirectTo")
                        .asText())
                .startsWith("https://wa.me/971500000101");
        recorder.write();

        JsonNode listed = listed(slug);
        assertThat(listed.path("clicks").asLong()).as("HEAD does not count").isEqualTo(2);
        assertThat(listed.path("kind").asText()).isEqualTo("whatsapp");
        assertThat(listed.path("pool").asText()).isEqualTo(master);
        assertThat(listed.path("text").asText()).isEqualTo("Hello & welcome\nسلام");
        assertThat(listed.path("targetUrl").asText()).isEqualTo("https://wa.me/");
    }

    @Test
    void aVisitorKeepsTheirNumberWhileItWorks() {
        link(master);
        IntStream.range(0, 4)
                .forEach(i -> link(add("/admin/pools/" + master + "/servants", "Desk " + i, "+97150000011" + i)));
        String slug = created(Map.of("kind", "whatsapp"));
        Answer first = VISITOR.get("/l/" + slug);
        TestClient known = VISITOR.with("Cookie", cookie(first));

        assertThat(locations(known, slug, 5)).containsExactly(first.location());
        assertThat(locations(VISITOR, slug, 40)).as("strangers spread").hasSizeGreaterThan(2);

        simulate(sender(first.location()), "restrict");
        Answer second = Eventually.until(
                () -> known.get("/l/" + slug), now -> !now.location().equals(first.location()));
        simulate(sender(first.location()), "unrestrict");
        Eventually.until(() -> known.get("/l/" + slug).location(), now -> now.equals(first.location()));
        assertThat(VISITOR.with("Cookie", cookie(second)).get("/l/" + slug).location())
                .as("they stay where they were led last")
                .isEqualTo(second.location());
    }

    @Test
    void withoutANumberAPageSaysSo() {
        String slug = created(Map.of("kind", "whatsapp", "pool", master, "clickLimit", 1));

        Answer answer = VISITOR.get("/l/" + slug);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("120");
        assertThat(answer.text()).contains("We can’t take messages right now");
        Answer told = VISITOR.get("/api/public/l?slug=" + slug);
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.header("Retry-After")).contains("120");

        link(master);
        assertThat(Eventually.until(() -> VISITOR.get("/l/" + slug), now -> now.status() == 302)
                        .location())
                .as("the one click was not used up")
                .isEqualTo("https://wa.me/971500000101");
        assertThat(VISITOR.get("/l/" + slug).status()).isEqualTo(410);
    }

    @Test
    void aLinkChangesItsKind() {
        link(master);
        String slug = created(Map.of("targetUrl", "https://example.com/"));
        assertThat(VISITOR.get("/l/" + slug).location()).isEqualTo("https://example.com/");

        assertThat(step("update", slug, Map.of("kind", "whatsapp", "text", "Hi"))
                        .status())
                .isEqualTo(200);
        assertThat(VISITOR.get("/l/" + slug).location()).isEqualTo("https://wa.me/971500000101?text=Hi");
        assertThat(step("update", slug, Map.of("title", "Desk", "targetUrl", "https://wa.me/"))
                        .status())
                .as("a client that sends back what it was given")
                .isEqualTo(200);

        assertThat(step("update", slug, Map.of("kind", "url")).error()).contains("targetUrl is required");
        assertThat(step("update", slug, Map.of("kind", "url", "targetUrl", "https://example.org/"))
                        .status())
                .isEqualTo(200);
        assertThat(VISITOR.get("/l/" + slug).location()).isEqualTo("https://example.org/");
        assertThat(listed(slug).path("text").asText()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        assertThat(error(Map.of("kind", "whatsapp", "pool", "nobody"))).contains("pool must be the id of a master");
        assertThat(error(Map.of("kind", "telegram"))).contains("kind must be url or whatsapp");
        assertThat(error(Map.of("kind", "whatsapp", "targetUrl", "https://example.com")))
                .contains("targetUrl must be absent");
        assertThat(error(Map.of("targetUrl", "https://example.com", "text", "Hi")))
                .contains("text is only for short links of kind whatsapp");
        assertThat(error(Map.of("kind", "whatsapp", "text", "x".repeat(1_001)))).contains("1000 characters or less");
        assertThat(error(Map.of("kind", "whatsapp", "text", "ب".repeat(400)))).contains("longer than 2,000 characters");
        assertThat(error(Map.of("kind", "whatsapp", "variants", List.of(Map.of("targetUrl", "https://example.com")))))
                .contains("variants");
        created(Map.of("kind", "whatsapp", "text", "x".repeat(1_000)));
        String slug = created(Map.of("kind", "whatsapp"));
        assertThat(step("update", slug, Map.of("pool", "nobody")).error()).contains("pool must be the id of a master");
        String foreign = TestClient.of(world.rival())
                .form(
                        "/admin/pools/masters",
                        Map.of("as", world.rival().username(), "displayName", "Rival", "phone", "+971500000199"))
                .location()
                .replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
        assertThat(error(Map.of("kind", "whatsapp", "pool", foreign))).contains("pool must be the id of a master");
    }

    @Test
    void theListItsFileAndItsQrCodeKnowIt() {
        String slug = created(Map.of("kind", "whatsapp", "pool", master, "text", "Hello, you"));
        String plain = created(Map.of("kind", "whatsapp"));

        assertThat(acme.get("/admin/short-links?as=" + agency + "&q=wa.me").text())
                .contains("WhatsApp · Amira Nasser", "/l/" + plain);
        String csv = acme.get("/admin/short-links/export.csv?as=" + agency).text();
        assertThat(csv).contains("whatsapp," + master + ",\"Hello, you\"");
        String id = listed(slug).path("id").asText();
        assertThat(acme.get("/admin/short-links/" + id + "/qr.svg?as=" + agency).status())
                .isEqualTo(200);
        assertThat(acme.get("/admin/short-links/" + id + "?as=" + agency).text())
                .contains("value=\"whatsapp\" checked", "Hello, you</textarea>");

        String line = "target,slug,kind,pool,text\n,copy-" + slug + ",whatsapp," + master + ",Hi\n,other-" + slug
                + ",whatsapp,nobody,Hi\n";
        Answer tried = acme.form("/admin/short-links/import", Map.of("as", agency, "csv", line));
        assertThat(tried.text()).contains("We don’t know this pool");
        acme.form("/admin/short-links/import", Map.of("as", agency, "csv", line, "confirmed", "yes"));
        assertThat(listed("copy-" + slug).path("pool").asText()).isEqualTo(master);
    }

    private Set<String> locations(TestClient visitor, String slug, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> visitor.get("/l/" + slug).location())
                .collect(Collectors.toSet());
    }

    private String created(Map<String, ?> fields) {
        Answer answer = step("add", "", fields);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/created/0/slug").asText();
    }

    private String error(Map<String, ?> fields) {
        Answer answer = step("add", "", fields);
        assertThat(answer.status()).isEqualTo(400);
        return answer.error();
    }

    private Answer step(String operation, String slug, Map<String, ?> fields) {
        var step = new LinkedHashMap<String, Object>(fields);
        step.put("operation", operation);
        step.put("slug", slug);
        return acme.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(step)));
    }

    private JsonNode listed(String slug) {
        for (JsonNode link : acme.get("/api/admin/getShortLinks").json().path("shortLinks")) {
            if (link.path("slug").asText().equals(slug)) {
                return link;
            }
        }
        throw new AssertionError("No short link " + slug);
    }

    private String sender(String location) {
        String number = location.replace("https://wa.me/", "");
        return acme.get("/admin/pools?as=" + agency + "&text=" + number)
                .text()
                .replaceFirst("(?s).*id=\"sender-([^\"]+)\".*", "$1");
    }

    private void simulate(String sender, String fault) {
        assertThat(acme.form("/admin/pools/senders/" + sender + "/simulate", "as", agency, "fault", fault)
                        .status())
                .isEqualTo(303);
    }

    private String add(String path, String name, String phone) {
        return acme.form(path, Map.of("as", agency, "displayName", name, "phone", phone))
                .location()
                .replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
    }

    private void link(String sender) {
        acme.form("/admin/pools/" + sender + "/link", "as", agency);
        acme.form("/admin/pools/" + sender + "/link/scan", "as", agency);
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }
}
