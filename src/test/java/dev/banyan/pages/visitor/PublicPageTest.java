package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.RawConnection;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Public pages as seen by visitors: North's page, which belongs to Acme but must not reveal that.
@QuarkusTest
class PublicPageTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    @Inject
    Recorder recorder;

    @Inject
    TestWorld world;

    @Inject
    Event<AccountChanged> changed;

    private TestClient acme = TestClient.anonymous();
    private String as = "";
    private String home = "";

    @BeforeEach
    void northHasAPage() {
        acme = TestClient.of(world.acme());
        as = "?UserId=" + world.north().id();
        home = "/" + world.north().username();
        acme.post("/api/admin/CreatePage" + as, Map.of("slug", "main", "name", "Main"));
        add("Spring collection", "https://www.Shop.example/spring?a=1");
        add("Classes", "https://classes.example/");
    }

    private void add(String title, String url) {
        steps(List.of(Map.of("operation", "add", "title", title, "url", url)));
    }

    private void steps(List<Map<String, Object>> steps) {
        Answer answer = acme.put("/api/admin/UpdateLinks" + as, Map.of("links", steps));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private String linkId(int place) {
        return acme.get("/api/admin/GetLinks" + as)
                .json()
                .at("/links/" + place + "/id")
                .asText();
    }

    private int clicks(int place) {
        recorder.write();
        return acme.get("/api/admin/GetLinks" + as)
                .json()
                .at("/links/" + place + "/clicks")
                .asInt(-1);
    }

    private void setStatus(String status) {
        world.sql(
                "UPDATE accounts SET status = ? WHERE id = ?",
                status,
                world.north().id().toString());
        changed.fire(new AccountChanged(world.north().id(), world.north().username()));
    }

    /// Otherwise a hundred pages would displace all other routes in the metrics.
    @Test
    void pagesFromTheCacheAreMeasuredTogether() {
        String series = "uri=\"/{username}\"} ";
        VISITOR.get(home);
        assertThat(VISITOR.get(home).status()).isEqualTo(200);

        assertThat(VISITOR.get("/metrics").text()).contains(series).doesNotContain("uri=\"" + home + "\"");
    }

    @Test
    void thePageShowsTheLinksInOrder() {
        Answer page = VISITOR.get(home);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).isEqualToIgnoringCase("text/html; charset=utf-8");
        assertThat(page.text())
                .contains("<title>North</title>", "shop.example", "href=\"/go/" + linkId(0) + "\"")
                .containsSubsequence("Spring collection", "Classes");
        assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void theFirstAndTheCachedAnswerAreTheSame() {
        Answer drawn = VISITOR.get(home);
        Answer kept = VISITOR.get(home);
        assertThat(kept.bytes()).isEqualTo(drawn.bytes());
        for (String header : List.of(
                "ETag",
                "Cache-Control",
                "Vary",
                "Content-Type",
                "Content-Length",
                "Content-Security-Policy",
                "X-Content-Type-Options",
                "Referrer-Policy")) {
            assertThat(kept.header(header))
                    .as(header)
                    .isEqualTo(drawn.header(header))
                    .isPresent();
        }
    }

    @Test
    void whoHasThePageAlreadyGetsNone() {
        String etag = VISITOR.get(home).header("ETag").orElseThrow();
        for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
            Answer answer = VISITOR.with("If-None-Match", known).get(home);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.header("ETag")).contains(etag);
            assertThat(answer.header("Cache-Control")).contains("no-cache");
        }
        assertThat(VISITOR.with("If-None-Match", "\"other\"").get(home).status())
                .isEqualTo(200);
        add("New", "https://new.example/");
        Answer fresh = VISITOR.with("If-None-Match", etag).get(home);
        assertThat(fresh.status()).isEqualTo(200);
        assertThat(fresh.header("ETag")).isNotEqualTo(etag).isPresent();
    }

    @Test
    void compressedItIsTheSamePage() {
        for (int i = 0; i < 2; i++) { // rendered, then from the cache
            Answer plain = VISITOR.get(home);
            Answer gzip = VISITOR.with("Accept-Encoding", "br, gzip;q=0.8").get(home);
            assertThat(gzip.header("Content-Encoding")).contains("gzip");
            assertThat(gzip.header("Vary").orElse("")).containsIgnoringCase("Accept-Encoding");
            assertThat(gzip.header("Content-Length")).contains(Integer.toString(gzip.bytes().length));
            assertThat(gzip.bytes().length).isLessThan(plain.bytes().length / 2);
            assertThat(unzip(gzip.bytes())).isEqualTo(plain.text());
            assertThat(gzip.header("ETag")).isNotEqualTo(plain.header("ETag"));
            assertThat(VISITOR.with("Accept-Encoding", "gzip")
                            .with("If-None-Match", gzip.header("ETag").orElseThrow())
                            .get(home)
                            .status())
                    .isEqualTo(304);
        }
    }

    private static String unzip(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void whoRefusesGzipGetsNone() {
        for (String encodings : List.of("identity", "gzip;q=0", "br, gzip; q=0.0", "deflate")) {
            assertThat(VISITOR.with("Accept-Encoding", encodings).get(home).header("Content-Encoding"))
                    .as(encodings)
                    .isEmpty();
        }
    }

    @Test
    void headHasTheHeadersAndNoBody() {
        for (int i = 0; i < 2; i++) {
            Answer head = VISITOR.head(home);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.bytes()).isEmpty();
            Answer get = VISITOR.get(home);
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
            assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        }
    }

    @Test
    void thePolicyAllowsTheInlinedStyleAndNothingElse() {
        Answer page = VISITOR.get(home);
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page.text());
        assertThat(style.find()).isTrue();
        String hash =
                Base64.getEncoder().encodeToString(Digests.sha256(style.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(style.find()).as("a second style").isFalse();
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .isEqualTo("default-src 'none'; style-src 'sha256-" + hash
                        + "'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'self'");
        assertThat(page.text()).doesNotContain(" style=\"");
    }

    @Test
    void nothingRunsAndNothingComesFromElsewhere() {
        // The page's structured data is not executed by browsers.
        String html =
                VISITOR.get(home).text().replaceFirst("<script type=\"application/ld\\+json\">[^<]*</script>", "");
        assertThat(html.toLowerCase(Locale.ROOT))
                .doesNotContain("<script", "javascript:", "<iframe", "@import", "<form");
        assertThat(html).doesNotContainPattern("\\son[a-z]+=").doesNotContainPattern("url\\((?!['\"]?data:)");
        Matcher loaded = Pattern.compile("<(?:img|link|source|use|image|video)\\b[^>]*?(?:src|href)=\"([^\"]*)\"")
                .matcher(html);
        while (loaded.find()) {
            assertThat(loaded.group())
                    .satisfiesAnyOf(
                            tag -> assertThat(tag).contains("rel=\"canonical\""),
                            tag -> assertThat(loaded.group(1)).matches("(/|#|data:).*"));
        }
    }

    @Test
    void aPageOfAHundredLinksStaysSmall() {
        world.tier(world.acme(), Tier.PREMIUM);
        as = "";
        home = "/" + world.acme().username();
        acme.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        assertThat(VISITOR.get(home).bytes().length).isLessThan(30_000);
        for (int from : List.of(0, 50)) {
            steps(IntStream.range(from, from + 50)
                    .<Map<String, Object>>mapToObj(i -> Map.of(
                            "operation", "add",
                            "title", "A link with a title of the usual length " + i,
                            "url", "https://some-shop-" + i + ".example/collections/spring?ref=links"))
                    .toList());
        }
        Answer page = VISITOR.with("Accept-Encoding", "gzip").get(home);
        assertThat(unzip(page.bytes())).contains("usual length 99");
        assertThat(page.bytes().length).isLessThan(30_000);
        assertThat(VISITOR.get(home).bytes().length).as("without compression").isLessThan(30_000);
    }

    @Test
    void changesShowAtOnce() {
        assertThat(VISITOR.get(home).text()).doesNotContain("Brand new");
        add("Brand new", "https://new.example/");
        assertThat(VISITOR.get(home).text()).contains("Brand new");
        steps(List.of(Map.of("operation", "update", "id", linkId(2), "active", false)));
        assertThat(VISITOR.get(home).text()).doesNotContain("Brand new");
        steps(List.of(
                Map.of("operation", "update", "id", linkId(1), "title", "Renamed", "order", 0),
                Map.of("operation", "update", "id", linkId(0), "order", 1)));
        assertThat(VISITOR.get(home).text()).containsSubsequence("Renamed", "Spring collection");
        steps(List.of(Map.of("operation", "remove", "id", linkId(0))));
        assertThat(VISITOR.get(home).text()).doesNotContain("Renamed");
    }

    @Test
    void changesShowAtOnceUnderEveryAddress() {
        List<String> addresses = List.of(home, home + "/main", "/public" + home, "/public" + home + "/main");
        addresses.forEach(
                address -> assertThat(VISITOR.get(address).status()).as(address).isEqualTo(200));
        add("Brand new", "https://new.example/");
        addresses.forEach(
                address -> assertThat(VISITOR.get(address).text()).as(address).contains("Brand new"));
    }

    @Test
    void aChangeWhileVisitorsComeIsNeverLost() {
        List<String> texts = AtOnce.run(30, number -> {
            if (number == 15) {
                add("Brand new", "https://new.example/");
            }
            return VISITOR.get(home).text();
        });
        assertThat(texts).hasSize(30);
        assertThat(VISITOR.get(home).text()).contains("Brand new");
    }

    @Test
    void otherPagesHaveTheirSlug() {
        acme.post("/api/admin/CreatePage" + as, Map.of("slug", "second", "name", "Second"));
        assertThat(VISITOR.get(home + "/second").text())
                .contains("No links here yet.")
                .doesNotContain("Classes");
        assertThat(VISITOR.get(home + "/main").text()).contains("Classes");
        assertThat(VISITOR.get(home + "/third").status()).isEqualTo(404);
        String second =
                acme.get("/api/admin/GetPages" + as).json().at("/pages/1/id").asText();
        acme.put("/api/admin/UpdatePage" + as, Map.of("id", second, "isDefault", true));
        assertThat(VISITOR.get(home).text()).contains("No links here yet.");
        acme.put("/api/admin/UpdatePage" + as, Map.of("id", second, "slug", "moved"));
        assertThat(VISITOR.get(home + "/second").status()).isEqualTo(404);
        assertThat(VISITOR.get(home + "/moved").status()).isEqualTo(200);
    }

    @Test
    void thePublicPrefixShowsTheSame() {
        assertThat(VISITOR.get("/public" + home).bytes())
                .isEqualTo(VISITOR.get(home).bytes());
        assertThat(VISITOR.get("/public" + home + "/main").bytes())
                .isEqualTo(VISITOR.get(home + "/main").bytes());
    }

    @Test
    void aQueryChangesNothing() {
        assertThat(VISITOR.get(home + "?utm_source=mail&as=x").bytes())
                .isEqualTo(VISITOR.get(home).bytes());
    }

    @Test
    void upperCaseLeadsToLowerCase() {
        String upper = home.toUpperCase(Locale.ROOT);
        assertThat(VISITOR.get(upper).status()).isEqualTo(301);
        assertThat(VISITOR.get(upper + "?utm_source=ig&a=%2F").location()).isEqualTo(home + "?utm_source=ig&a=%2F");
        assertThat(VISITOR.get(upper).location()).isEqualTo(home);
        assertThat(VISITOR.get(upper + "/MAIN").location()).isEqualTo(home + "/main");
        assertThat(VISITOR.get("/public" + upper).location()).isEqualTo("/public" + home);
    }

    @Test
    void noAddressLeadsToAnotherServer() {
        for (String path : List.of(
                "//EVIL", "//EVIL/x", "/public//EVIL", "//EVIL.example/x", "/%2FEVIL", "/.//EVIL", "/\\\\EVIL")) {
            String answer = RawConnection.send("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            assertThat(answer).as(path).doesNotContainPattern("(?i)location: *(//|/\\\\|https?:)");
        }
    }

    @Test
    void addressesOfNobodyAreNotFound() {
        for (String path : List.of(
                "/nobody-has-this-name",
                home + "/nothing",
                "/public/nobody-has-this-name",
                "/x.y",
                "/ab",
                "/" + world.solo().username())) {
            Answer answer = VISITOR.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).as(path).contains("Page not found");
        }
        assertThat(VISITOR.get("/pricing").status()).isEqualTo(404);
    }

    @Test
    void aSuspendedAccountIsTemporarilyUnavailable() {
        assertThat(VISITOR.get(home).status()).isEqualTo(200);
        String go = "/go/" + linkId(0);
        setStatus("suspended");
        for (String path : List.of(home, home + "/main", "/public" + home, go)) {
            Answer answer = VISITOR.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text())
                    .as(path)
                    .contains("temporarily unavailable")
                    .doesNotContain("Spring collection");
        }
        setStatus("active");
        assertThat(VISITOR.get(home).status()).isEqualTo(200);
    }

    @Test
    void aDeletedAccountIsUnknown() {
        setStatus("deleted");
        assertThat(VISITOR.get(home).status()).isEqualTo(404);
        assertThat(VISITOR.get(home).text()).contains("Page not found").doesNotContain("temporarily");
    }

    @Test
    void missingPagesAreNotKept() {
        String path = "/" + world.name("later");
        assertThat(VISITOR.get(path).status()).isEqualTo(404);
        TestWorld.Brand later = world.brand(world.acme(), "later", "Later");
        assertThat(VISITOR.get(path).status()).isEqualTo(404);
        acme.post("/api/admin/CreatePage?UserId=" + later.id(), Map.of("slug", "main", "name", "Main"));
        assertThat(VISITOR.get(path).status()).isEqualTo(200);
    }

    // Clicks

    @Test
    void clicksLeadOnAndCount() {
        Answer go = VISITOR.get("/go/" + linkId(0));
        assertThat(go.status()).isEqualTo(302);
        assertThat(go.location()).isEqualToIgnoringCase("https://www.shop.example/spring?a=1");
        assertThat(go.header("Cache-Control")).contains("no-store");
        VISITOR.get("/go/" + linkId(0));
        assertThat(clicks(0)).isEqualTo(2);
        assertThat(clicks(1)).isZero();
    }

    @Test
    void clicksAtOnceAreAllCounted() {
        String path = "/go/" + linkId(0);
        AtOnce.run(30, _ -> VISITOR.get(path).status());
        assertThat(clicks(0)).isEqualTo(30);
    }

    @Test
    void lookingIsNoClick() {
        assertThat(VISITOR.head("/go/" + linkId(0)).status()).isEqualTo(302);
        assertThat(clicks(0)).isZero();
    }

    @Test
    void clicksSurviveAnEdit() {
        VISITOR.get("/go/" + linkId(0));
        steps(List.of(Map.of("operation", "update", "id", linkId(0), "title", "Renamed")));
        assertThat(clicks(0)).isEqualTo(1);
    }

    @Test
    void linksThatAreNotShownLeadNowhere() {
        String id = linkId(0);
        steps(List.of(Map.of("operation", "update", "id", id, "active", false)));
        for (String path :
                List.of("/go/" + id, "/go/018f0000-0000-7000-8000-000000000000", "/go/nonsense", "/go/" + id + "x")) {
            Answer answer = VISITOR.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.text()).doesNotContain("shop.example");
        }
        assertThat(clicks(0)).isZero();
    }

    // The owner is not revealed

    @Test
    void nothingNamesTheParent() {
        List<String> secrets = List.of(
                world.acme().username(),
                world.acme().account().toString(),
                world.acme().identity().toString(),
                world.acme().email(),
                "parent",
                "agency");
        for (String path : List.of(
                home,
                home + "/main",
                "/public" + home,
                home + "/nothing",
                "/go/" + linkId(0),
                "/go/nonsense",
                home.toUpperCase(Locale.ROOT))) {
            Answer answer = VISITOR.get(path);
            String all = answer.text() + answer.headers().map();
            secrets.forEach(
                    secret -> assertThat(all).as("%s in %s", secret, path).doesNotContainIgnoringCase(secret));
        }
        setStatus("suspended");
        String unavailable = VISITOR.get(home).text();
        secrets.forEach(secret -> assertThat(unavailable).doesNotContainIgnoringCase(secret));
    }

    @Test
    void aSubAccountsPageLooksLikeAnyOther() {
        // The same content under a root account differs only in name and ids.
        TestClient solo = TestClient.of(world.solo());
        solo.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        solo.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "links",
                        List.of(
                                Map.of(
                                        "operation",
                                        "add",
                                        "title",
                                        "Spring collection",
                                        "url",
                                        "https://www.Shop.example/spring?a=1"),
                                Map.of("operation", "add", "title", "Classes", "url", "https://classes.example/"))));
        String own = VISITOR.get("/" + world.solo().username()).text();
        assertThat(shape(VISITOR.get(home).text())).isEqualTo(shape(own));
    }

    private static String shape(String html) {
        return html.replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("<(/?[a-z0-9]+)[^>]*>", "<$1>")
                .replaceAll(">[^<]*<", "><");
    }
}
