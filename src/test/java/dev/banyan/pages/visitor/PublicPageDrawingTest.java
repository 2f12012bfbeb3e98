package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkSchedule;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.LinkStyle.Animation;
import dev.banyan.pages.LinkStyle.Layout;
import dev.banyan.pages.LinkStyle.ThumbnailType;
import dev.banyan.pages.PublishedPage;
import dev.banyan.platform.Digests;
import dev.banyan.themes.Theme;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that a page can show, with input that can't break out of its place.
@QuarkusTest
class PublicPageDrawingTest {

    private static final TestClient VISITOR = TestClient.anonymous();
    private static final Pattern FACTS = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>");

    @Inject
    PublishedPage published;

    @Inject
    TestClock clock;

    private Answer page() {
        return VISITOR.get(published.home());
    }

    private Link decorated(String title, LinkStyle decoration, Optional<String> group) {
        return published.add(title, "https://shop.example/", decoration, group, Optional.empty(), Optional.empty());
    }

    private static LinkStyle thumbnail(ThumbnailType type, String thumbnail, Optional<String> image) {
        return new LinkStyle("", thumbnail, Optional.of(type), image, Layout.THUMBNAIL_LEFT, Animation.PULSE);
    }

    @Test
    void linksWearWhatTheyAreGiven() {
        decorated(
                "Plain icon",
                new LinkStyle("instagram", "", Optional.empty(), Optional.empty(), Layout.FEATURED, Animation.SHAKE),
                Optional.empty());
        decorated("Emoji", thumbnail(ThumbnailType.EMOJI, "🌿", Optional.empty()), Optional.empty());
        decorated(
                "Picture",
                thumbnail(
                        ThumbnailType.IMAGE,
                        "https://elsewhere.example/a.png",
                        Optional.of("018f0000-0000-7000-8000-000000000001")),
                Optional.empty());
        decorated(
                "No copy of its picture yet",
                thumbnail(ThumbnailType.IMAGE, "https://elsewhere.example/b.png", Optional.empty()),
                Optional.empty());
        String html = page().text();
        assertThat(html)
                .contains(
                        "class=\"link featured shake\"",
                        "class=\"link left pulse\"",
                        "<em aria-hidden=\"true\">🌿</em>")
                .contains("<img class=\"thumb\" src=\"/media/018f0000-0000-7000-8000-000000000001\" alt=\"\"")
                .doesNotContain("elsewhere.example");
    }

    @Test
    void groupsStandAsTheyAreSet() {
        String stack = published.group("Shop", GroupLayout.STACK, false, true);
        String grid = published.group("Places", GroupLayout.GRID, true, true);
        String rail = published.group("Events", GroupLayout.CAROUSEL, false, true);
        String off = published.group("Switched off", GroupLayout.STACK, false, false);
        published.group("Empty", GroupLayout.STACK, false, true);
        for (String group : List.of(stack, grid, rail, off)) {
            decorated("In " + group, LinkStyle.PLAIN, Optional.of(group));
        }
        assertThat(page().text())
                .containsSubsequence(
                        "<h2 dir=\"auto\">Shop</h2><ul>",
                        "In " + stack,
                        "<details><summary><h2 dir=\"auto\">Places</h2></summary><ul class=\"grid\">",
                        "In " + grid,
                        "<h2 dir=\"auto\">Events</h2><ul class=\"rail\">",
                        "In " + rail)
                .doesNotContain("Switched off", "In " + off, "Empty");
    }

    @Test
    void aLinkInAClosedGroupLeadsNowhere() {
        String off = published.group("Switched off", GroupLayout.STACK, false, false);
        Link hidden = decorated("Hidden", LinkStyle.PLAIN, Optional.of(off));
        assertThat(VISITOR.get("/go/" + hidden.id()).status()).isEqualTo(404);
    }

    @Test
    void otherPlacesAreMarked() {
        published.icon("instagram", "https://instagram.example/north");
        published.icon("email", "mailto:hello@north.example");
        published.icon("somewhere", "https://somewhere.example/north");
        published.icon("evil", "javascript:alert(1)");
        assertThat(page().text())
                .contains("href=\"https://instagram.example/north\"", "aria-label=\"Instagram\"")
                .contains("href=\"mailto:hello@north.example\"", "aria-label=\"somewhere\"")
                .doesNotContain("javascript:");
        assertThat(facts().at("/mainEntity/sameAs").toString())
                .isEqualTo("[\"https://instagram.example/north\",\"https://somewhere.example/north\"]");
    }

    private JsonNode facts() {
        Matcher found = FACTS.matcher(page().text());
        assertThat(found.find()).isTrue();
        return TestClient.parse(found.group(1));
    }

    @Test
    void thePageSaysWhatItIs() {
        String html = page().text();
        assertThat(html)
                .contains(
                        "<link rel=\"canonical\" href=\"http",
                        "/north",
                        "<meta property=\"og:title\" content=\"North\">")
                .contains("<meta name=\"twitter:card\" content=\"summary_large_image\">");
        assertThat(facts().at("/@type").asText()).isEqualTo("ProfilePage");
        assertThat(facts().at("/mainEntity/alternateName").asText())
                .isEqualTo("@" + published.north().username());
    }

    // Schedules

    private Link scheduled(String title, Optional<Instant> from, Optional<Instant> to) {
        return published.add(
                title,
                "https://" + title.toLowerCase(java.util.Locale.ROOT) + ".example/",
                LinkStyle.PLAIN,
                Optional.empty(),
                Optional.of(new LinkSchedule("", "", "Asia/Dubai", from, to)),
                Optional.empty());
    }

    @Test
    void linksComeAndGoToTheSecondThoughThePageIsKept() {
        Instant now = clock.instant();
        Link soon = scheduled("Soon", Optional.of(now.plusSeconds(60)), Optional.empty());
        Link ending = scheduled("Ending", Optional.empty(), Optional.of(now.plusSeconds(120)));
        for (int i = 0; i < 2; i++) { // rendered, then cached
            assertThat(page().text()).contains("Ending").doesNotContain("Soon");
        }
        assertThat(VISITOR.get("/go/" + soon.id()).status()).isEqualTo(404);
        String etag = page().header("ETag").orElseThrow();
        clock.forward(Duration.ofMillis(59_999));
        assertThat(VISITOR.with("If-None-Match", etag).get(published.home()).status())
                .isEqualTo(304);
        clock.forward(Duration.ofMillis(1));
        assertThat(VISITOR.with("If-None-Match", etag).get(published.home()).status())
                .isEqualTo(200);
        assertThat(page().text()).contains("Ending", "Soon");
        assertThat(VISITOR.get("/go/" + soon.id()).status()).isEqualTo(302);
        clock.forward(Duration.ofSeconds(60));
        assertThat(page().text()).contains("Soon").doesNotContain("Ending");
        assertThat(VISITOR.get("/go/" + ending.id()).status()).isEqualTo(404);
    }

    /// The days of its owner, not those of the server or the visitor, including a skipped hour and a repeated one.
    @ParameterizedTest
    @ValueSource(strings = {"Asia/Dubai", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"})
    void aDayBeginsAndEndsAtMidnightInTheZoneOfItsOwner(String zone) {
        ZonedDateTime midnight = clock.instant()
                .atZone(ZoneId.of(zone))
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(ZoneId.of(zone));
        Answer saved = TestClient.of(published.world().acme())
                .put(
                        "/api/admin/UpdateLinks?UserId=" + published.north().id(),
                        Map.of(
                                "links",
                                List.of(Map.of(
                                        "operation",
                                        "add",
                                        "title",
                                        "Only that day",
                                        "url",
                                        "https://day.example/",
                                        "schedule",
                                        Map.of(
                                                "enabled",
                                                true,
                                                "startDate",
                                                midnight.toLocalDate() + "T00:00",
                                                "endDate",
                                                midnight.toLocalDate().plusDays(1) + "T00:00",
                                                "timezone",
                                                zone)))));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        clock.forward(Duration.between(clock.instant(), midnight.toInstant()).minusMillis(1));
        assertThat(page().text()).doesNotContain("Only that day");
        clock.forward(Duration.ofMillis(1));
        assertThat(page().text()).contains("Only that day");
        clock.forward(Duration.between(midnight, midnight.plusDays(1)).minusMillis(1));
        assertThat(page().text()).contains("Only that day");
        clock.forward(Duration.ofMillis(1));
        assertThat(page().text()).doesNotContain("Only that day");
    }

    // States

    @Test
    void anUnpublishedPageIsUnknown() {
        published.add("Hidden", "https://hidden.example/");
        published.publish(false);
        assertThat(page().status()).isEqualTo(404);
        assertThat(page().text()).contains("Page not found").doesNotContain("Hidden");
        published.publish(true);
        assertThat(page().status()).isEqualTo(200);
    }

    @Test
    void theManagerIsNamedOnlyWhereTheAgencyWishes() {
        assertThat(page().text()).doesNotContain("Managed by");
        published.showManager();
        assertThat(page().text())
                .contains("Managed by @" + published.world().acme().username() + "<");
    }

    @Test
    void theAgencyDecidesInTheSubAccountsSettings() {
        TestClient acme = TestClient.of(published.world().acme());
        String id = published.north().id().toString();
        Answer changed =
                acme.put("/api/admin/UpdateSubAccount", java.util.Map.of("subAccountId", id, "showManagedBy", true));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().at("/subAccount/showManagedBy").asBoolean()).isTrue();
        assertThat(page().text()).contains("Managed by");
        Answer form = acme.form(
                "/admin/users/sub-accounts/" + id,
                "as",
                published.world().acme().username(),
                "displayName",
                "North",
                "type",
                "client");
        assertThat(form.status()).as(form.toString()).isEqualTo(303);
        assertThat(page().text()).doesNotContain("Managed by");
    }

    @Test
    void theFooterGoesWithTheTier() {
        published.looks(TestClient.parse("{\"hideFooter\":true}"));
        assertThat(page().text()).doesNotContain("Made with Banyan");
        assertThat(Tier.FREE.has(Feature.REMOVE_FOOTER)).isFalse();
        published
                .world()
                .plan(
                        published.world().acme(),
                        Tier.FREE,
                        dev.banyan.accounts.AgencyPermission.BASIC,
                        java.util.Map.of(dev.banyan.accounts.Pack.TEN, 1));
        published.changed();
        assertThat(page().text()).contains("Made with Banyan");
    }

    // Looks

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyThemeIsSmallAndItsStyleAllowed(Theme theme) {
        published.looks(TestClient.parse("{\"theme\":\"" + theme.key()
                + "\",\"header\":{\"displayName\":\"Harbour\",\"bio\":\"Beans and bread\"},\"wallpaper\":{\"type\":\"pattern\","
                + "\"patternType\":\"honey\",\"patternColor\":\"#225566\"}}"));
        for (int i = 0; i < 50; i++) {
            published.add("A link with a title of the usual length " + i, "https://some-shop-" + i + ".example/a");
        }
        Answer page = page();
        assertThat(page.bytes().length).isLessThan(30_000);
        assertThat(page.text()).contains("<title>Harbour</title>", "Beans and bread", "usual length 49");
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page.text());
        assertThat(style.find()).isTrue();
        String hash =
                Base64.getEncoder().encodeToString(Digests.sha256(style.group(1).getBytes(StandardCharsets.UTF_8)));
        String policy = page.header("Content-Security-Policy").orElse("");
        assertThat(policy).contains("style-src 'sha256-" + hash + "'").doesNotContain("unsafe", "script-src");
        assertThat(policy.contains("font-src 'self'")).isEqualTo(style.group(1).contains("@font-face"));
        String worn = theme == Theme.LAGOON ? "default" : theme.key();
        assertThat(page.text()).contains("data-theme=\"" + worn + "\"").doesNotContain(" style=\"");
    }

    // Injection

    @Test
    void nothingTypedGetsOutOfItsPlace() {
        for (String payload : List.of(
                "</script><script>alert(1)</script>",
                "</style><script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onload='alert(1)",
                "}body{background:url(https://evil.example/x)}",
                "{config.secret}{#if}{/}",
                "<!--",
                "\u2028\u2029")) {
            published.looks(TestClient.JSON
                    .createObjectNode()
                    .set(
                            "header",
                            TestClient.JSON
                                    .createObjectNode()
                                    .put("displayName", payload)
                                    .put("bio", payload)));
            published.icon(payload.substring(0, Math.min(40, payload.length())), "https://a.example/?q=" + payload);
            String group = published.group(payload, GroupLayout.GRID, true, true);
            published.add(
                    payload,
                    "https://shop.example/?q=" + payload,
                    new LinkStyle(
                            payload,
                            payload,
                            Optional.of(ThumbnailType.EMOJI),
                            Optional.empty(),
                            Layout.CLASSIC,
                            Animation.NONE),
                    Optional.of(group),
                    Optional.empty(),
                    Optional.empty());
            Link locked = published.locked(
                    payload, "https://shop.example/", new LinkLock(LinkLock.Type.CODE, payload, payload));
            for (Answer answer : List.of(page(), VISITOR.get("/go/" + locked.id()))) {
                assertThat(answer.status()).isEqualTo(200);
                String html = answer.text();
                Matcher style =
                        Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
                assertThat(style.find()).isTrue();
                assertThat(style.group(1)).doesNotContain("evil", "alert", "</");
                String rest = FACTS.matcher(html).replaceFirst("").replace(style.group(), "");
                String tags = rest.replaceAll("=\"[^\"]*\"", "");
                assertThat(rest).doesNotContain("<script", "</script", "</style", "<img src=x", "<!--");
                assertThat(tags).doesNotContainPattern("<[^>]*\\s(on[a-z]+|style)\\b");
            }
            assertThat(facts().at("/mainEntity/name").asText())
                    .isEqualTo(payload.isBlank() ? "North" : payload.strip());
        }
    }

    // The picture

    @Test
    void thePictureOfThePageIsDrawnAndKept() {
        Matcher address = Pattern.compile("og:image\" content=\"https?://[^/]+(/media/card/[^\"]+)\"")
                .matcher(page().text());
        assertThat(address.find()).isTrue();
        Answer picture = VISITOR.get(address.group(1));
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.contentType()).isEqualTo("image/png");
        assertThat(picture.bytes()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(VISITOR.with("If-None-Match", picture.header("ETag").orElseThrow())
                        .get(address.group(1))
                        .status())
                .isEqualTo(304);
        published.looks(TestClient.parse("{\"header\":{\"displayName\":\"Another name\"}}"));
        assertThat(page().text()).doesNotContain(address.group(1));
        assertThat(VISITOR.get("/media/card/" + published.page() + ".png").bytes())
                .isNotEqualTo(picture.bytes());
        published.publish(false);
        assertThat(VISITOR.get(address.group(1)).status()).isEqualTo(404);
        assertThat(VISITOR.get("/media/card/nonsense.png").status()).isEqualTo(404);
    }
}
