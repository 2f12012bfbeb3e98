package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LinksResourceTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        Answer page = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
    }

    private static Map<String, Object> add(String title) {
        return Map.of(
                "operation",
                "add",
                "title",
                title,
                "url",
                "https://" + title.toLowerCase(java.util.Locale.ROOT) + ".example/");
    }

    private static Map<String, Object> update(String id, String field, Object value) {
        return Map.of("operation", "update", "id", id, field, value);
    }

    private static Map<String, Object> remove(String id) {
        return Map.of("operation", "remove", "id", id);
    }

    private Answer apply(List<Map<String, Object>> steps) {
        return acme.put("/api/admin/UpdateLinks", Map.of("links", steps));
    }

    private void applied(List<Map<String, Object>> steps) {
        Answer answer = apply(steps);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private JsonNode links() {
        return acme.get("/api/admin/GetLinks").json().path("links");
    }

    private List<String> titles() {
        return links().findValuesAsText("title");
    }

    private String id(String title) {
        for (JsonNode link : links()) {
            if (link.path("title").asText().equals(title)) {
                return link.path("id").asText();
            }
        }
        throw new AssertionError(title);
    }

    private static List<Map<String, Object>> adds(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> add("L" + i)).toList();
    }

    private long used() {
        return world.count(
                "SELECT used FROM account_usage WHERE quota = 'links' AND account_id = ?",
                world.acme().account().toString());
    }

    /// So a program can change what it has added without a second request.
    @Test
    void theAnswerHasTheIdsOfWhatWasAdded() {
        Answer answer = acme.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "links",
                        List.of(add("Menu"), add("Shop")),
                        "groups",
                        List.of(Map.of("operation", "add", "title", "Find us"))));

        JsonNode created = answer.json().path("created");
        assertThat(created.findValuesAsText("title")).containsExactly("Menu", "Shop");
        assertThat(created.findValuesAsText("id")).containsExactly(id("Menu"), id("Shop"));
        JsonNode group = answer.json().path("createdGroups").path(0);
        assertThat(group.path("title").asText()).isEqualTo("Find us");
        String into = group.path("id").asText();
        assertThat(apply(List.of(update(created.path(0).path("id").asText(), "groupId", into)))
                        .json()
                        .path("created"))
                .isEmpty();
        assertThat(links().path(0).path("groupId").asText()).isEqualTo(into);
    }

    @Test
    void answersAreTheContracts() {
        Answer answer = apply(List.of(add("A")));
        assertThat(TestClient.keys(answer.json())).containsExactly("success", "message", "created");
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.json().path("message").asText()).isEqualTo("Links updated successfully");
        Answer list = acme.get("/admin/getLinks");
        assertThat(TestClient.keys(list.json())).containsExactly("links", "groups");
        assertThat(list.json().path("groups").isArray()).isTrue();
        JsonNode link = list.json().at("/links/0");
        assertThat(TestClient.keys(link)).contains("id", "title", "url", "order", "active", "clicks");
        assertThat(link.path("active").asBoolean()).isTrue();
        assertThat(link.path("order").isInt()).isTrue();
        assertThat(link.path("clicks").asInt(-1)).isZero();
    }

    @Test
    void anAccountWithoutPagesHasNoLinks() {
        Answer answer = TestClient.of(world.solo()).get("/api/admin/GetLinks");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"links\":[],\"groups\":[]}");
        Answer update = TestClient.of(world.solo()).put("/api/admin/UpdateLinks", Map.of("links", List.of(add("A"))));
        assertThat(update.status()).isEqualTo(404);
        assertThat(update.error()).isEqualTo("Page not found");
    }

    @Test
    void newLinksComeLastUnlessTheySayWhere() {
        applied(List.of(add("A"), add("B")));
        applied(List.of(add("C")));
        Map<String, Object> first = new HashMap<>(add("Z"));
        first.put("order", 0);
        first.put("active", false);
        applied(List.of(first));
        assertThat(titles()).containsExactly("A", "Z", "B", "C"); // equal places: the older one first
        assertThat(links().get(1).path("active").asBoolean(true)).isFalse();
    }

    @Test
    void draggingIsOneRequest() {
        applied(List.of(add("A"), add("B"), add("C")));
        applied(List.of(update(id("A"), "order", 2), update(id("B"), "order", 0), update(id("C"), "order", 1)));
        assertThat(titles()).containsExactly("B", "C", "A");
    }

    @Test
    void absentFieldsStay() {
        applied(List.of(add("A")));
        String id = id("A");
        applied(List.of(update(id, "title", " Renamed ")));
        applied(List.of(
                Map.of("operation", "UPDATE", "id", id, "active", false, "icon", "ignored", "pageId", "ignored")));
        JsonNode link = links().get(0);
        assertThat(link.path("title").asText()).isEqualTo("Renamed");
        assertThat(link.path("url").asText()).isEqualTo("https://a.example/");
        assertThat(link.path("active").asBoolean(true)).isFalse();
        assertThat(link.path("id").asText()).isEqualTo(id);
    }

    @Test
    void aBatchIsAppliedWholeOrNotAtAll() {
        applied(List.of(add("A"), add("B")));
        String a = id("A");
        String b = id("B");
        Answer answer = apply(List.of(
                update(a, "title", "Changed"),
                remove(b),
                add("C"),
                Map.of("operation", "add", "title", "D", "url", "javascript:alert(1)")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("links[3]: URL must begin with");
        assertThat(answer.json().path("field").asText()).isEqualTo("links[3].url");
        assertThat(titles()).containsExactly("A", "B");
        assertThat(used()).isEqualTo(2);

        Answer unknown =
                apply(List.of(add("C"), remove(a), update("018f0000-0000-7000-8000-000000000000", "title", "X")));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("Link not found");
        assertThat(titles()).containsExactly("A", "B");
    }

    @Test
    void whatWouldChangeNothingOrSomethingElseIsRefused() {
        applied(List.of(add("A")));
        String id = id("A");
        for (Map<String, Object> step :
                List.of(Map.<String, Object>of("operation", "update", "id", id), update(id, "tittle", "Misspelt"))) {
            Answer answer = apply(List.of(step));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("links[0]: Send at least one field to change");
        }
        for (String name : List.of("page_id", "page-id", "user_id", "sub_account_id")) {
            Answer answer = acme.put(
                    "/api/admin/UpdateLinks?" + name + "=x",
                    Map.of("links", List.of(update(id, "title", "Elsewhere"))));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.error()).contains("Unknown parameter: " + name, "Did you mean");
        }
        assertThat(titles()).containsExactly("A");
    }

    @Test
    void unknownIdsAreErrorsForUpdatesOnly() {
        applied(List.of(add("A")));
        for (String id : List.of("018f0000-0000-7000-8000-000000000000", "nonsense", "")) {
            assertThat(apply(List.of(update(id, "title", "X"))).status()).as(id).isEqualTo(404);
            Answer removed = apply(List.of(remove(id)));
            assertThat(removed.status()).as(id).isEqualTo(200);
            assertThat(removed.json().at("/warnings/0").asText())
                    .isEqualTo("There is no link or group to remove: " + id);
        }
        assertThat(titles()).containsExactly("A");
    }

    @Test
    void linksOfOtherPagesAreUnknown() {
        applied(List.of(add("A")));
        String a = id("A");
        String second = acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"))
                .json()
                .at("/page/id")
                .asText();
        String onSecond = "/api/admin/UpdateLinks?pageId=" + second;
        assertThat(acme.put(onSecond, Map.of("links", List.of(update(a, "title", "X"))))
                        .status())
                .isEqualTo(404);
        assertThat(acme.put(onSecond, Map.of("links", List.of(remove(a)))).status())
                .isEqualTo(200);
        assertThat(titles()).containsExactly("A");
    }

    @ParameterizedTest
    @CsvSource({"FREE,Free,10", "PRO,Pro,50", "PREMIUM,Premium,100"})
    void eachTierHasItsLimit(Tier tier, String label, int limit) {
        world.tier(world.acme(), tier);
        for (int from = 0; from < limit; from += 10) {
            applied(adds(from, from + 10));
        }
        Answer answer = apply(List.of(add("More")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text())
                .isEqualTo("{\"error\":\"Link limit exceeded. The " + label + " plan allows " + limit
                        + " links\",\"currentCount\":" + limit + ",\"limit\":" + limit
                        + ",\"upgradeRequired\":true,\"currentTier\":\"" + tier.key() + "\"}");
        // One is removed, one is added.
        applied(List.of(remove(id("L0")), add("More")));
        assertThat(used()).isEqualTo(limit);
    }

    @Test
    void aBatchThatWouldPassTheLimitAddsNothing() {
        world.tier(world.acme(), Tier.FREE);
        applied(adds(0, 8));
        assertThat(apply(adds(8, 11)).status()).isEqualTo(403);
        assertThat(links()).hasSize(8);
        applied(adds(8, 10));
    }

    @Test
    void enterpriseHasNoLimit() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        applied(adds(0, 50));
        applied(adds(50, 100));
        applied(adds(100, 150));
        assertThat(used()).isEqualTo(150);
        assertThat(links()).hasSize(150);
    }

    @Test
    void allPagesCountTogether() {
        String second = acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"))
                .json()
                .at("/page/id")
                .asText();
        applied(adds(0, 40));
        assertThat(acme.put("/api/admin/UpdateLinks?pageId=" + second, Map.of("links", adds(40, 51)))
                        .status())
                .isEqualTo(403);
        assertThat(acme.put("/api/admin/UpdateLinks?pageId=" + second, Map.of("links", adds(40, 50)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void subAccountsHaveLimitsOfTheirOwn() {
        applied(adds(0, 50));
        String as = "?UserId=" + world.north().id();
        acme.post("/api/admin/CreatePage" + as, Map.of("slug", "first", "name", "First"));
        assertThat(acme.put("/api/admin/UpdateLinks" + as, Map.of("links", adds(0, 50)))
                        .status())
                .isEqualTo(200);
        assertThat(acme.put("/api/admin/UpdateLinks" + as, Map.of("links", adds(50, 51)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void fiftyAtOnceAndNoMore() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        Answer answer = apply(adds(0, 51));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("At most 50 links and groups can be added or changed at once");
        applied(adds(0, 50));
        applied(adds(50, 60));
        // Removing needs no quota.
        applied(links().findValuesAsText("id").stream()
                .map(LinksResourceTest::remove)
                .toList());
        assertThat(used()).isZero();
    }

    @Test
    void addedAtOnceTheyStayWithinTheLimit() {
        world.tier(world.acme(), Tier.FREE);
        List<Answer> answers = AtOnce.run(25, number -> apply(List.of(add("L" + number))));
        assertThat(answers)
                .extracting(Answer::status)
                .filteredOn(status -> status == 200)
                .hasSize(10);
        assertThat(answers)
                .extracting(Answer::status)
                .filteredOn(status -> status == 403)
                .hasSize(15);
        assertThat(links()).hasSize(10);
        assertThat(used()).isEqualTo(10);
        assertThat(world.count(
                        "SELECT link_count FROM pages WHERE account_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(10);
        assertThat(links().findValuesAsText("order").stream().distinct()).hasSize(10);
    }

    @Test
    void anEmptyBatchIsNotAnsweredAsDone() {
        for (String body : List.of("{}", "{\"links\":null}", "{\"links\":[],\"groups\":[]}")) {
            Answer answer = acme.put("/api/admin/UpdateLinks", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("links or groups is required, with at least one step");
        }
        assertThat(links()).isEmpty();
    }

    // What was deleted

    private JsonNode deleted() {
        return acme.get("/api/admin/GetDeletedContents").json().at("/deleted/0");
    }

    private Answer restore(String id) {
        return acme.post("/api/admin/RestoreContent", Map.of("deletedId", id));
    }

    @Test
    void programsBringALinkBackAsItWas() {
        applied(List.of(
                add("A"),
                with(with(add("B"), "icon", "star"), "lock", Map.of("enabled", true, "type", "code", "code", "1234")),
                add("C")));
        JsonNode before = link("B");
        applied(List.of(remove(id("B"))));

        JsonNode gone = deleted();
        assertThat(TestClient.keys(gone)).containsExactly("id", "kind", "name", "deletedAt");
        assertThat(gone.path("kind").asText()).isEqualTo("link");
        assertThat(gone.path("name").asText()).isEqualTo("B");
        Answer restored = restore(gone.path("id").asText());
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(TestClient.keys(restored.json())).containsExactly("message", "pageId");
        assertThat(restored.json().path("message").asText()).isEqualTo("Content restored successfully");
        assertThat(restored.json().path("pageId"))
                .isEqualTo(acme.get("/api/admin/GetPages").json().at("/pages/0/id"));
        assertThat(titles()).containsExactly("A", "B", "C");
        assertThat(link("B")).isEqualTo(before);
        assertThat(used()).isEqualTo(3);
        assertThat(restore(gone.path("id").asText()).status()).isEqualTo(404);
    }

    @Test
    void programsBringAGroupBackAndItsLinksReturnToIt() {
        apply(List.of(group("Menus")), List.of());
        String group = groups().at("/0/id").asText();
        applied(List.of(with(add("A"), "groupId", group), add("B")));
        acme.put("/api/admin/UpdateLinks", Map.of("groups", List.of(remove(group))));
        assertThat(link("A").path("groupId").isNull()).isTrue();

        JsonNode gone = deleted();
        assertThat(gone.path("kind").asText()).isEqualTo("group");
        assertThat(restore(gone.path("id").asText()).status()).isEqualTo(200);
        assertThat(groups().at("/0/title").asText()).isEqualTo("Menus");
        assertThat(link("A").path("groupId")).isEqualTo(groups().at("/0/id"));
        assertThat(link("B").path("groupId").isNull()).isTrue();
    }

    @Test
    void programsAreToldWhyALinkCannotComeBack() {
        applied(List.of(add("A")));
        applied(List.of(remove(id("A"))));
        String gone = deleted().path("id").asText();
        world.tier(world.acme(), Tier.FREE);
        applied(adds(0, 10));
        Answer full = restore(gone);
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.text())
                .isEqualTo("{\"error\":\"Link limit exceeded. The Free plan allows 10 links\",\"currentCount\":10,"
                        + "\"limit\":10,\"upgradeRequired\":true,\"currentTier\":\"free\"}");
        for (String id : List.of("nonsense", "", "018f0000-0000-7000-8000-000000000000", "x".repeat(3_000))) {
            assertThat(restore(id).status()).as(id).isIn(400, 404);
        }
        assertThat(links()).hasSize(10);

        world.tier(world.acme(), Tier.PRO);
        acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second", "isDefault", true));
        String first = acme.get("/api/admin/GetPages").json().at("/pages/1/id").asText();
        acme.delete("/api/admin/DeletePage?id=" + first);
        Answer pageGone = restore(gone);
        assertThat(pageGone.status()).isEqualTo(400);
        assertThat(pageGone.error()).isEqualTo("Its page was deleted. Restore the page first");
    }

    // The editor

    private String editor() {
        return "/admin/pages/"
                + acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
    }

    @Test
    void theEditorDoesTheSame() {
        String as = world.acme().username();
        String links = editor() + "/links";
        assertThat(acme.form(links, "as", as, "title", "A", "url", "a.example").status())
                .isEqualTo(303);
        assertThat(acme.form(links, "as", as, "title", "B", "url", "https://b.example/")
                        .status())
                .isEqualTo(303);
        assertThat(links().findValuesAsText("url")).containsExactly("https://a.example", "https://b.example/");
        String a = links + "/" + id("A");
        acme.form(a + "/move", "as", as, "to", "down");
        assertThat(titles()).containsExactly("B", "A");
        acme.form(a + "/move", "as", as, "to", "down"); // at the end already
        assertThat(titles()).containsExactly("B", "A");
        acme.form(a + "/active", "as", as, "active", "false");
        assertThat(links().get(1).path("active").asBoolean(true)).isFalse();
        acme.form(a, "as", as, "title", "Changed", "url", "https://c.example/");
        assertThat(titles()).containsExactly("B", "Changed");
        acme.form(a + "/delete", "as", as);
        assertThat(titles()).containsExactly("B");
    }

    @Test
    void theEditorSaysWhatIsWrong() {
        Answer refused = acme.form(
                editor() + "/links", "as", world.acme().username(), "title", "Kept", "url", "javascript:alert(1)");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Enter a web address", "value=\"Kept\"");
        Answer fragment = acme.with("HX-Request", "true")
                .form(editor() + "/links", "as", world.acme().username(), "title", "A", "url", "https://a.example/");
        assertThat(fragment.status()).isEqualTo(200);
        assertThat(fragment.text()).contains("a.example").doesNotContain("<html");
        assertThat(fragment.header("Vary").orElse("")).contains("HX-Request");
    }

    private static Map<String, Object> group(String title) {
        return Map.of("operation", "add", "title", title);
    }

    private Answer apply(List<Map<String, Object>> groups, List<Map<String, Object>> steps) {
        return acme.put("/api/admin/UpdateLinks", Map.of("groups", groups, "links", steps));
    }

    private JsonNode link(String title) {
        for (JsonNode link : links()) {
            if (link.path("title").asText().equals(title)) {
                return link;
            }
        }
        throw new AssertionError(title);
    }

    private JsonNode groups() {
        return acme.get("/api/admin/GetLinks").json().path("groups");
    }

    private static Map<String, Object> with(Map<String, Object> step, String field, Object value) {
        var changed = new HashMap<>(step);
        changed.put(field, value);
        return changed;
    }

    @Test
    void allOfALinkIsKeptAndAnswered() {
        applied(List.of(Map.of(
                "operation", "ADD",
                "title", "All",
                "url", "https://all.example/",
                "icon", "🌿",
                "thumbnail", "🪴",
                "thumbnailType", "emoji",
                "layout", "thumbnail-left",
                "animation", "glow",
                "schedule",
                        Map.of(
                                "enabled", true,
                                "startDate", "2027-01-01T00:00",
                                "endDate", "",
                                "timezone", "Asia/Dubai"),
                "lock", Map.of("enabled", true, "type", "code", "code", " 1234 ", "message", "Ask us"))));

        JsonNode link = link("All");
        assertThat(link.path("icon").asText()).isEqualTo("🌿");
        assertThat(link.path("thumbnail").asText()).isEqualTo("🪴");
        assertThat(link.path("thumbnailType").asText()).isEqualTo("emoji");
        assertThat(link.path("layout").asText()).isEqualTo("thumbnail-left");
        assertThat(link.path("animation").asText()).isEqualTo("glow");
        assertThat(link.path("schedule").toString())
                .isEqualTo("{\"enabled\":true,\"startDate\":\"2027-01-01T00:00\",\"endDate\":\"\","
                        + "\"timezone\":\"Asia/Dubai\"}");
        assertThat(link.path("lock").toString())
                .isEqualTo("{\"enabled\":true,\"type\":\"code\",\"code\":\"1234\",\"message\":\"Ask us\"}");
        assertThat(link.path("groupId").isNull()).isTrue();
        for (String flag : List.of("layout", "animation", "schedule", "lock")) {
            assertThat(link.path(flag + "ExceedsTier").asBoolean(true)).as(flag).isFalse();
        }
        assertThat(world.select("SELECT starts_at FROM links WHERE title = 'All' AND account_id = ?", acmesId()))
                .containsExactly("1798747200000");
    }

    /// A browser sends the option of its select, and if none is selected, the first one.
    @ParameterizedTest
    @ValueSource(strings = {"CET", "Japan", "Etc/GMT-4", "Asia/Dubai"})
    void theFormHasEveryZoneThatProgramsMayName(String zone) {
        applied(List.of(with(
                add("A"),
                "schedule",
                Map.of("enabled", true, "startDate", "2027-01-01T00:00", "endDate", "", "timezone", zone))));
        String page = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
        assertThat(acme.get("/admin/pages/" + page + "?edit=" + id("A")).text())
                .contains("<option selected>" + zone + "</option>");
    }

    private String acmesId() {
        return world.acme().account().toString();
    }

    @Test
    void whatIsAbsentStaysAndWhatIsNullGoes() {
        applied(List.of(with(
                with(with(add("A"), "icon", "star"), "layout", "featured"),
                "lock",
                Map.of("enabled", true, "type", "age"))));
        String id = id("A");

        applied(List.of(update(id, "title", "B")));
        assertThat(link("B").path("icon").asText()).isEqualTo("star");
        assertThat(link("B").path("layout").asText()).isEqualTo("featured");
        assertThat(link("B").at("/lock/type").asText()).isEqualTo("age");

        var cleared = new HashMap<>(update(id, "title", "C"));
        cleared.put("icon", null);
        cleared.put("layout", null);
        cleared.put("lock", null);
        cleared.put("schedule", null);
        applied(List.of(cleared));
        assertThat(link("C").has("icon")).isFalse();
        assertThat(link("C").path("layout").asText()).isEqualTo("classic");
        assertThat(link("C").has("lock")).isFalse();

        applied(List.of(update(id, "schedule", Map.of("enabled", false, "startDate", "", "timezone", "Asia/Dubai"))));
        assertThat(link("C").has("schedule")).isFalse();
    }

    @Test
    void groupsAreAddedFilledChangedAndRemovedAndTheirLinksStay() {
        assertThat(apply(List.of(group("Menus")), List.of(add("A"), add("B"))).status())
                .isEqualTo(200);
        JsonNode menus = groups().get(0);
        assertThat(menus.path("title").asText()).isEqualTo("Menus");
        assertThat(menus.path("layout").asText()).isEqualTo("stack");
        assertThat(menus.path("collapsed").asBoolean(true)).isFalse();
        assertThat(menus.path("active").asBoolean()).isTrue();
        String group = menus.path("id").asText();

        assertThat(apply(
                                List.of(Map.of(
                                        "operation", "update", "id", group, "layout", "grid", "collapsed", true)),
                                List.of(update(id("A"), "groupId", group)))
                        .status())
                .isEqualTo(200);
        assertThat(link("A").path("groupId").asText()).isEqualTo(group);
        assertThat(groups().get(0).path("layout").asText()).isEqualTo("grid");
        assertThat(groups().get(0).path("title").asText()).isEqualTo("Menus");

        Answer removed = acme.put("/api/admin/UpdateLinks", Map.of("groups", List.of(remove(group))));
        assertThat(removed.status()).as(removed.toString()).isEqualTo(200);
        assertThat(groups()).isEmpty();
        assertThat(link("A").path("groupId").isNull()).isTrue();
        assertThat(world.count(
                        "SELECT used FROM account_usage WHERE quota = 'link_groups' AND account_id = ?", acmesId()))
                .isZero();
    }

    @Test
    void aGroupOfAnotherPageTakesNoLinks() {
        applied(List.of(add("A")));
        acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"));
        String second = acme.get("/api/admin/GetPages").json().at("/pages/1/id").asText();
        acme.put("/api/admin/UpdateLinks?pageId=" + second, Map.of("groups", List.of(group("Elsewhere"))));
        String group = acme.get("/api/admin/GetLinks?pageId=" + second)
                .json()
                .at("/groups/0/id")
                .asText();

        Answer refused = apply(List.of(update(id("A"), "groupId", group)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("links[0].groupId");
        assertThat(apply(List.of(update(group, "title", "X")), List.of()).status())
                .isEqualTo(404);
    }

    @Test
    void groupsAreLimitedOverAllPages() {
        List<Map<String, Object>> ten =
                IntStream.range(0, 10).mapToObj(i -> group("G" + i)).toList();
        assertThat(apply(ten, List.of()).status()).isEqualTo(200);
        Answer refused = apply(List.of(group("one more")), List.of(add("NotEvenThis")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("Link group limit exceeded. The Pro plan allows 10 link groups");
        assertThat(refused.json().path("currentCount").asLong()).isEqualTo(10);
        assertThat(links()).isEmpty();
        assertThat(used()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layout | circle | links[0].layout",
                "animation | spin | links[0].animation",
                "thumbnailType | video | links[0].thumbnailType",
                "groupId | nobody's | links[0].groupId"
            })
    void wordsThatNobodyKnowsAreRefused(String field, String value, String named) {
        Answer refused = apply(List.of(with(add("A"), field, value)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo(named);
        assertThat(links()).isEmpty();
    }

    /// A lock that isn't understood would otherwise be taken off the link.
    @Test
    void aLockAndAScheduleStayUnlessTheyAreTakenOffByName() {
        applied(List.of(with(
                with(add("A"), "lock", Map.of("type", "code", "code", "1234")),
                "schedule",
                Map.of("startDate", "2027-01-01T00:00"))));
        String id = id("A");
        assertThat(link("A").at("/lock/code").asText()).isEqualTo("1234");
        assertThat(link("A").at("/schedule/startDate").asText()).isEqualTo("2027-01-01T00:00");
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                update(id, "lock", Map.of("Code", "9999")),
                update(id, "lock", Map.of()),
                update(id, "lock", Map.of("enabled", true, "type", "code", "code", "9999", "mesage", "Ask us")),
                update(id, "schedule", Map.of("start", "2028-01-01T00:00")))) {
            assertThat(apply(List.of(change)).status()).as(change.toString()).isEqualTo(400);
        }
        assertThat(link("A").at("/lock/code").asText()).isEqualTo("1234");
        assertThat(link("A").at("/schedule/startDate").asText()).isEqualTo("2027-01-01T00:00");

        applied(List.of(update(id, "lock", Map.of("type", "code", "code", "9999"))));
        assertThat(link("A").at("/lock/code").asText()).isEqualTo("9999");
        applied(List.of(update(id, "lock", Map.of("enabled", false))));
        assertThat(link("A").has("lock")).isFalse();
    }

    @Test
    void locksAndSchedulesAreChecked() {
        Answer code = apply(List.of(with(add("A"), "lock", Map.of("enabled", true, "type", "code", "code", " "))));
        assertThat(code.json().path("field").asText()).isEqualTo("links[0].lock.code");
        Answer message = apply(
                List.of(with(add("A"), "lock", Map.of("enabled", true, "type", "age", "message", "m".repeat(501)))));
        assertThat(message.json().path("field").asText()).isEqualTo("links[0].lock.message");
        Answer type = apply(List.of(with(add("A"), "lock", Map.of("enabled", true))));
        assertThat(type.json().path("field").asText()).isEqualTo("links[0].lock.type");
        Answer zone = apply(List.of(with(add("A"), "schedule", Map.of("enabled", true, "timezone", "Mars/Base"))));
        assertThat(zone.json().path("field").asText()).isEqualTo("links[0].schedule.timezone");
        assertThat(apply(List.of(with(add("A"), "schedule", "soon"))).status()).isEqualTo(400);
        assertThat(links()).isEmpty();
    }

    @Test
    void aTierWithoutAFeatureSaysWhichOneHasIt() {
        TestClient solo = TestClient.of(world.solo());
        solo.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        Map<String, Map<String, Object>> tries = Map.of(
                "customLayouts", with(add("A"), "layout", "featured"),
                "linkAnimations", with(add("A"), "animation", "pulse"),
                "linkScheduling", with(add("A"), "schedule", Map.of("enabled", true, "startDate", "2027-01-01T00:00")),
                "linkLocking", with(add("A"), "lock", Map.of("enabled", true, "type", "age")));
        tries.forEach((feature, step) -> {
            Answer refused = solo.put("/api/admin/UpdateLinks", Map.of("links", List.of(step)));
            assertThat(refused.status()).as(feature).isEqualTo(403);
            assertThat(refused.error()).contains("need the Pro plan");
            assertThat(refused.json().path("feature").asText()).isEqualTo(feature);
            assertThat(refused.json().path("currentTier").asText()).isEqualTo("free");
            assertThat(refused.json().path("upgradeRequired").asBoolean()).isTrue();
        });
        Answer plain = solo.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(with(add("A"), "schedule", Map.of("enabled", false, "timezone", "UTC")))));
        assertThat(plain.status()).isEqualTo(200);
    }

    @Test
    void afterADowngradeFeaturesAreKeptAndFlagged() {
        world.tier(world.solo(), Tier.PRO);
        TestClient solo = TestClient.of(world.solo());
        solo.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        solo.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(with(with(add("A"), "layout", "featured"), "animation", "glow"))));
        world.tier(world.solo(), Tier.FREE);

        JsonNode link = solo.get("/api/admin/GetLinks").json().at("/links/0");
        assertThat(link.path("layout").asText()).isEqualTo("featured");
        assertThat(link.path("layoutExceedsTier").asBoolean()).isTrue();
        assertThat(link.path("animationExceedsTier").asBoolean()).isTrue();
        assertThat(link.path("lockExceedsTier").asBoolean()).isFalse();
        String id = link.path("id").asText();
        Answer echoed = solo.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(with(update(id, "title", "Still here"), "layout", "featured"))));
        assertThat(echoed.status()).as(echoed.toString()).isEqualTo(200);
        Answer other =
                solo.put("/api/admin/UpdateLinks", Map.of("links", List.of(update(id, "layout", "thumbnail-left"))));
        assertThat(other.status()).isEqualTo(403);
    }
}
