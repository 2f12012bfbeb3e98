package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The "message us" button of a public page: a brand's page uses a pool of its agency.
@QuarkusTest
class MessageUsTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    @Inject
    TestWorld world;

    @Inject
    Recorder recorder;

    private TestClient acme;
    private String agency;
    private String brand;
    private String page;
    private String master;

    @BeforeEach
    void aPageAndAPool() {
        acme = TestClient.of(world.acme());
        agency = world.acme().username();
        brand = world.north().username();
        page = acme.post("/api/admin/CreatePage?UserId=" + world.north().id(), Map.of("slug", "main", "name", "Main"))
                .json()
                .at("/page/id")
                .asText();
        master = add("/admin/pools/masters", "Amira Nasser", "+971500000101");
    }

    @Test
    void withoutAButtonThePageIsAsBefore() {
        assertThat(VISITOR.get("/" + brand).text()).doesNotContain("/go/wa/");
        assertThat(VISITOR.get("/go/wa/" + page).status()).isEqualTo(404);
        assertThat(VISITOR.get("/go/wa/nothing").status()).isEqualTo(404);
    }

    @Test
    void aHealthyNumberIsOfferedAndNoPageHoldsIt() {
        link(master);
        assertThat(turnOn("Talk to us", "Hello & welcome").status()).isEqualTo(303);

        assertThat(VISITOR.get("/" + brand).text())
                .contains("href=\"/go/wa/" + page + "\"")
                .contains("Talk to us")
                .doesNotContain("971500000101");
        Answer answer = VISITOR.get("/go/wa/" + page);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("https://wa.me/971500000101?text=Hello%20%26%20welcome");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie").orElseThrow())
                .contains("Path=/go/wa;")
                .contains("HttpOnly");
        assertThat(acme.get("/admin/pages/" + page + "/message-us?as=" + brand).text())
                .contains("1 click")
                .contains("Talk to us");
    }

    @Test
    void analyticsShowTheWayFromAViewToAChat() {
        link(master);
        turnOn("Talk to us", "");
        assertThat(wayToAChat()).isEmpty();
        TestClient phone = VISITOR.with("User-Agent", PHONE);
        IntStream.range(0, 4).forEach(_ -> phone.get("/" + brand));
        phone.get("/go/wa/" + page);
        phone.with("Sec-Purpose", "prefetch").get("/go/wa/" + page);
        VISITOR.with("User-Agent", "Googlebot/2.1").get("/go/wa/" + page);

        assertThat(wayToAChat())
                .containsExactly("Page views 4", "Link clicks 0 · 0.0%", "“Message us” presses 1 · 25.0%");
    }

    private List<String> wayToAChat() {
        recorder.write();
        String card = acme.get("/admin/analytics?as=" + brand).text();
        int start = card.indexOf("id=\"funnel-h\"");
        return start < 0
                ? List.of()
                : Pattern.compile("<b><bdi>([^<]*)</bdi></b><span>([^<]*)</span>")
                        .matcher(card.substring(start, card.indexOf("</section>", start)))
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2))
                        .toList();
    }

    @Test
    void aVisitorKeepsItsNumberUntilThatFails() {
        link(master);
        IntStream.range(0, 4)
                .forEach(i -> link(add("/admin/pools/" + master + "/servants", "Desk " + i, "+97150000011" + i)));
        turnOn("Talk to us", "");

        Answer first = VISITOR.get("/go/wa/" + page);
        TestClient known = VISITOR.with("Cookie", cookie(first));
        Set<String> again = IntStream.range(0, 5)
                .mapToObj(_ -> known.get("/go/wa/" + page).location())
                .collect(Collectors.toSet());
        assertThat(again).containsExactly(first.location());
        assertThat(IntStream.range(0, 40)
                        .mapToObj(_ -> VISITOR.get("/go/wa/" + page).location())
                        .collect(Collectors.toSet()))
                .as("strangers spread")
                .hasSizeGreaterThan(2);

        String number = first.location().replace("https://wa.me/", "");
        String sender = acme.get("/admin/pools?as=" + agency + "&text=" + number)
                .text()
                .replaceFirst("(?s).*id=\"sender-([^\"]+)\".*", "$1");
        assertThat(acme.form("/admin/pools/senders/" + sender + "/simulate", "as", agency, "fault", "restrict")
                        .status())
                .isEqualTo(303);
        assertThat(Eventually.until(() -> known.get("/go/wa/" + page).location(), now -> !now.equals(first.location())))
                .startsWith("https://wa.me/");
    }

    @Test
    void withoutAHealthyNumberThePageSaysSo() {
        turnOn("Talk to us", "");

        Answer answer = VISITOR.get("/go/wa/" + page);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("120");
        assertThat(answer.text()).contains("We can’t take messages right now");
    }

    @Test
    void theButtonIsRefusedAndTurnedOff() {
        Answer refused =
                acme.form(path(), Map.of("as", brand, "on", "true", "pool", "nobody", "label", "", "greeting", ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Choose a pool").contains("Label is required");
        turnOn("Talk to us", "");
        assertThat(VISITOR.get("/" + brand).text()).contains("/go/wa/");

        acme.form(path(), Map.of("as", brand));

        assertThat(VISITOR.get("/" + brand).text()).doesNotContain("/go/wa/");
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.get("/admin/pages/" + page + "/message-us?as="
                                + world.rival().username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theWordsOfTheButtonAreBounded() {
        assertThat(turnOn("x".repeat(60), "y".repeat(300)).status()).isEqualTo(303);
        assertThat(turnOn("x".repeat(61), "").text()).contains("Label must be 60 characters or less (current: 61)");
        assertThat(turnOn("x", "y".repeat(301)).text())
                .contains("Greeting must be 300 characters or less (current: 301)");
        assertThat(turnOn("a\nb", "").status()).isEqualTo(422);
        assertThat(VISITOR.get("/" + brand).text()).contains("x".repeat(60));
    }

    @Test
    void aCopyOfThePageKeepsTheButtonAndSoDoesOneThatComesBack() {
        link(master);
        turnOn("Talk to us", "Hello");
        String as = "?UserId=" + world.north().id();
        String copy = acme.post("/api/admin/CopyPage" + as, Map.of("id", page, "slug", "copy"))
                .json()
                .at("/page/id")
                .asText();

        assertThat(VISITOR.get("/" + brand + "/copy").text())
                .contains("href=\"/go/wa/" + copy + "\"")
                .contains("Talk to us")
                .doesNotContain(page);
        assertThat(VISITOR.get("/go/wa/" + copy).location()).isEqualTo("https://wa.me/971500000101?text=Hello");

        acme.delete("/api/admin/DeletePage" + as + "&id=" + copy);
        assertThat(VISITOR.get("/go/wa/" + copy).status()).isEqualTo(404);
        String gone = acme.get("/api/admin/GetDeletedContents" + as)
                .json()
                .at("/deleted/0/id")
                .asText();
        Answer restored = acme.post("/api/admin/RestoreContent" + as, Map.of("deletedId", gone));
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        String back = restored.json().path("pageId").asText();
        assertThat(VISITOR.get("/go/wa/" + back).location()).isEqualTo("https://wa.me/971500000101?text=Hello");
    }

    private Answer turnOn(String label, String greeting) {
        return acme.form(
                path(), Map.of("as", brand, "on", "true", "pool", master, "label", label, "greeting", greeting));
    }

    private String path() {
        return "/admin/pages/" + page + "/message-us";
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
