package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.Erasures;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AnalyticsResourceTest {

    private static final DateTimeFormatter AS_READ = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.US);
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Events events;

    @Inject
    Recorder recorder;

    @Inject
    WeeklyReports reports;

    @Inject
    VisitRetention retention;

    @Inject
    Erasures erasures;

    private TestClient acme = TestClient.anonymous();
    private Owner owner = new Owner(new AccountId(new UUID(0, 0)), new AccountId(new UUID(0, 0)));

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        owner = world.context(world.acme()).owner();
    }

    private String page(TestClient client, String slug) {
        Answer answer = client.post("/api/admin/CreatePage", Map.of("slug", slug, "name", "Page " + slug));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/page/id").asText();
    }

    private String link(TestClient client, String page, String title) {
        client.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of(
                        "links",
                        List.of(Map.of("operation", "add", "title", title, "url", "https://shop.example/" + title))));
        return client.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .at("/links/0/id")
                .asText();
    }

    private void view(Owner of, String page, String address, String agent) {
        events.happened(
                new Event.PageView(of, page), new Visit(address, agent, "https://www.instagram.com/x", "en-GB"));
    }

    private void click(Owner of, String page, String link) {
        events.happened(new Event.LinkClick(of, page, link), new Visit("192.0.2.7", PHONE, "", "en"));
    }

    private JsonNode analytics(TestClient client, String query) {
        Answer answer = client.get("/api/admin/GetAnalytics" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }

    @Test
    void thePageIsFilteredByOnePartAndTellsScansFromOtherVisits() {
        String main = page(acme, "main");
        String link = link(acme, main, "beans");
        view(owner, main, "192.0.2.1", PHONE);
        events.happened(new Event.PageView(owner, main), new Visit("192.0.2.2", PHONE, "", "en", UtmFields.of("qr")));
        events.happened(
                new Event.PageView(owner, main), new Visit("192.0.2.3", PHONE, "", "en", UtmFields.of("qr&x=1")));
        click(owner, main, link);
        recorder.write();
        String as = "/admin/analytics?as=" + world.acme().username();

        String all = acme.get(as).text();
        assertThat(all)
                .contains("QR code scans", "1 view otherwise", "<optgroup label=\"Link\">", "data-leads=\"/admin/")
                .contains("value=\"m:qr\">QR code</option>", "<table class=\"heat\">", "<td class=\"h4\">3</td>");
        assertThat(acme.get(as + "&only=m:qr").text())
                .contains("utm_medium: QR code", "Clear filter", "Page views: 2, peak 2")
                .doesNotContain("<table class=\"heat\">", "links-h");
        assertThat(acme.get(as + "&only=k:" + link).text()).contains("Link: beans", "Clicks: 1");
        assertThat(acme.get(as + "&only=z:x").text()).doesNotContain("Clear filter");
        assertThat(acme.get(as + "&compare=1").text()).contains("Views before: 0");
        assertThat(acme.get(as + "&day=" + today()).text())
                .contains("name=\"from\" value=\"" + today() + "\"", "name=\"to\" value=\"" + today() + "\"");
        assertThat(acme.get("/admin/analytics/brands?as=" + world.acme().username())
                        .text())
                .contains("Page views by account", "class=\"plot stacked\"");
    }

    @Test
    void analyticsSayWhatHappenedAsTheContractHasIt() {
        String main = page(acme, "main");
        String other = page(acme, "other");
        String link = link(acme, main, "beans");
        view(owner, main, "192.0.2.1", PHONE);
        view(owner, main, "192.0.2.1", PHONE);
        view(owner, other, "192.0.2.2", PHONE);
        view(owner, main, "192.0.2.3", BOT);
        click(owner, main, link);
        recorder.write();

        JsonNode all = analytics(acme, "");
        assertThat(all.at("/summary").toString())
                .isEqualTo("{\"totalPageViews\":3,\"totalLinkClicks\":1,\"uniqueVisitors\":2}");
        assertThat(all.at("/hasAdvancedAnalytics").asBoolean()).isTrue();
        assertThat(all.at("/viewsByDay")).hasSize(90);
        assertThat(all.at("/viewsByDay/89").toString()).isEqualTo("{\"date\":\"" + today() + "\",\"count\":3}");
        assertThat(all.at("/clicksByDay/89/count").asLong()).isEqualTo(1);
        assertThat(all.at("/linkClicksByLink/0").toString())
                .isEqualTo(
                        "{\"linkId\":\"%s\",\"linkTitle\":\"beans\",\"linkUrl\":\"https://shop.example/beans\",\"clickCount\":1,\"pageId\":\"%s\"}"
                                .formatted(link, main));
        assertThat(all.at("/recentPageViews")).hasSize(3);
        assertThat(all.at("/recentPageViews/0/ipAddress").asText()).isEqualTo("192.0.2.0");
        assertThat(all.at("/recentPageViews/0/userAgent").asText()).isEqualTo("Mobile Safari on iOS");
        assertThat(all.at("/recentLinkClicks/0/linkTitle").asText()).isEqualTo("beans");
        assertThat(all.at("/pageBreakdown")).hasSize(2);
        assertThat(all.at("/pageBreakdown/0/totalPageViews").asLong()).isEqualTo(2);
        assertThat(all.at("/topReferrers/0").toString()).isEqualTo("{\"referrer\":\"instagram.com\",\"count\":3}");
        assertThat(all.at("/topUserAgents/0/userAgent").asText()).isEqualTo("Mobile Safari");

        JsonNode one = analytics(acme, "?pageId=" + other);
        assertThat(one.at("/summary/totalPageViews").asLong()).isEqualTo(1);
        assertThat(one.at("/summary/totalLinkClicks").asLong()).isZero();
        assertThat(one.has("pageBreakdown")).isFalse();
        assertThat(one.at("/recentPageViews")).hasSize(1);

        assertThat(acme.get("/admin/getanalytics")
                        .json()
                        .at("/summary/totalPageViews")
                        .asLong())
                .isEqualTo(3);
        assertThat(acme.get("/api/admin/GetLinks?pageId=" + main)
                        .json()
                        .at("/links/0/clicks")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void programsAskForDaysForAPartAndForOneValue() {
        String main = page(acme, "main");
        String before = today();
        view(owner, main, "192.0.2.1", PHONE);
        events.happened(new Event.PageView(owner, main), new Visit("192.0.2.2", PHONE, "", "en", UtmFields.of("qr")));
        recorder.write();
        clock.forward(Duration.ofDays(1));
        acme = TestClient.of(world.acme());
        view(owner, main, "192.0.2.3", PHONE);
        recorder.write();

        assertThat(analytics(acme, "?from=" + today()).at("/viewsByDay").toString())
                .isEqualTo("[{\"date\":\"" + today() + "\",\"count\":1}]");
        JsonNode of = analytics(
                acme, "?pageId=" + main + "&from=" + before + "&to=" + before + "&dimension=medium&filter=medium:qr");
        assertThat(of.at("/summary/totalPageViews").asInt()).isEqualTo(2);
        assertThat(of.at("/breakdown").toString()).contains("{\"value\":\"qr\",\"count\":1}");
        assertThat(of.at("/filteredByDay").toString()).isEqualTo("[{\"date\":\"" + before + "\",\"count\":1}]");
        assertThat(analytics(acme, "?days=2&filter=medium:other")
                        .at("/filteredByDay/1/count")
                        .asInt(-1))
                .isZero();
        assertThat(analytics(acme, "?from=&to=&days=").at("/viewsByDay"))
                .hasSameSizeAs(analytics(acme, "").at("/viewsByDay"));
        for (String wrong : List.of(
                "from=x", "to=2026-13-01", "days=0", "dimension=colour", "dimension=SHORT_LINK", "filter=country")) {
            Answer answer = acme.get("/api/admin/GetAnalytics?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.error()).as(wrong).startsWith(wrong.replaceFirst("=.*", "") + " must be");
        }
        assertThat(acme.get("/api/admin/getShortLinkAnalytics?from=" + today())
                        .json()
                        .at("/redirectsByDay"))
                .hasSize(1);
        assertThat(acme.get("/api/admin/getShortLinkAnalytics?from=x").status()).isEqualTo(400);
    }

    @Test
    void freeHasItsSummaryAndEmptyLists() {
        TestClient solo = TestClient.of(world.solo());
        Owner of = world.context(world.solo()).owner();
        String main = page(solo, "main");
        String link = link(solo, main, "a");
        view(of, main, "192.0.2.1", PHONE);
        click(of, main, link);
        recorder.write();

        JsonNode all = analytics(solo, "");

        assertThat(all.toString())
                .isEqualTo("{\"summary\":{\"totalPageViews\":1,\"totalLinkClicks\":1,\"uniqueVisitors\":1},"
                        + "\"hasAdvancedAnalytics\":false,\"viewsByDay\":[],\"clicksByDay\":[],\"linkClicksByLink\":[],"
                        + "\"recentPageViews\":[],\"recentLinkClicks\":[],\"pageBreakdown\":[],\"topReferrers\":[],"
                        + "\"topUserAgents\":[]}");
        JsonNode asked = analytics(solo, "?dimension=device&filter=device:phone");
        assertThat(asked.at("/breakdown").toString() + asked.at("/filteredByDay"))
                .isEqualTo("[][]");
        Answer export = solo.get("/api/admin/ExportAnalytics");
        assertThat(export.status()).isEqualTo(403);
        assertThat(export.json().at("/upgradeRequired").asBoolean()).isTrue();
        assertThat(export.json().at("/currentTier").asText()).isEqualTo("free");
        assertThat(export.json().at("/feature").asText()).isEqualTo("analyticsExport");
        assertThat(solo.get("/api/admin/getShortLinkAnalytics").json().toString())
                .contains("\"hasAdvancedAnalytics\":false", "\"redirectsByDay\":[]", "\"message\":");
        assertThat(solo.get("/admin/analytics").text())
                .contains("The Free plan shows totals", "1 page view")
                .doesNotContain("Top links", "Export CSV");
    }

    @Test
    void nobodySeesAForeignPageOrAccount() {
        String main = page(acme, "main");
        TestClient rival = TestClient.of(world.rival());

        assertThat(rival.get("/api/admin/GetAnalytics?pageId=" + main).status()).isEqualTo(404);
        assertThat(rival.get("/admin/analytics?pageId=" + main).status()).isEqualTo(404);
        assertThat(rival.get("/api/admin/GetAnalytics?UserId=" + world.north().id())
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get("/api/admin/GetAnalytics").status())
                .isEqualTo(401);
        assertThat(acme.get("/api/admin/getShortLinkAnalytics?slug=nobody").status())
                .isEqualTo(404);
    }

    @Test
    void anAgencySeesItsBrandsTogether() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        Owner south = new Owner(owner.tenant(), world.south().id());
        view(owner, "p", "192.0.2.1", PHONE);
        view(north, "p", "192.0.2.1", PHONE);
        view(north, "p", "192.0.2.2", PHONE);
        events.happened(new Event.Redirect(south, "s", "", false), new Visit("192.0.2.3", PHONE, "", ""));
        recorder.write();

        JsonNode all = acme.get("/api/admin/GetBrandAnalytics").json();

        assertThat(all.at("/total/pageViews").asLong()).isEqualTo(3);
        assertThat(all.at("/total/redirects").asLong()).isEqualTo(1);
        assertThat(all.at("/accounts")).hasSize(3);
        assertThat(all.at("/accounts/0/username").asText())
                .isEqualTo(world.north().username());
        assertThat(all.at("/accounts/0/uniqueVisitors").asLong()).isEqualTo(2);

        Answer file = acme.get("/api/admin/ExportAnalytics?scope=brands");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.text().lines().toList())
                .hasSize(4)
                .contains(world.north().username() + "," + today() + ",2,2,0,0,0,0,UTC")
                .contains(world.south().username() + "," + today() + ",0,0,0,0,1,0,UTC");
        assertThat(acme.get("/api/admin/ExportAnalytics").text().lines()).hasSize(2);

        Answer asBrand =
                acme.get("/api/admin/GetBrandAnalytics?UserId=" + world.north().id());
        assertThat(asBrand.status()).isEqualTo(403);
        assertThat(acme.get("/admin/analytics/brands").text())
                .contains("All accounts", world.north().displayName());
        assertThat(acme.get("/admin/analytics/brands?as=" + world.north().username())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void accountsAreSearchedAndSorted() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        Owner south = new Owner(owner.tenant(), world.south().id());
        view(north, "p", "192.0.2.1", PHONE);
        view(south, "p", "192.0.2.1", PHONE);
        view(south, "p", "192.0.2.2", PHONE);
        recorder.write();
        String northName = world.north().displayName();
        String southName = world.south().displayName();

        assertThat(compared("")).containsSubsequence(southName, northName);
        assertThat(compared("?sort=name"))
                .containsSubsequence(northName, southName)
                .contains("aria-sort=\"ascending\"");
        assertThat(compared("?sort=nothing&part=99")).containsSubsequence(southName, northName);
        assertThat(compared("?q=" + world.north().username()))
                .contains(northName)
                .doesNotContain(southName);
        assertThat(compared("?q=nowhere")).contains("No accounts match “nowhere”", "Clear search");
    }

    /// The chart draws the accounts that someone chose, also those without views, and those of no other agency.
    @Test
    void accountsAreComparedByChoice() {
        Owner south = new Owner(owner.tenant(), world.south().id());
        view(south, "p", "192.0.2.1", PHONE);
        recorder.write();
        String north = world.north().username();

        String most = acme.get("/admin/analytics/brands").text();
        assertThat(lines(most)).containsExactly(world.south().displayName());
        String chosen = acme.get("/admin/analytics/brands?chart=" + north + "&sort=name")
                .text();
        assertThat(lines(chosen)).containsExactly(world.north().displayName());
        assertThat(chosen)
                .contains(
                        "name=\"chart\" value=\"" + north + "\"",
                        "aria-label=\"Compare " + world.north().displayName())
                .contains("&amp;chart=" + north, "Show most viewed");
        assertThat(lines(
                        acme.get("/admin/analytics/brands?chart=" + world.solo().username())
                                .text()))
                .as("another agency's account is not drawn")
                .isEqualTo(lines(most));
    }

    private static List<String> lines(String page) {
        return Pattern.compile("<li><span class=\"key k\\d+\"></span>([^<]*)</li>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /// Returns the table of the accounts, without what is around it.
    private String compared(String query) {
        return acme.get("/admin/analytics/brands" + query).text().replaceFirst("(?s).*id=\"compared\"", "");
    }

    /// A Free account keeps only one of the thirty days before the visible ones: compared with that day, everything
    /// would be growth.
    @Test
    void whatIsNoLongerKeptIsNotComparedWith() {
        Owner solo = world.context(world.solo()).owner();
        view(solo, "p", "192.0.2.1", PHONE);
        events.happened(new Event.Redirect(solo, "s", "", false), new Visit("192.0.2.1", PHONE, "", ""));
        recorder.write();
        clock.forward(Duration.ofDays(30));
        retention.forgetOld();
        for (int i = 1; i <= 3; i++) {
            view(solo, "p", "192.0.2." + i, PHONE);
            events.happened(new Event.Redirect(solo, "s", "", false), new Visit("192.0.2." + i, PHONE, "", ""));
        }
        recorder.write();
        world.tier(world.solo(), Tier.PRO); // the job that forgets may run at any moment
        clock.forward(Duration.ofDays(1)); // only full days are compared
        TestClient client = TestClient.withSession(world.newSession(world.solo().email()));
        assertThat(client.get("/admin/analytics").text()).contains("up 200%", "with the same number of days before");

        world.tier(world.solo(), Tier.FREE);
        assertThat(client.get("/admin/analytics").text())
                .contains("no earlier data", "(including today so far). The days before are no longer kept")
                .doesNotContain("up 200%", "none before");
        assertThat(client.get("/admin/analytics/brands").text())
                .contains("no earlier data")
                .doesNotContain("up 200%", "none before");
        assertThat(client.get("/admin/analytics?days=7").text())
                .contains(
                        "none before",
                        "(including today so far). Changes compare the 6 full days with the same number of days"
                                + " before.");
    }

    /// A morning after four equal days: nothing went down.
    @Test
    void todayIsNotOverAndNotCompared() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        for (int day = 0; day < 6; day++) {
            view(owner, "p", "192.0.2.1", PHONE);
            view(owner, "p", "192.0.2.2", PHONE);
            view(north, "p", "192.0.2.2", PHONE);
            recorder.write();
            clock.forward(Duration.ofDays(1));
        }
        view(owner, "p", "192.0.2.1", PHONE);
        recorder.write();
        acme = TestClient.withSession(world.newSession(world.acme().email()));

        String page = acme.get("/admin/analytics?days=4").text();
        assertThat(page)
                .contains("no change", "Changes compare the 3 full days with the same number of days before.")
                .contains("Today so far: page views 1, link clicks 0.", "(so far)", "<span>Today so far</span>")
                .contains("class=\"s1 so-far\" d=\"M66.67 20L100 30\"")
                .doesNotContain("down ");
        assertThat(acme.get("/admin/analytics/brands?days=4").text())
                .contains("no change")
                .doesNotContain("down ");
        assertThat(acme.get("/api/admin/GetBrandAnalytics?days=4")
                        .json()
                        .at("/totalBefore/pageViews")
                        .asLong())
                .isEqualTo(9);
        assertThat(acme.get("/admin/analytics?days=1").text())
                .contains("Today isn’t over, so there’s nothing to compare yet.", "no earlier data");
        String over = acme.get("/admin/analytics?as=" + world.acme().username() + "&from="
                        + clock.instant().minus(Duration.ofDays(3)).toString().substring(0, 10)
                        + "&to="
                        + clock.instant().minus(Duration.ofDays(1)).toString().substring(0, 10))
                .text();
        assertThat(over)
                .contains("no change", ", compared with the same number of days before.")
                .doesNotContain("so far");
    }

    @Test
    void aTotalBeforeIsSaidOnlyWhereItIsWhole() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        view(owner, "p", "192.0.2.1", PHONE);
        recorder.write();
        clock.forward(Duration.ofDays(30));
        view(owner, "p", "192.0.2.1", PHONE);
        view(owner, "p", "192.0.2.2", PHONE);
        view(north, "p", "192.0.2.2", PHONE);
        recorder.write();
        clock.forward(Duration.ofDays(1)); // only full days are compared
        acme = TestClient.withSession(world.newSession(world.acme().email()));

        JsonNode month = acme.get("/api/admin/GetBrandAnalytics?days=30").json();
        assertThat(month.at("/totalBefore/pageViews").asLong()).isEqualTo(1);
        JsonNode more = acme.get("/api/admin/GetBrandAnalytics?days=50").json();
        assertThat(more.at("/total/pageViews").asLong()).isEqualTo(4);
        assertThat(more.has("totalBefore")).isFalse();
        assertThat(acme.get("/admin/analytics/brands?days=30").text())
                .contains("up 100%", "up 200%", "none before")
                .doesNotContain("no earlier data");

        // Now its brands keep less than the agency: they can't be compared, and neither can the total.
        world.tier(world.acme(), Tier.PREMIUM);
        assertThat(acme.get("/admin/analytics/brands?days=30").text())
                .contains("up 100%", "no earlier data")
                .doesNotContain("up 200%", "none before");
        assertThat(acme.get("/api/admin/GetBrandAnalytics?days=30").json().has("totalBefore"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?days=7", "?days=x", "?from=2026-11-01&to=2026-11-02", "?from=zz&to=%3Cb%3E", "?days=99999"})
    void thePageIsDrawnForAnyDays(String query) {
        view(owner, "p", "192.0.2.1", PHONE);
        events.happened(new Event.Redirect(owner, "s", "", false), new Visit("192.0.2.3", PHONE, "", ""));
        recorder.write();

        Answer page = acme.get("/admin/analytics" + query);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Visits per day", "Unique visitors");
    }

    @Test
    void whatVisitorsSendIsShownAsText() {
        String main = page(acme, "main");
        String link = link(acme, main, "x\"><script>alert(1)</script>");
        events.happened(
                new Event.PageView(owner, main),
                new Visit(
                        "\"><script>alert(2)</script>",
                        "<script>alert(3)</script>",
                        "https://evil.example/<x>",
                        "<b>"));
        click(owner, main, link);
        recorder.write();

        assertThat(acme.get("/admin/analytics").text())
                .contains("x&quot;&gt;&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
    }

    @Test
    void theLiveCountIsAPartOfThePage() {
        view(owner, "p", "192.0.2.1", PHONE);
        view(owner, "p", "192.0.2.1", PHONE);
        recorder.write();

        assertThat(acme.get("/admin/analytics/live").text()).contains("2 visits in the last 30 minutes");
    }

    @Test
    void whoHasNothingYetIsToldWhatToDo() {
        assertThat(acme.get("/admin/analytics").text()).contains("No visits yet");
    }

    @Test
    void theWeeklyReportGoesOutOnceAndCanBeSwitchedOff() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        view(north, "p", "192.0.2.1", PHONE);
        view(owner, "p", "192.0.2.1", PHONE);
        recorder.write();
        String subject = world.north().displayName() + ": your weekly report";
        reports.send();
        assertThat(mails(subject)).isEmpty();

        clock.forward(Duration.ofDays(7));
        reports.send();
        reports.send();
        TestClient later = TestClient.withSession(world.newSession(world.acme().email()));

        List<String> mails = mails(subject);
        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst()).contains("Page views:           1 (none before)", "/admin/analytics/reports/");
        // Without a name in the link, the agency would see its own analytics.
        assertThat(mails.getFirst())
                .contains("/admin/analytics?as=" + world.north().username() + "\n");
        String path = mails.getFirst()
                .lines()
                .filter(line -> line.startsWith("Turn off this report"))
                .map(line -> line.substring(line.indexOf("/admin/")))
                .findFirst()
                .orElseThrow();
        assertThat(TestClient.anonymous().get(path).text()).contains("Turn off weekly report?");
        assertThat(later.get("/admin/analytics?as=" + world.north().username()).text())
                .contains("The report is on.");
        assertThat(TestClient.anonymous().form(path, Map.of()).text()).contains("Weekly report turned off");
        assertThat(later.get("/admin/analytics?as=" + world.north().username()).text())
                .contains("The report is off.");

        view(north, "p", "192.0.2.1", PHONE);
        recorder.write();
        clock.forward(Duration.ofDays(7));
        reports.send();
        assertThat(mails(subject)).hasSize(1);
    }

    @Test
    void theWeekOfAReportEndsWithSundayInUtc() {
        Owner north = new Owner(owner.tenant(), world.north().id());
        String subject = world.north().displayName() + ": your weekly report";
        LocalDate sunday = LocalDate.parse(today()).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        clock.forward(
                Duration.between(clock.instant(), sunday.atTime(23, 59, 59).toInstant(ZoneOffset.UTC)));
        view(north, "p", "192.0.2.1", PHONE);
        recorder.write();
        reports.send();
        assertThat(mails(subject)).isEmpty();

        clock.forward(Duration.ofSeconds(1));
        view(north, "p", "192.0.2.2", PHONE); // on Monday: in the next report
        recorder.write();
        reports.send();
        assertThat(mails(subject)).hasSize(1);
        assertThat(mails(subject).getFirst())
                .contains(
                        "from " + AS_READ.format(sunday.minusDays(6)) + " to " + AS_READ.format(sunday) + " (UTC)",
                        "Page views:           1 (none before)");
    }

    /// LinkToMe contract 2.5, `clicksTrend` of GetLinks.
    @Test
    void linksSayHowTheirClicksGo() {
        String main = page(acme, "main");
        Map<String, String> links = new HashMap<>();
        for (String title : List.of("more", "fewer", "same", "none", "new")) {
            acme.put(
                    "/api/admin/UpdateLinks?pageId=" + main,
                    Map.of(
                            "links",
                            List.of(Map.of("operation", "add", "title", title, "url", "https://shop.example/"))));
        }
        acme.get("/api/admin/GetLinks?pageId=" + main)
                .json()
                .path("links")
                .forEach(link ->
                        links.put(link.path("title").asText(), link.path("id").asText()));
        clicks(main, links, Map.of("more", 10, "fewer", 10, "same", 10));
        clock.forward(Duration.ofDays(7));
        clicks(main, links, Map.of("more", 12, "fewer", 8, "same", 11, "new", 1));
        clock.forward(Duration.ofDays(1));
        clicks(main, links, Map.of("none", 5)); // today is incomplete, so a comparison with whole days would be wrong

        acme = TestClient.withSession(world.newSession(world.acme().email()));
        assertThat(trends(main)).isEqualTo("more up, fewer down, same neutral, none neutral, new up");
        clock.forward(Duration.ofDays(15));
        acme = TestClient.withSession(world.newSession(world.acme().email()));
        assertThat(trends(main)).isEqualTo("more neutral, fewer neutral, same neutral, none neutral, new neutral");
        world.tier(world.acme(), Tier.FREE);
        assertThat(acme.get("/api/admin/GetLinks?pageId=" + main).text()).doesNotContain("clicksTrend");
    }

    /// Some hours of today are not a whole day: compared with one, every steady link would be down each morning.
    @Test
    void aSteadyLinkIsNotDownInTheMorning() {
        String main = page(acme, "main");
        String link = link(acme, main, "steady");
        for (int day = 0; day < 14; day++) {
            for (int i = 0; i < 3; i++) {
                click(owner, main, link);
            }
            recorder.write();
            clock.forward(Duration.ofDays(1));
        }

        acme = TestClient.withSession(world.newSession(world.acme().email()));
        assertThat(trends(main)).isEqualTo("steady neutral");
    }

    private void clicks(String page, Map<String, String> links, Map<String, Integer> times) {
        times.forEach((title, count) -> {
            for (int i = 0; i < count; i++) {
                click(owner, page, links.getOrDefault(title, ""));
            }
        });
        recorder.write();
    }

    private String trends(String page) {
        return acme.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .path("links")
                .valueStream()
                .map(link -> link.path("title").asText() + " "
                        + link.path("clicksTrend").asText())
                .collect(Collectors.joining(", "));
    }

    private List<String> mails(String subject) {
        return world.select(
                "SELECT body FROM mails WHERE subject = ? AND recipient = ?",
                subject,
                world.acme().email());
    }

    @Test
    void daysGoWhenTheTierDoesNotKeepThemAndSumsStay() {
        Owner solo = world.context(world.solo()).owner();
        view(solo, "p", "192.0.2.1", PHONE);
        view(owner, "p", "192.0.2.1", PHONE);
        recorder.write();

        clock.forward(Duration.ofDays(31));
        retention.forgetOld();

        String rows = "SELECT count(*) FROM visit_days WHERE account_id = ?";
        assertThat(world.count(rows, solo.account().toString())).isZero();
        assertThat(world.count(rows, owner.account().toString())).isEqualTo(2);
        assertThat(world.count(
                        "SELECT views FROM visit_accounts WHERE account_id = ?",
                        solo.account().toString()))
                .isEqualTo(1);
        world.tier(world.acme(), Tier.FREE);
        clock.forward(Duration.ofDays(1));
        retention.forgetOld();
        assertThat(world.count(rows, owner.account().toString())).isZero();
    }

    @Test
    void anErasedBrandLeavesItsSumsAndNothingElse() {
        var north = new Owner(owner.tenant(), world.north().id());
        view(north, "p", "192.0.2.1", PHONE);
        recorder.write();
        Answer deleted = acme.json(
                "DELETE",
                "/api/admin/DeleteSubAccount",
                Map.of("subAccountId", world.north().id().toString(), "confirmDelete", true));
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);

        clock.forward(Duration.ofDays(31));
        erasures.run();

        String id = world.north().id().toString();
        assertThat(world.count("SELECT count(*) FROM visit_days WHERE account_id = ?", id))
                .isZero();
        assertThat(world.count("SELECT count(*) FROM visit_recent WHERE account_id = ?", id))
                .isZero();
        assertThat(world.count("SELECT views FROM visit_accounts WHERE account_id = ?", id))
                .isEqualTo(1);
    }
}
