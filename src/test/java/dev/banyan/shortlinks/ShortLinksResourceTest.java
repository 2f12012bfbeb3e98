package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.RawConnection;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.TestWorkbook;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ShortLinksResourceTest {

    private static final String TARGET = "https://example.com/spring";

    private final TestWorld world;
    private final Recorder recorder;
    private final TestClient visitor = TestClient.anonymous();

    ShortLinksResourceTest(TestWorld world, Recorder recorder) {
        this.world = world;
        this.recorder = recorder;
    }

    @Test
    void aGeneratedSlugLeadsOnAndIsCounted() {
        String slug = created(Map.of("targetUrl", TARGET, "title", "Spring", "slug", " "));
        assertThat(slug).matches("[a-z0-9]{6}");

        for (int i = 0; i < 3; i++) { // the first from the database, the others from memory
            Answer answer = visitor.get("/l/" + slug);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.location()).isEqualTo(TARGET);
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
        assertThat(visitor.head("/l/" + slug).status()).isEqualTo(302);
        assertThat(visitor.get("/l/" + slug.toUpperCase(Locale.ROOT)).location())
                .isEqualTo(TARGET);
        assertThat(visitor.get("/L/" + slug.toUpperCase(Locale.ROOT) + "?a=1").location())
                .isEqualTo(TARGET);
        assertThat(visitor.get("/api/public/L?slug=" + slug)
                        .json()
                        .path("redirectTo")
                        .asText())
                .isEqualTo(TARGET);
        recorder.write();

        JsonNode listed = listed(slug);
        assertThat(listed.path("clicks").asLong()).as("HEAD does not count").isEqualTo(6);
        assertThat(listed.path("lastClickedAt").isTextual()).isTrue();
        assertThat(listed.path("targetUrl").asText()).isEqualTo(TARGET);
    }

    @Test
    void aChangeIsSeenAtOnce() {
        String slug = created(Map.of("targetUrl", TARGET));
        visitor.get("/l/" + slug);

        assertThat(step("update", slug, Map.of("targetUrl", "https://example.org/"))
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("/l/" + slug).location()).isEqualTo("https://example.org/");
        step("update", slug, Map.of("active", false));
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(410);
        assertThat(visitor.get("/api/public/l?slug=" + slug).status()).isEqualTo(410);
        step("remove", slug, Map.of());
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(404);
        assertThat(visitor.get("/api/public/l?slug=" + slug).status()).isEqualTo(404);
        created(Map.of("targetUrl", TARGET, "customSlug", slug));
        assertThat(visitor.get("/l/" + slug).status())
                .as("an unknown slug is forgotten")
                .isEqualTo(302);
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertThat(visitor.get("/api/public/l?slug=a").status()).isEqualTo(400);
        assertThat(put(Map.of("operation", "fly")).error()).contains("operation must be");
        assertThat(put(Map.of("operation", "update")).error()).contains("slug is required");
        assertThat(step("update", "nothing-here", Map.of("title", "x")).status())
                .isEqualTo(404);
        Answer nothing = step("remove", "nothing-here", Map.of());
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.json().path("warnings").toString())
                .isEqualTo("[\"There is no short link to remove: nothing-here\"]");
        for (String target :
                List.of("javascript:alert(1)", "ftp://example.com", "http://localhost", "//example.com", "")) {
            assertThat(put(Map.of("operation", "add", "targetUrl", target)).status())
                    .as(target)
                    .isEqualTo(400);
        }
        assertThat(put(Map.of("operation", "add")).error()).contains("targetUrl is required");
        assertThat(put(add("title", "x".repeat(101))).error()).contains("100 characters or less");
        assertThat(put(add("customSlug", "-no-")).error()).contains("Slug must be");
        assertThat(put(add("customSlug", "Admin")).error()).contains("reserved");
        assertThat(put(add("tags", List.of("a b"))).status()).isEqualTo(400);
        assertThat(put(add("startsAt", "tomorrow")).status()).isEqualTo(400);
        assertThat(put(add("endsAt", "9999-12-31")).error()).contains("endsAt must be from 1970 to 2099");
        assertThat(put(add("fallbackUrl", "javascript:alert(1)")).status()).isEqualTo(400);
        assertThat(put(add("password", "abc")).status()).isEqualTo(400);
        assertThat(put(add("clickLimit", -1)).status()).isEqualTo(400);
        assertThat(put(add("rules", List.of(Map.of("targetUrl", TARGET)))).error())
                .contains("at least one condition");
        assertThat(put(add("rules", List.of(Map.of("device", "ios", "targetUrl", "data:text/html,x"))))
                        .status())
                .isEqualTo(400);
        assertThat(put(add("variants", List.of(Map.of("targetUrl", TARGET, "weight", 1001))))
                        .status())
                .isEqualTo(400);
        List<Object> many =
                IntStream.range(0, 21).<Object>mapToObj(_ -> add("title", "x")).toList();
        assertThat(acme().put("/api/admin/updateShortLinks", Map.of("shortLinks", many))
                        .error())
                .contains("At most 20");
        assertThat(visitor.get("/api/admin/getShortLinks").status()).isEqualTo(401);
    }

    @Test
    void aListHoldsWhatASearchFinds() {
        String spring = created(Map.of("targetUrl", TARGET, "title", "Spring sale", "tags", List.of("poster")));
        created(Map.of("targetUrl", TARGET, "title", "Autumn sale"));
        for (String query : List.of("search=spring", "search=SPRI", "tag=poster")) {
            JsonNode found = acme().get("/api/admin/getShortLinks?" + query).json();
            assertThat(found.path("shortLinks"))
                    .as(query)
                    .extracting(link -> link.path("slug").asText())
                    .containsExactly(spring);
            assertThat(found.path("total").asLong()).as(query).isEqualTo(1);
        }
    }

    /// LinkToMe contract 2.7, field by field; additional fields are ours.
    @Test
    void requestsAndAnswersAreThoseOfTheContract() {
        Answer added = acme().put(
                        "/admin/updateShortLinks",
                        Map.of(
                                "shortLinks",
                                List.of(
                                        Map.of("operation", "add", "targetUrl", TARGET, "title", "Spring"),
                                        Map.of("operation", "add", "targetUrl", "https://example.com/b"))));
        assertThat(added.status()).isEqualTo(200);
        String first = added.json().at("/created/0/slug").asText();
        String second = added.json().at("/created/1/slug").asText();
        assertThat(added.json().toString())
                .isEqualTo(("{\"success\":true,\"message\":\"Short links updated successfully\",\"created\":["
                                + "{\"slug\":\"%s\",\"targetUrl\":\"%s\",\"title\":\"Spring\"},"
                                + "{\"slug\":\"%s\",\"targetUrl\":\"https://example.com/b\",\"title\":\"\"}]}")
                        .formatted(first, TARGET, second));
        visitor.get("/l/" + second);
        recorder.write();

        JsonNode list = acme().get("/api/admin/getShortLinks").json();
        assertThat(list.path("total").asLong()).isEqualTo(2);
        assertThat(list.at("/shortLinks/0/slug").asText())
                .as("most clicks first")
                .isEqualTo(second);
        JsonNode other = list.at("/shortLinks/1");
        assertThat(other.path("slug").asText()).isEqualTo(first);
        assertThat(other.path("targetUrl").asText()).isEqualTo(TARGET);
        assertThat(other.path("title").asText()).isEqualTo("Spring");
        assertThat(other.path("active").asBoolean()).isTrue();
        assertThat(other.path("clicks").isIntegralNumber()).isTrue();
        assertThat(other.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(other.has("lastClickedAt")).isTrue();
        assertThat(other.path("lastClickedAt").isNull()).isTrue();
        assertThat(other.path("exceedsTierLimit").asBoolean(true)).isFalse();
    }

    /// As they are listed.
    @Test
    void nullIsNoLimitAndNoTime() {
        String slug = created(Map.of("targetUrl", TARGET, "endsAt", "2030-01-01T00:00:00Z", "clickLimit", 5));
        assertThat(acme().put(
                                "/api/admin/updateShortLinks",
                                "{\"shortLinks\":[{\"operation\":\"update\",\"slug\":\"" + slug
                                        + "\",\"title\":\"Without\",\"endsAt\":null,\"clickLimit\":null}]}")
                        .status())
                .isEqualTo(200);
        assertThat(listed(slug).path("endsAt").isNull()).isTrue();
        assertThat(listed(slug).path("clickLimit").isNull()).isTrue();
    }

    @Test
    void timesWithoutAZoneAreThoseOfTheAccount() {
        zone("Asia/Dubai");
        JsonNode there = listed(created(Map.of("targetUrl", TARGET, "startsAt", "2026-01-01 00:00")));
        JsonNode exact = listed(created(Map.of("targetUrl", TARGET, "startsAt", "2026-01-01T00:00:00Z")));
        JsonNode named = listed(
                created(Map.of("targetUrl", TARGET, "startsAt", "2026-01-01 00:00", "timezone", "Europe/Berlin")));
        zone("UTC");

        assertThat(there.path("startsAt").asText()).isEqualTo("2025-12-31T20:00:00Z");
        assertThat(there.path("timezone").asText()).isEqualTo("Asia/Dubai");
        assertThat(exact.path("startsAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(named.path("startsAt").asText()).isEqualTo("2025-12-31T23:00:00Z");
    }

    private void zone(String name) {
        assertThat(acme().form("/admin/settings/profile", Map.of("displayName", "Acme", "accountZone", name))
                        .location())
                .contains("done=profile-saved");
    }

    @Test
    void aTimeZoneIsKeptForWhoEditsTheTimes() {
        String slug =
                created(Map.of("targetUrl", TARGET, "startsAt", "2026-01-01T00:00:00+04:00", "timezone", "Asia/Dubai"));
        JsonNode listed = listed(slug);
        assertThat(listed.path("timezone").asText()).isEqualTo("Asia/Dubai");
        assertThat(listed.path("startsAt").asText()).isEqualTo("2025-12-31T20:00:00Z");
        assertThat(acme().get("/admin/short-links/" + listed.path("id").asText())
                        .text())
                .contains("<h1><bdi>/l/" + slug + "</bdi></h1>", "<title>/l/" + slug)
                .contains("value=\"2026-01-01T00:00\"", "<option selected>Asia/Dubai</option>");
        assertThat(put(add("timezone", "Mars/Olympus")).error()).contains("timezone must be an IANA time zone");
    }

    /// A browser sends the option of its select, and if none is selected, the first one.
    @ParameterizedTest
    @ValueSource(strings = {"CET", "Japan", "Etc/GMT-4"})
    void theFormHasEveryZoneThatProgramsMayName(String zone) {
        String slug = created(Map.of("targetUrl", TARGET, "endsAt", "2027-01-01T00:00:00Z", "timezone", zone));
        assertThat(form(slug)).contains("<option selected>" + zone + "</option>");
        assertThat(acme().get("/admin/short-links/new").text()).doesNotContain("<option>" + zone + "</option>");
    }

    /// Its times are shown in UTC, whatever the reader's time zone.
    @Test
    void timesWithoutAZoneStayThoseOfUtc() {
        String timed = created(Map.of("targetUrl", TARGET, "endsAt", "2027-01-01T04:00:00+04:00"));
        assertThat(form(timed))
                .contains("value=\"2027-01-01T00:00\"", "<option selected>UTC</option>")
                .doesNotContain("data-own-zone");
        String untimed = created(Map.of("targetUrl", TARGET));
        assertThat(form(untimed)).contains("data-own-zone");
    }

    @Test
    void whatAsksForNothingKnownIsRefused() {
        Map.of(
                        "{\"links\":[]}", "shortLinks is required, with at least one step",
                        "{}", "shortLinks is required, with at least one step",
                        "{\"shortLinks\":[]}", "shortLinks is required, with at least one step",
                        "{\"shortLinks\":[{\"operation\":\"add\",\"target\":\"https://example.com/\"}]}",
                                "shortLinks[0]: targetUrl is required")
                .forEach((body, error) -> {
                    Answer answer = acme().put("/api/admin/updateShortLinks", body);
                    assertThat(answer.status()).as(body).isEqualTo(400);
                    assertThat(answer.error()).startsWith(error);
                });
    }

    @Test
    void theSlugOfANewLinkMayHaveEitherName() {
        String slug = world.name("spring");
        assertThat(created(Map.of("targetUrl", TARGET, "slug", slug))).isEqualTo(slug);
        assertThat(put(add("slug", "one-name")).status()).isEqualTo(200);
        var both = new HashMap<>(add("slug", "one-name"));
        both.put("customSlug", "another-name");
        assertThat(put(both).error()).isEqualTo("shortLinks[0]: slug and customSlug must be the same");
    }

    @Test
    void aClientMayEchoTheWholeShortLink() {
        String slug = created(Map.of("targetUrl", TARGET, "title", "Spring"));
        Map<String, Object> whole = new HashMap<>();
        listed(slug).properties().forEach(field -> whole.put(field.getKey(), field.getValue()));
        whole.put("operation", "update");
        whole.put("title", "Summer");
        Answer echoed = put(whole);
        assertThat(echoed.status()).as(echoed.toString()).isEqualTo(200);
        assertThat(listed(slug).path("title").asText()).isEqualTo("Summer");
    }

    private String form(String slug) {
        return acme().get("/admin/short-links/" + listed(slug).path("id").asText())
                .text();
    }

    /// Refused for another field, the link was then saved without its password: open to everyone.
    @Test
    void aPasswordIsTypedOnceAlsoIfTheFormIsRefused() {
        String slug = world.name("kept");
        var typed = new HashMap<>(Map.of(
                "as", world.acme().username(),
                "slug", slug,
                "leadsTo", "nothing",
                "active", "true",
                "password", "only for guests"));
        Answer refused = acme().form("/admin/short-links", typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Entered. Leave empty to use it.").doesNotContain("only for guests");
        typed.putAll(Map.of("leadsTo", TARGET, "password", "", "typedSecret", refused.hidden("typedSecret")));
        assertThat(acme().form("/admin/short-links", typed).status()).isEqualTo(303);
        assertThat(listed(slug).path("hasPassword").asBoolean()).isTrue();
    }

    /// A misspelt condition would send everyone to the address of a few.
    @Test
    void whatIsMisspeltInAPartChangesNothing() {
        String slug = created(Map.of("targetUrl", "https://example.com/", "utm", Map.of("source", "news")));
        Map<String, Object> update = Map.of("operation", "update", "slug", slug);
        Map<String, Object> parts = Map.of(
                "utm", Map.of("Source", "ads"),
                "rules", List.of(Map.of("country", "AE", "lang", "ar", "targetUrl", "https://example.ae/")),
                "variants", List.of(Map.of("targetUrl", "https://example.org/", "wieght", 3)));
        parts.forEach((name, part) -> {
            var body = new HashMap<>(update);
            body.put(name, part);
            Answer refused = put(body);
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.error()).startsWith("Unknown field: shortLinks[0]." + name);
        });
        assertThat(listed(slug).at("/utm/source").asText()).isEqualTo("news");
        assertThat(listed(slug).path("rules")).isEmpty();
    }

    /// Scripts and markup in every field: refused, or shown as text.
    @Test
    void nothingThatIsTypedBecomesMarkup() {
        String evil = "\"><script>alert(1)</script>";
        String slug = created(Map.of(
                "targetUrl",
                "https://example.com/?q=%22%3E",
                "title",
                evil,
                "utm",
                Map.of("source", evil, "campaign", "a\r\nSet-Cookie: x=1".replace("\r\n", " "))));
        assertThat(put(add("tags", List.of("<b>"))).status()).isEqualTo(400);
        assertThat(put(add("title", "a\nb")).status()).isEqualTo(400);
        assertThat(put(add("utm", Map.of("source", "a\r\nSet-Cookie: x=1"))).status())
                .isEqualTo(400);
        assertThat(put(add("utm", Map.of("term", "x".repeat(101)))).status()).isEqualTo(400);
        Answer escaped = visitor.get("/l/" + created(Map.of("targetUrl", "https://example.com/" + evil)));
        assertThat(escaped.location()).isEqualTo("https://example.com/%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        Answer led = visitor.get("/l/" + slug);
        assertThat(led.status()).isEqualTo(302);
        assertThat(led.location())
                .startsWith("https://example.com/")
                .doesNotContain("<")
                .doesNotContain("\"");
        for (String path : List.of(
                "/admin/short-links",
                "/admin/short-links/" + listed(slug).path("id").asText())) {
            assertThat(acme().get(path).text()).as(path).doesNotContain("<script>alert");
        }
    }

    @Test
    void aBatchIsAppliedWholeOrNotAtAll() {
        String slug = created(Map.of("targetUrl", TARGET));
        Answer answer = acme().put(
                        "/api/admin/updateShortLinks",
                        Map.of("shortLinks", List.of(add("title", "kept?"), add("customSlug", slug))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("taken");
        assertThat(acme().get("/api/admin/getShortLinks").json().path("total").asLong())
                .isEqualTo(1);
    }

    @Test
    void tiersLimitAndWhatIsOverIsFlaggedAndBack() {
        Answer free = TestClient.of(world.solo())
                .put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(add("title", "x"))));
        assertThat(free.status()).isEqualTo(403);
        assertThat(free.json().path("upgradeRequired").asBoolean()).isTrue();
        assertThat(free.json().path("currentTier").asText()).isEqualTo("free");
        assertThat(free.json().path("feature").asText()).isEqualTo("shortLinks");

        List<String> slugs = IntStream.range(0, 5)
                .mapToObj(_ -> created(Map.of("targetUrl", TARGET)))
                .toList();
        Answer full = put(add("title", "x"));
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.json().path("currentCount").asLong()).isEqualTo(5);
        assertThat(full.json().path("limit").asLong()).isEqualTo(5);
        assertThat(visitor.get("/l/" + slugs.getLast()).status()).isEqualTo(302);

        world.tier(world.acme(), Tier.FREE);
        assertThat(visitor.get("/l/" + slugs.getLast()).status()).isEqualTo(403);
        assertThat(visitor.get("/api/public/l?slug=" + slugs.getFirst()).status())
                .isEqualTo(403);
        assertThat(listed(slugs.getFirst()).path("exceedsTierLimit").asBoolean())
                .isTrue();
        world.tier(world.acme(), Tier.PRO);
        assertThat(visitor.get("/l/" + slugs.getLast()).status()).isEqualTo(302);
    }

    @Test
    void noMoreVisitorsThanTheLimitGetThrough() {
        String slug = created(Map.of("targetUrl", TARGET, "clickLimit", 10));

        List<Integer> statuses = AtOnce.run(40, _ -> visitor.get("/l/" + slug).status());

        assertThat(statuses).filteredOn(status -> status == 302).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 410).hasSize(30);
        step("update", slug, Map.of("fallbackUrl", "https://example.org/over"));
        assertThat(visitor.get("/l/" + slug).location()).isEqualTo("https://example.org/over");
    }

    @Test
    void theQueryIsForwardedByChoice() {
        String without = created(Map.of("targetUrl", TARGET));
        String with = created(Map.of(
                "targetUrl",
                TARGET + "?a=1",
                "forwardQuery",
                true,
                "utm",
                Map.of("source", "poster", "medium", "print")));
        assertThat(listed(without).path("forwardQuery").asBoolean(true)).isFalse();
        assertThat(listed(with).path("forwardQuery").asBoolean()).isTrue();

        for (int i = 0; i < 2; i++) { // read, and from memory
            assertThat(visitor.get("/l/" + without + "?utm_source=email").location())
                    .isEqualTo(TARGET);
            assertThat(visitor.get("/l/" + with + "?utm_source=email&b=%22").location())
                    .isEqualTo(TARGET + "?a=1&utm_medium=print&utm_source=email&b=%22");
            assertThat(visitor.get("/l/" + with).location())
                    .isEqualTo(TARGET + "?a=1&utm_source=poster&utm_medium=print");
            // What an advertising network adds is long; our server takes 32 KB.
            String click = "gclid=" + "x".repeat(20_000);
            // Browsers and mails send what no URI may have; a scan says so to us alone.
            String raw = RawConnection.send(
                    "GET /l/" + with + "?qr&c=a|{b}&off=50%off&e=%E9 HTTP/1.1\nHost: localhost\n"
                            + "Connection: close\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0\n\n");
            assertThat(RawConnection.status(raw)).as(raw).isEqualTo(302);
            assertThat(raw).contains("&c=a%7C%7Bb%7D&off=50%25off&e=%E9\r\n").doesNotContain("qr");
            assertThat(visitor.get("/l/" + with + "?" + click).location())
                    .isEqualTo(TARGET + "?a=1&utm_source=poster&utm_medium=print&" + click);
        }
        step("update", with, Map.of("password", "open sesame"));
        assertThat(visitor.form("/l/" + with + "?b=2", "password", "open sesame")
                        .location())
                .isEqualTo("/l/" + with + "?b=2");
        step("update", with, Map.of("active", true, "endsAt", "2026-01-01T00:00:00Z", "fallbackUrl", TARGET));
        assertThat(visitor.get("/l/" + with + "?b=2").location()).isEqualTo(TARGET + "?b=2");
        assertThat(acme().get("/admin/short-links/" + listed(with).path("id").asText())
                        .text())
                .contains("name=\"forwardQuery\" value=\"true\" checked");
    }

    @Test
    void theCampaignOfAnAddressIsCountedAndNoResultOfASearch() {
        String slug = created(Map.of("targetUrl", TARGET));
        Answer led = visitor.get("/l/" + slug + "?utm_source=news%20letter&utm_medium=email&utm_campaign=spring");
        assertThat(led.header("X-Robots-Tag")).contains("noindex");
        visitor.get(
                "/l/" + slug + "?gclid=" + "y".repeat(5_000) + "&utm_source=%FF%00&utm_campaign=" + "x".repeat(200));
        recorder.write();

        JsonNode counted =
                acme().get("/api/admin/getShortLinkAnalytics?slug=" + slug).json();
        assertThat(counted.at("/topSources").toString()).contains("{\"value\":\"news letter\",\"count\":1}");
        assertThat(counted.at("/topMediums/0/value").asText()).isEqualTo("email");
        assertThat(counted.at("/topCampaigns").toString()).contains("\"spring\"", "\"" + "x".repeat(100) + "\"");
    }

    /// A chat fetches a preview of a link before its reader opens it; a client that identifies itself as a bot learns
    /// nothing.
    @Test
    void aPreviewTakesNobodysPlace() {
        String slug = created(Map.of("targetUrl", TARGET, "clickLimit", 1));
        for (String agent : List.of("WhatsApp/2.23.20.0", "Slackbot-LinkExpanding 1.0", "Twitterbot/1.0")) {
            TestClient preview = visitor.with("User-Agent", agent);
            Answer page = preview.get("/l/" + slug);
            assertThat(page.status()).as(agent).isEqualTo(200);
            assertThat(page.text()).contains("limited number of visits").doesNotContain(TARGET);
            Answer program = preview.get("/api/public/l?slug=" + slug);
            assertThat(program.status()).isEqualTo(403);
            assertThat(program.error()).contains("bots can't open it");
        }
        Answer asked = visitor.head("/l/" + slug);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.header("Location")).isEmpty();

        assertThat(visitor.get("/l/" + slug).location()).isEqualTo(TARGET);
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(410);
        recorder.write();
        assertThat(listed(slug).path("clicks").asLong()).isEqualTo(1);
        JsonNode counted = acme().get("/api/admin/GetBrandAnalytics").json().at("/total");
        assertThat(counted.path("redirects").asLong()).isEqualTo(1);
        assertThat(counted.path("bots").asLong()).isEqualTo(6);
    }

    /// A browser fetches what may be wanted next. If nothing was kept of that, the real visit is seen.
    @Test
    void whatIsFetchedAheadTakesNobodysPlaceAndIsNotKept() {
        String limited = created(Map.of("targetUrl", TARGET, "clickLimit", 1));
        String plain = created(Map.of("targetUrl", TARGET));
        String page = "/" + world.acme().username();
        acme().post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"));
        assertThat(visitor.get(page).status()).isEqualTo(200);
        recorder.write();
        long views = total("views");
        for (String header : List.of(
                "Sec-Purpose: prefetch",
                "Sec-Purpose: prefetch;prerender",
                "Sec-Purpose: prefetch;anonymous-client-ip",
                "Purpose: prefetch",
                "X-Purpose: preview",
                "X-Moz: prefetch")) {
            TestClient ahead = visitor.with(header.substring(0, header.indexOf(':')), header.replaceFirst(".*: ", ""));
            for (String path : List.of("/l/" + limited, "/l/" + plain, page, "/api/public/l?slug=" + limited)) {
                Answer answer = ahead.get(path);
                assertThat(answer.status()).as(header + path).isEqualTo(503);
                assertThat(answer.header("Cache-Control")).contains("no-store");
                assertThat(answer.header("Location")).isEmpty();
            }
        }
        assertThat(visitor.with("Sec-Purpose", "").get("/l/" + limited).location())
                .isEqualTo(TARGET);
        assertThat(visitor.get("/l/" + limited).status()).isEqualTo(410);
        assertThat(visitor.get("/l/" + plain).location()).isEqualTo(TARGET);
        recorder.write();
        assertThat(listed(limited).path("clicks").asLong()).isEqualTo(1);
        assertThat(listed(plain).path("clicks").asLong()).isEqualTo(1);
        assertThat(total("views")).isEqualTo(views);
    }

    private long total(String counter) {
        return acme().get("/api/admin/GetBrandAnalytics")
                .json()
                .at("/total/" + counter)
                .asLong();
    }

    @Test
    void aPasswordIsAskedForOnceAndNotForEver() {
        String slug = created(Map.of("targetUrl", TARGET, "password", "sesame street"));

        Answer asked = visitor.get("/l/" + slug);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text())
                .contains("type=\"password\"")
                .doesNotContain(TARGET)
                .doesNotContain("<script");
        assertThat(visitor.get("/api/public/l?slug=" + slug).text())
                .contains("passwordRequired")
                .doesNotContain(TARGET);
        assertThat(visitor.form("/l/" + slug, "password", "wrong").status()).isEqualTo(403);
        Answer right = visitor.form("/l/" + slug, "password", "sesame street");
        assertThat(right.status()).isEqualTo(303);
        String cookie = right.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(visitor.with("Cookie", cookie).get("/l/" + slug).location()).isEqualTo(TARGET);
        assertThat(visitor.with("Cookie", cookie + "x").get("/l/" + slug).status())
                .isEqualTo(200);

        step("update", slug, Map.of("password", "another one"));
        assertThat(visitor.with("Cookie", cookie).get("/l/" + slug).status())
                .as("a new password")
                .isEqualTo(200);
    }

    @Test
    void aSuspendedAccountLeadsNowhereAndStrangersFindNothing() {
        String slug = created(Map.of("targetUrl", TARGET));
        assertThat(TestClient.of(world.rival())
                        .put(
                                "/api/admin/updateShortLinks",
                                Map.of(
                                        "shortLinks",
                                        List.of(Map.of("operation", "update", "slug", slug, "title", "mine"))))
                        .status())
                .isEqualTo(404);
        String id = listed(slug).path("id").asText();
        for (String path : List.of("", "/delete", "/qr.svg", "/qr.png")) {
            assertThat(TestClient.of(world.rival())
                            .get("/admin/short-links/" + id + path)
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void peopleCreateChangeSwitchAndDeleteWithForms() {
        TestClient acme = acme();
        assertThat(acme.get("/admin/short-links").text()).contains("No short links yet");
        assertThat(acme.get("/admin/short-links/new").status()).isEqualTo(200);
        var typed = new LinkedHashMap<String, String>();
        typed.put("as", world.acme().username());
        typed.put("idempotencyKey", "k-" + world.name("form"));
        typed.put("leadsTo", TARGET);
        typed.put("title", "<script>alert(1)</script>");
        typed.put("slug", "bad slug");
        typed.put("active", "true");
        typed.put("startsAt", "2026-01-01T00:00");
        typed.put("utmSource", "\"><img src=x>");
        typed.put("weight", "1");
        typed.put("ruleDevice", "ios");
        typed.put("ruleTarget", "https://example.com/store");
        Answer refused = acme.form("/admin/short-links", typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).doesNotContain("<script>alert").doesNotContain("<img src=x");
        String slug = world.name("spring");
        typed.put("slug", slug);
        Answer done = acme.form("/admin/short-links", typed);
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        String id = done.location().replaceFirst(".*/short-links/([0-9a-f-]+).*", "$1");
        assertThat(visitor.with("User-Agent", "iPhone").get("/l/" + slug).location())
                .startsWith("https://example.com/store?utm_source=");

        assertThat(acme.get("/admin/short-links/" + id).text())
                .contains("/l/" + slug)
                .doesNotContain("<script>alert");
        assertThat(acme.get("/admin/short-links/" + id + "/qr.svg").contentType())
                .startsWith("image/svg+xml");
        assertThat(acme.get("/admin/short-links/" + id + "/qr.png").bytes()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(acme.get("/admin/short-links?q=" + slug + "&sort=newest").text())
                .contains("/l/" + slug);
        assertThat(acme.form("/admin/short-links/" + id + "/switch", "on", "false")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(410);
        assertThat(acme.get("/admin/short-links/export.csv").text()).contains(slug, "clicks");
        assertThat(acme.get("/admin/short-links/" + id + "/delete").status()).isEqualTo(200);
        assertThat(acme.form("/admin/short-links/" + id + "/delete").status()).isEqualTo(303);
        assertThat(acme.get("/admin/short-links/" + id).status()).isEqualTo(404);
    }

    @Test
    void aFileIsTriedThenTheGoodLinesAreCreated() {
        String slug = world.name("sheet");
        String csv = "target,title,slug,tags\nhttps://example.com/a,A," + slug + ",poster\njavascript:x,B,,\n"
                + "https://example.com/c,C," + slug + ",\n";
        Answer tried = acme().form("/admin/short-links/import", "csv", csv);
        assertThat(tried.text()).contains("1 short link can be created, 2 can’t", "earlier line");
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(404);

        Answer done = acme().form("/admin/short-links/import", "csv", csv, "confirmed", "yes");
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        assertThat(acme().get(done.location()).text())
                .contains("Short links created. Lines with errors were skipped.", "/l/" + slug);
        assertThat(visitor.get("/l/" + slug).location()).isEqualTo("https://example.com/a");
        assertThat(acme().form("/admin/short-links/import", "csv", "nonsense").status())
                .isEqualTo(422);
    }

    @Test
    void aFileSentTwiceIsCreatedOnce() {
        String csv = "target\nhttps://example.com/a\nhttps://example.com/b\n";
        Answer tried =
                acme().upload("/admin/short-links/import", Map.of(), "links.csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(tried.text()).contains("2 short links can be created", "https://example.com/b\n</textarea>");
        String key = tried.text().replaceFirst("(?s).*name=\"idempotencyKey\" value=\"([^\"]+)\".*", "$1");
        var confirmed = Map.of("csv", csv, "confirmed", "yes", "idempotencyKey", key);

        List<Answer> answers = AtOnce.run(5, _ -> acme().multipart("/admin/short-links/import", confirmed));
        assertThat(answers).extracting(Answer::status).contains(303).allMatch(status -> status == 303 || status == 409);
        Answer again = acme().form("/admin/short-links/import", confirmed);
        assertThat(again.status()).isEqualTo(303);
        assertThat(acme().get(again.location()).text()).contains("Short links created");
        assertThat(acme().get("/api/admin/getShortLinks").json().path("shortLinks"))
                .hasSize(2);

        var other = Map.of("csv", csv + "https://example.com/c\n", "confirmed", "yes", "idempotencyKey", key);
        Answer refused = acme().form("/admin/short-links/import", other);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Form already sent");
    }

    /// The confirmation was for the content of the field.
    @Test
    void aFileIsTriedWhateverWasConfirmed() {
        Answer tried = acme().upload(
                        "/admin/short-links/import",
                        Map.of("confirmed", "yes", "csv", "target\nhttps://example.com/a\n"),
                        "links.csv",
                        "target\nhttps://example.com/file\n".getBytes(StandardCharsets.UTF_8));
        assertThat(tried.text()).contains("1 short link can be created", "https://example.com/file\n</textarea>");
        assertThat(acme().get("/api/admin/getShortLinks").json().path("shortLinks"))
                .isEmpty();
        Answer damaged =
                acme().upload("/admin/short-links/import", Map.of(), "links.xlsx", new byte[] {'P', 'K', 3, 4, 20});
        assertThat(damaged.status()).isEqualTo(422);
        assertThat(damaged.text()).contains("This is not an Excel workbook with a sheet.");
        byte[] rows = TestWorkbook.of("""
                <row r="1"><c t="inlineStr"><is><t>target</t></is></c><c t="inlineStr"><is><t>title</t></is></c></row>
                <row r="2"><c t="inlineStr"><is><t>https://example.com/b</t></is></c><c><v>2027</v></c></row>
                """);
        Answer workbook = acme().upload("/admin/short-links/import", Map.of(), "links.xlsx", rows);
        assertThat(workbook.text()).contains("1 short link can be created", "https://example.com/b,2027\n</textarea>");
        Answer ofExcel = acme().upload(
                        "/admin/short-links/import",
                        Map.of(),
                        "links.csv",
                        "target;title\nhttps://example.com/a;Söhne & Töchter\n"
                                .getBytes(Charset.forName("windows-1252")));
        assertThat(ofExcel.text()).contains("1 short link can be created", "Söhne &amp; Töchter");
        Answer polish = acme().upload(
                        "/admin/short-links/import",
                        Map.of(),
                        "links.csv",
                        "target;title\nhttps://example.com/a;Łódź, Gdańsk, żółw\n"
                                .getBytes(Charset.forName("windows-1250")));
        assertThat(polish.text()).contains("1 short link can be created", "Łódź, Gdańsk, żółw");
    }

    @Test
    void whatCannotBeReadIsNotGuessed() {
        String csv = "Alias;URL;Expires At;Clicks;Active;Created\n"
                + "a;https://example.com/1;Dec 31, 2026;42.0;ja;15.01.2024\n"
                + "b;https://example.com/2;soon;1;ja;01/02/2024\n"
                + "c;https://example.com/3;;1.5K;ja;\n"
                + "d;https://example.com/4;;1;vielleicht;\n"
                + "docs/e;https://example.com/5;;1;nein;\n";
        csv = csv.replace("\na;", "\n" + world.name("gala") + ";");
        Answer tried = acme().form("/admin/short-links/import", "csv", csv);
        assertThat(tried.text())
                .contains("1 short link can be created, 4 can’t")
                .contains("ends: Enter a date and time, such as 2026-12-01 09:00.")
                .contains("clicks: Enter a whole number, such as 1204.", "active: Enter yes or no.")
                .contains("“docs/e” has a slash, which short links here can’t have. Use a hyphen instead.")
                .contains("created, where it isn’t a day that we can read (“01/02/2024” in line 3)");
        assertThat(acme().form("/admin/short-links/import", "csv", csv, "confirmed", "yes")
                        .status())
                .isEqualTo(303);
        assertThat(listed(world.name("gala")).path("clicks").asLong()).isEqualTo(42);
        assertThat(listed(world.name("gala")).path("endsAt").asText()).startsWith("2027-01-01T00:00");
        assertThat(listed(world.name("gala")).path("createdAt").asText()).startsWith("2024-01-15");

        Answer refused = acme().get("/admin/short-links/import/errors.csv");
        assertThat(acme().get("/admin/short-links/import").text())
                .contains("4 lines have errors.", "/admin/short-links/import/errors.csv");
        assertThat(refused.text())
                .contains("error,alias,url,expires at,clicks,active,created\r\n")
                .contains("clicks: Enter a whole number, such as 1204.\",c,https://example.com/3,,1.5K,ja,\r\n")
                .doesNotContain("https://example.com/1");
        String corrected = refused.text().replace("docs/e", world.name("docse"));
        assertThat(acme().form("/admin/short-links/import", "csv", corrected).text())
                .contains("1 short link can be created, 3 can’t")
                .doesNotContain("left out: error");
        assertThat(TestClient.of(world.rival())
                        .onPagesOf(world.rival())
                        .get("/admin/short-links/import/errors.csv")
                        .location())
                .startsWith("/admin/short-links/import?as=");
    }

    /// Old slugs lead on as they were, in any case, and to no one else.
    @Test
    void whatWasMadeElsewhereKeepsItsSlugAndItsClicks() {
        String csv = "keyword,url,title,timestamp,ip,clicks\n"
                + "X" + world.name("yOu") + "_1,https://example.com/a,A,2026-02-25 08:28:34,192.0.2.1,88\n"
                + "x" + world.name("you") + "_1,https://example.com/b,B,2026-02-25 08:28:34,192.0.2.1,0\n";
        String first = "X" + world.name("yOu") + "_1";
        Answer tried = acme().form("/admin/short-links/import", "csv", csv);
        assertThat(tried.text()).contains("2 short links can be created", "Columns that are left out: ip.");
        assertThat(acme().form("/admin/short-links/import", "csv", csv, "confirmed", "yes")
                        .status())
                .isEqualTo(303);

        assertThat(listed(first).path("clicks").asLong()).isEqualTo(88);
        assertThat(listed(first).path("createdAt").asText()).isEqualTo("2026-02-25T08:28:34Z");
        assertThat(visitor.get("/l/" + first).location()).isEqualTo("https://example.com/a");
        assertThat(visitor.get("/l/" + first.toLowerCase(Locale.ROOT)).location())
                .isEqualTo("https://example.com/b");
        assertThat(visitor.get("/l/" + first.toUpperCase(Locale.ROOT)).status()).isEqualTo(302);
        TestClient rival = TestClient.of(world.rival()).onPagesOf(world.rival());
        assertThat(rival.form("/admin/short-links/import", "csv", csv.replace("yOu", "YOU"))
                        .text())
                .contains("This slug is taken.");

        Answer again = acme().form("/admin/short-links/import", "csv", csv);
        assertThat(again.text()).contains("2 short links are here already.");
        Answer export = acme().get("/admin/short-links/export.csv");
        assertThat(acme().upload("/admin/short-links/import", Map.of(), "links.csv", export.bytes())
                        .text())
                .contains("2 short links are here already.");
    }

    @Test
    void aRemovalSentAgainLeavesTheLinkWhoseSlugDiffersByCase() {
        String lower = world.name("pair");
        String upper = lower.toUpperCase(Locale.ROOT);
        acme().form(
                        "/admin/short-links/import",
                        "csv",
                        "target,slug\nhttps://example.com/a," + lower + "\nhttps://example.com/b," + upper + "\n",
                        "confirmed",
                        "yes");
        for (int i = 0; i < 2; i++) { // a program that got no answer asks again
            assertThat(step("remove", lower, Map.of()).status()).isEqualTo(200);
        }
        assertThat(listed(upper).path("targetUrl").asText()).isEqualTo("https://example.com/b");
        assertThat(visitor.get("/l/" + upper).location()).isEqualTo("https://example.com/b");
    }

    @Test
    void anImportIsUndone() {
        String slug = world.name("undone");
        acme().form(
                        "/admin/short-links/import",
                        "csv",
                        "target,slug\nhttps://example.com/a," + slug + "\n",
                        "confirmed",
                        "yes");
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(302);
        String undo = acme().get("/admin/short-links/import")
                .text()
                .replaceFirst("(?s).*(/admin/short-links/imports/[0-9a-f-]{36}/undo).*", "$1");
        assertThat(acme().get(undo).text()).contains("1 short link of this import will be deleted");
        TestClient rival = TestClient.of(world.rival()).onPagesOf(world.rival());
        assertThat(rival.form(undo).status()).isEqualTo(404);
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(302);

        assertThat(acme().form(undo).header("Location").orElse("")).contains("done=short-links-undone");
        assertThat(acme().get("/admin/short-links/import").text()).contains("Import undone", "1 short link deleted.");
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(404);
        assertThat(acme().get(undo).status()).isEqualTo(404);
    }

    /// Our own export of any length comes back: in the background, as far as the page says.
    @Test
    void aLongListIsLookedAtThenCreatedInTheBackground() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        String stem = world.name("bulk");
        String csv = IntStream.range(0, 2_500)
                .mapToObj(i -> "https://example.com/" + i + "," + stem + "-" + i + (i == 7 ? ",soon" : ",") + "\n")
                .collect(Collectors.joining("", "target,slug,starts\n", ""));
        Answer sent =
                acme().upload("/admin/short-links/import", Map.of(), "links.csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);
        assertThat(Eventually.until(
                        () -> acme().get("/admin/short-links/import").text(),
                        page -> !page.contains("hx-trigger=\"every 1s\"")))
                .contains(
                        "2,500 lines checked. 2,499 short links can be created. 1 line has an error.",
                        "starts: Enter a date and time, such as 2026-12-01 09:00.",
                        "/l/" + stem + "-7");
        assertThat(acme().get("/admin/short-links/import/errors.csv").text())
                .contains("https://example.com/7," + stem + "-7,soon\r\n")
                .doesNotContain("https://example.com/8");
        assertThat(visitor.get("/l/" + stem + "-1").status()).isEqualTo(404);

        String list = acme().get("/admin/short-links/import")
                .text()
                .replaceFirst("(?s).*name=\"checkedList\" value=\"([^\"]+)\".*", "$1");
        assertThat(acme().form("/admin/short-links/import", "checkedList", list).status())
                .isEqualTo(303);
        assertThat(Eventually.until(
                        () -> acme().get("/admin/short-links/import").text(),
                        page -> !page.contains("hx-trigger=\"every 1s\"")))
                .contains("2,500 lines done. 2,499 short links created.");
        assertThat(acme().form("/admin/short-links/import", "checkedList", list).text())
                .as("it was created already")
                .contains("This list is no longer here. Choose the file again.");
        assertThat(visitor.get("/l/" + stem + "-2499").location()).isEqualTo("https://example.com/2499");
        assertThat(acme().get("/api/admin/getShortLinks?limit=1")
                        .json()
                        .path("total")
                        .asLong())
                .isEqualTo(2_499);
    }

    private TestClient acme() {
        return TestClient.of(world.acme()).onPagesOf(world.acme());
    }

    private static Map<String, Object> add(String field, Object value) {
        return Map.of("operation", "add", "targetUrl", TARGET, field, value);
    }

    private Answer put(Map<String, Object> step) {
        return acme().put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(step)));
    }

    private Answer step(String operation, String slug, Map<String, Object> fields) {
        var step = new LinkedHashMap<>(fields);
        step.put("operation", operation);
        step.put("slug", slug);
        return put(step);
    }

    private String created(Map<String, Object> fields) {
        var step = new LinkedHashMap<>(fields);
        step.put("operation", "add");
        Answer answer = put(step);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("created").path(0).path("slug").asText();
    }

    private JsonNode listed(String slug) {
        for (JsonNode link : acme().get("/api/admin/getShortLinks").json().path("shortLinks")) {
            if (link.path("slug").asText().equals(slug)) {
                return link;
            }
        }
        throw new AssertionError("Not listed: " + slug);
    }
}
