package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
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
class PagesResourceTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    private Answer create(String slug) {
        return create(acme, slug, false);
    }

    private static Answer create(TestClient client, String slug, boolean isDefault) {
        return client.post(
                "/api/admin/CreatePage", Map.of("slug", slug, "name", "Page " + slug, "isDefault", isDefault));
    }

    private String createdId(String slug) {
        Answer answer = create(slug);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/page/id").asText();
    }

    private Answer update(Map<String, ?> change) {
        return acme.put("/api/admin/UpdatePage", change);
    }

    private Answer delete(String id) {
        return acme.delete("/api/admin/DeletePage?id=" + id);
    }

    private List<String> slugs() {
        return acme.get("/api/admin/GetPages").json().path("pages").findValuesAsText("slug");
    }

    private List<String> defaults() {
        return world.select(
                "SELECT slug FROM pages WHERE is_default = 1 AND account_id = ?",
                world.acme().account().toString());
    }

    private long used(String quota) {
        return world.count(
                "SELECT used FROM account_usage WHERE quota = ? AND account_id = ?",
                quota,
                world.acme().account().toString());
    }

    @Test
    void aPageIsAnsweredAsTheContractSays() {
        Answer answer = acme.post("/api/admin/CreatePage", Map.of("slug", "My-Links", "name", " My links "));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactlyInAnyOrder("message", "page");
        assertThat(answer.json().path("message").asText()).isEqualTo("Page created successfully");
        JsonNode page = answer.json().path("page");
        assertThat(TestClient.keys(page))
                .containsExactlyInAnyOrder(
                        "id",
                        "userId",
                        "slug",
                        "name",
                        "isDefault",
                        "published",
                        "createdAt",
                        "updatedAt",
                        "exceedsTierLimit");
        assertThat(page.path("slug").asText()).isEqualTo("my-links");
        assertThat(page.path("name").asText()).isEqualTo("My links");
        assertThat(page.path("userId").asText())
                .isEqualTo(world.acme().account().toString());
        JsonNode list = acme.get("/api/admin/GetPages").json();
        assertThat(TestClient.keys(list)).containsExactly("pages");
        assertThat(list.at("/pages/0")).isEqualTo(page);
    }

    @Test
    void theFirstPageIsTheDefaultWhateverIsSent() {
        assertThat(create(acme, "first", false).json().at("/page/isDefault").asBoolean())
                .isTrue();
        assertThat(create(acme, "second", false).json().at("/page/isDefault").asBoolean(true))
                .isFalse();
        assertThat(create(acme, "third", true).json().at("/page/isDefault").asBoolean())
                .isTrue();
        assertThat(defaults()).containsExactly("third");
    }

    @Test
    void theDefaultIsListedFirstThenTheOldest() {
        for (String slug : List.of("one", "two", "three")) {
            create(slug);
            clock.forward(Duration.ofMillis(1));
        }
        update(Map.of("id", idOf("three"), "isDefault", true));
        assertThat(slugs()).containsExactly("three", "one", "two");
    }

    private String idOf(String slug) {
        return world.select(
                        "SELECT id FROM pages WHERE slug = ? AND account_id = ?",
                        slug,
                        world.acme().account().toString())
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "-abc",
                "abc-",
                "a--b",
                "a_b",
                "a b",
                "a.b",
                "a/b",
                "\u00e4bc",
                "admin",
                "API",
                "public",
                "login",
                "signup",
                "settings",
                "v1"
            })
    void badSlugsAreRefused(String slug) {
        Answer created = create(slug);
        assertThat(created.status()).as(created.toString()).isEqualTo(400);
        assertThat(created.json().path("field").asText()).isEqualTo("slug");
        String id = createdId("good");
        assertThat(update(Map.of("id", id, "slug", slug)).status()).isEqualTo(400);
        assertThat(slugs()).containsExactly("good");
    }

    @Test
    void slugsAreUniqueWithinAnAccountOnly() {
        String first = createdId("first");
        String second = createdId("second");
        assertThat(create("FIRST").status()).isEqualTo(400);
        assertThat(create("first").text()).isEqualTo("{\"error\":\"A page with this slug already exists\"}");
        assertThat(update(Map.of("id", second, "slug", "first")).error())
                .isEqualTo("A page with this slug already exists");
        assertThat(update(Map.of("id", first, "slug", "first")).status()).isEqualTo(200);
        assertThat(create(TestClient.of(world.rival()), "first", false).status())
                .isEqualTo(200);
        assertThat(acme.post("/api/admin/CreatePage?UserId=" + world.north().id(), Map.of("slug", "first", "name", "F"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"FREE,Free,1,page", "PRO,Pro,3,pages", "PREMIUM,Premium,10,pages"})
    void eachTierHasItsLimit(Tier tier, String label, int limit, String noun) {
        world.tier(world.acme(), tier);
        for (int i = 0; i < limit; i++) {
            createdId("page-" + i);
        }
        Answer answer = create("one-more");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text())
                .isEqualTo("{\"error\":\"Page limit exceeded. The " + label + " plan allows " + limit + " " + noun
                        + "\",\"currentCount\":" + limit + ",\"limit\":" + limit
                        + ",\"upgradeRequired\":true,\"currentTier\":\"" + tier.key() + "\"}");
        assertThat(used("pages")).isEqualTo(limit);
    }

    @Test
    void enterpriseHasNoLimit() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        for (int i = 0; i < 12; i++) {
            createdId("page-" + i);
        }
        assertThat(used("pages")).isEqualTo(12);
    }

    @Test
    void aSubAccountHasTheFullQuotaOfItsTier() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.BASIC, Map.of(Pack.TEN, 1));
        for (TestWorld.Brand brand : List.of(world.north(), world.south())) {
            String path = "/api/admin/CreatePage?UserId=" + brand.id();
            assertThat(acme.post(path, Map.of("slug", "one", "name", "One")).status())
                    .isEqualTo(200);
            Answer second = acme.post(path, Map.of("slug", "two", "name", "Two"));
            assertThat(second.status()).isEqualTo(403);
            assertThat(second.error()).isEqualTo("Page limit exceeded. The Free plan allows 1 page");
        }
        assertThat(used("pages")).isZero();
    }

    @Test
    void absentFieldsStay() {
        String id = createdId("first");
        assertThat(update(Map.of("id", id, "name", "Renamed")).text())
                .isEqualTo("{\"message\":\"Page updated successfully\"}");
        assertThat(update(Map.of("id", id, "slug", "moved")).status()).isEqualTo(200);
        JsonNode page = acme.get("/api/admin/GetPages").json().at("/pages/0");
        assertThat(page.path("name").asText()).isEqualTo("Renamed");
        assertThat(page.path("slug").asText()).isEqualTo("moved");
        assertThat(page.path("isDefault").asBoolean()).isTrue();
    }

    @Test
    void theOnlyDefaultCannotBeUnset() {
        String first = createdId("first");
        String second = createdId("second");
        Answer answer = update(Map.of("id", first, "isDefault", false));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("Cannot unset the default page");
        assertThat(update(Map.of("id", second, "isDefault", true)).status()).isEqualTo(200);
        assertThat(defaults()).containsExactly("second");
        assertThat(update(Map.of("id", first, "isDefault", false)).status()).isEqualTo(200);
    }

    @Test
    void deletingTakesTheLinksAndGivesTheRoomBack() {
        createdId("first");
        String second = createdId("second");
        acme.put(
                "/api/admin/UpdateLinks?pageId=" + second,
                Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/"))));
        assertThat(used("links")).isEqualTo(1);
        assertThat(delete(second).text()).isEqualTo("{\"message\":\"Page deleted successfully\"}");
        assertThat(used("pages")).isEqualTo(1);
        assertThat(used("links")).isZero();
        assertThat(world.select("SELECT id FROM links WHERE page_id = ?", second))
                .isEmpty();
        assertThat(delete(second).status()).isEqualTo(404);
        createdId("second");
    }

    @Test
    void theDefaultPageCannotBeDeleted() {
        String first = createdId("first");
        createdId("second");
        Answer answer = delete(first);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"error\":\"Cannot delete the default page\"}");
        assertThat(slugs()).contains("first");
    }

    @Test
    void unknownAndForeignPagesLookAlike() {
        String foreign = create(TestClient.of(world.rival()), "first", false)
                .json()
                .at("/page/id")
                .asText();
        String ofBrand = acme.post(
                        "/api/admin/CreatePage?UserId=" + world.north().id(), Map.of("slug", "first", "name", "F"))
                .json()
                .at("/page/id")
                .asText();
        for (String id : List.of(foreign, ofBrand, "018f0000-0000-7000-8000-000000000000", "nonsense")) {
            for (Answer answer : List.of(
                    update(Map.of("id", id, "name", "Mine now")),
                    update(Map.of("id", id, "name", "")), // validation must not reveal that it exists
                    delete(id),
                    acme.get("/api/admin/GetLinks?pageId=" + id),
                    acme.put(
                            "/api/admin/UpdateLinks?pageId=" + id,
                            Map.of("links", List.of(Map.of("operation", "remove", "id", "none")))))) {
                assertThat(answer.status()).as(id).isEqualTo(404);
                assertThat(answer.text()).isEqualTo("{\"error\":\"Page not found\"}");
            }
        }
        assertThat(world.select("SELECT name FROM pages WHERE id = ?", foreign)).containsExactly("Page first");
    }

    @Test
    void createdAtOnceThereIsOneDefault() {
        List<Answer> answers = AtOnce.run(10, number -> create(acme, "page-" + number, true));
        assertThat(answers)
                .extracting(Answer::status)
                .filteredOn(status -> status == 200)
                .hasSize(3);
        assertThat(answers)
                .extracting(Answer::status)
                .filteredOn(status -> status == 403)
                .hasSize(7);
        assertThat(defaults()).hasSize(1);
        assertThat(used("pages")).isEqualTo(3);
        assertThat(slugs()).hasSize(3);
    }

    @Test
    void theSameSlugAtOnceIsTakenOnce() {
        List<Answer> answers = AtOnce.run(6, _ -> create("same"));
        assertThat(answers)
                .extracting(Answer::status)
                .containsOnlyOnce(200)
                .allMatch(status -> status == 200 || status == 400);
        assertThat(used("pages")).isEqualTo(1);
    }

    @Test
    void changesAreAudited() {
        String first = createdId("first");
        String second = createdId("second");
        update(Map.of("id", first, "name", "Renamed"));
        delete(second);
        assertThat(world.select(
                        "SELECT action || ' ' || target FROM audit_events WHERE action LIKE 'Page%' AND tenant_id = ? ORDER BY id",
                        world.acme().account().toString()))
                .containsExactly(
                        "PageCreated " + first,
                        "PageCreated " + second,
                        "PageUpdated " + first,
                        "PageDeleted " + second);
    }

    // The pages for people

    @Test
    void theFormsDoTheSame() {
        String as = world.acme().username();
        assertThat(acme.get("/admin/pages/new").status()).isEqualTo(200);
        Answer created = acme.form("/admin/pages", "as", as, "name", "First", "slug", "first");
        assertThat(created.status()).as(created.toString()).isEqualTo(303);
        assertThat(acme.get(created.location()).status()).isEqualTo(200);
        String first = idOf("first");
        Answer saved = acme.form("/admin/pages/" + first, "as", as, "name", "Renamed", "slug", "moved");
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        assertThat(defaults()).containsExactly("moved");
        acme.form("/admin/pages", "as", as, "name", "Second", "slug", "second");
        String second = idOf("second");
        assertThat(acme.get("/admin/pages/" + second + "/delete").status()).isEqualTo(200);
        assertThat(acme.form("/admin/pages/" + second + "/delete", "as", as).status())
                .isEqualTo(303);
        Answer kept = acme.form("/admin/pages/" + first + "/delete", "as", as);
        assertThat(kept.status()).isEqualTo(422);
        assertThat(slugs()).containsExactly("moved");
    }

    @Test
    void theFormSaysWhatIsWrong() {
        String as = world.acme().username();
        createdId("first");
        Answer taken = acme.form("/admin/pages", "as", as, "name", "Again", "slug", "first");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text()).contains("Another page has this address.", "value=\"Again\"");
        world.tier(world.acme(), Tier.FREE);
        Answer full = acme.form("/admin/pages", "as", as, "name", "More", "slug", "more");
        assertThat(full.status()).isEqualTo(422);
        assertThat(full.text()).contains("Page limit exceeded.");
    }

    @Test
    void aPageThatIsNotPublishedIsNotThereForVisitors() {
        acme.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        String id = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
        acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/"))));
        String link = acme.get("/api/admin/GetLinks").json().at("/links/0/id").asText();
        String home = "/" + world.acme().username();
        assertThat(TestClient.anonymous().get(home).status()).isEqualTo(200);

        acme.put("/api/admin/UpdatePage", Map.of("id", id, "published", false));

        assertThat(acme.get("/api/admin/GetPages")
                        .json()
                        .at("/pages/0/published")
                        .asBoolean(true))
                .isFalse();
        Answer hidden = TestClient.anonymous().get(home);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).contains("Page not found");
        assertThat(TestClient.anonymous().get("/go/" + link).status()).isEqualTo(404);
        Answer preview = acme.get("/admin/pages/" + id + "/preview");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.text()).contains("a.example");
        assertThat(preview.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'self'");
        assertThat(TestClient.of(world.rival())
                        .get("/admin/pages/" + id + "/preview")
                        .status())
                .isEqualTo(404);

        acme.put("/api/admin/UpdatePage", Map.of("id", id, "published", true));
        assertThat(TestClient.anonymous().get(home).status()).isEqualTo(200);
    }

    @Test
    void aPageMayHaveATimeZoneOfItsOwn() {
        String id = createdId("tokyo");
        String as = world.acme().username();
        String editor = "/admin/pages/" + id;
        assertThat(update(Map.of("id", id, "timeZone", "Mars/Olympus")).error())
                .isEqualTo("timeZone must be an IANA time zone such as Asia/Dubai");
        var form = new HashMap<>(Map.of("as", as, "name", "Tokyo", "slug", "tokyo", "timeZone", "Mars/Olympus"));
        Answer refused = acme.form(editor, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Choose a time zone", "value=\"Mars/Olympus\"");

        form.put("timeZone", "Asia/Tokyo");
        assertThat(acme.form(editor, form).location()).contains("done=page-saved");
        form.remove("timeZone");
        assertThat(acme.form(editor, form).location()).contains("done=page-saved");
        assertThat(acme.get("/api/admin/GetPages").text()).contains("\"timeZone\":\"Asia/Tokyo\"");
        assertThat(acme.get(editor + "?as=" + as).text()).contains("name=\"timeZone\" value=\"Asia/Tokyo\"");
        assertThat(acme.get("/admin/analytics?as=" + as + "&pageId=" + id).text())
                .contains("Time zone of this page: Asia/Tokyo.");
        assertThat(acme.post("/api/admin/CopyPage", Map.of("id", id, "slug", "osaka"))
                        .text())
                .contains("\"timeZone\":\"Asia/Tokyo\"");

        assertThat(update(Map.of("id", id, "timeZone", "")).status()).isEqualTo(200);
        assertThat(acme.get(editor + "?as=" + as).text()).contains("name=\"timeZone\" value=\"\"");
    }

    @Test
    void pagesAreCopiedAndOrdered() {
        acme.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        String id = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
        assertThat(acme.post("/api/admin/CopyPage", Map.of("slug", "copy")).status())
                .isEqualTo(400);
        assertThat(acme.post("/api/admin/CopyPage", Map.of("id", id, "slug", "main"))
                        .error())
                .isEqualTo("A page with this slug already exists");
        Answer copied = acme.post("/admin/copypage", Map.of("id", id, "slug", "copy"));
        assertThat(copied.status()).as(copied.toString()).isEqualTo(200);
        assertThat(copied.json().at("/page/name").asText()).isEqualTo("Main");
        assertThat(copied.json().at("/page/isDefault").asBoolean(true)).isFalse();
        String copy = copied.json().at("/page/id").asText();
        assertThat(TestClient.of(world.rival())
                        .post("/api/admin/CopyPage", Map.of("id", id, "slug", "stolen"))
                        .status())
                .isEqualTo(404);

        assertThat(acme.put("/api/admin/ReorderPages", Map.of("pageIds", List.of(copy, id)))
                        .text())
                .isEqualTo("{\"message\":\"Pages reordered successfully\"}");
        assertThat(acme.put("/api/admin/ReorderPages", Map.of()).status()).isEqualTo(400);
        assertThat(acme.put("/api/admin/ReorderPages", Map.of("pageIds", List.of(id, copy, id)))
                        .text())
                .contains("pageIds must name each page once");
        assertThat(acme.put("/api/admin/ReorderPages", Map.of("pageIds", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(acme.put("/api/admin/ReorderPages", Map.of("pageIds", List.of("no id")))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void programsBringBackWhatWasDeleted() {
        acme.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        acme.post("/api/admin/CreatePage", Map.of("slug", "sale", "name", "Sale"));
        String sale = acme.get("/api/admin/GetPages").json().at("/pages/1/id").asText();
        acme.delete("/api/admin/DeletePage?id=" + sale);

        JsonNode gone = acme.get("/admin/getdeletedcontents").json().path("deleted");
        assertThat(gone).hasSize(1);
        assertThat(gone.at("/0/kind").asText() + " " + gone.at("/0/name").asText())
                .isEqualTo("page Sale");
        Map<String, String> body = Map.of("deletedId", gone.at("/0/id").asText());
        assertThat(TestClient.of(world.rival())
                        .post("/api/admin/RestoreContent", body)
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.rival())
                        .get("/api/admin/GetDeletedContents")
                        .json()
                        .path("deleted"))
                .isEmpty();
        assertThat(acme.post("/api/admin/RestoreContent", Map.of()).error()).isEqualTo("deletedId is required");

        acme.post("/api/admin/CreatePage", Map.of("slug", "sale", "name", "Another"));
        assertThat(acme.post("/api/admin/RestoreContent", body).status()).isEqualTo(400);
        String other = acme.get("/api/admin/GetPages").json().at("/pages/1/id").asText();
        acme.put("/api/admin/UpdatePage", Map.of("id", other, "slug", "other"));

        Answer restored = acme.post("/api/admin/RestoreContent", body);
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(acme.get("/api/admin/GetPages").json().path("pages").findValuesAsText("slug"))
                .contains("sale");
        assertThat(acme.post("/api/admin/RestoreContent", body).status()).isEqualTo(404);
    }
}
