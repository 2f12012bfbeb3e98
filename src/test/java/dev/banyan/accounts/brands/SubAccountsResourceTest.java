package dev.banyan.accounts.brands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The seed's requests, responses and errors, literally.
@QuarkusTest
class SubAccountsResourceTest {

    private static final String CREATE = "/api/admin/CreateSubAccount";
    private static final String LIST = "/api/admin/GetSubAccounts";

    @Inject
    TestWorld world;

    private TestClient acme() {
        return TestClient.of(world.acme());
    }

    private static Answer create(TestClient client, String username) {
        return client.post(CREATE, Map.of("username", username, "displayName", "Client Brand"));
    }

    private long used(TestWorld.Person person) {
        return world.count(
                "SELECT used FROM account_usage WHERE quota = 'sub_accounts' AND account_id = ?",
                person.account().toString());
    }

    @Test
    void creationAnswersAsTheSeedSays() {
        String username = world.name("ClientBrand");
        Answer answer = acme().post(
                        "/admin/CreateSubAccount",
                        Map.of(
                                "username", username,
                                "email", "Client@Example.com",
                                "displayName", "Client Brand Name",
                                "bio", "Brief description"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("message").asText()).isEqualTo("Sub-account created successfully");
        JsonNode sub = json.path("subAccount");
        assertThat(TestClient.keys(sub))
                .contains(
                        "id",
                        "username",
                        "email",
                        "displayName",
                        "parentAccountId",
                        "isSubAccount",
                        "tier",
                        "createdAt");
        assertThat(sub.path("username").asText()).isEqualTo(username.toLowerCase(Locale.ROOT));
        assertThat(sub.path("email").asText()).isEqualTo("client@example.com");
        assertThat(sub.path("displayName").asText()).isEqualTo("Client Brand Name");
        assertThat(sub.path("parentAccountId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(sub.path("isSubAccount").asBoolean()).isTrue();
        assertThat(sub.path("tier").asText()).isEqualTo("pro");
        assertThat(sub.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        // Additional fields read by the real LinkToMe client.
        assertThat(json.path("userId")).isEqualTo(sub.path("id"));
        assertThat(json.path("authDisabled").asBoolean()).isTrue();
        assertThat(world.select(
                        "SELECT bio FROM accounts WHERE id = ?", sub.path("id").asText()))
                .containsExactly("Brief description");
    }

    @Test
    void emailAndBioMayBeAbsent() {
        Answer answer = create(acme(), world.name("plain"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("subAccount").has("email")).isFalse();
        Answer blank = acme().post(
                        CREATE, Map.of("username", world.name("blank"), "displayName", "B", "email", " ", "bio", ""));
        assertThat(blank.status()).as(blank.toString()).isEqualTo(200);
    }

    @Test
    void aBadEmailIsRefused() {
        Answer answer =
                acme().post(CREATE, Map.of("username", world.name("bad"), "displayName", "B", "email", "no e-mail"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("email");
    }

    @Test
    void emailsOfSubAccountsNeedNotBeUnique() {
        for (String stem : List.of("one", "two")) {
            Answer answer = acme().post(
                            CREATE,
                            Map.of(
                                    "username",
                                    world.name(stem),
                                    "displayName",
                                    stem,
                                    "email",
                                    world.acme().email()));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
    }

    @Test
    void withoutPermissionNothingIsCreated() {
        Answer answer = create(TestClient.of(world.solo()), world.name("brand"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"error\":\"No agency permission (purchase agency add-on required)\"}");
        // The permission is checked first, even if there are other errors.
        assertThat(create(TestClient.of(world.solo()), "?").error())
                .isEqualTo("No agency permission (purchase agency add-on required)");
        assertThat(world.select("SELECT name FROM usernames WHERE name = ?", world.name("brand")))
                .isEmpty();
    }

    @Test
    void aFullPackIsSaidWithItsNumbers() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
        for (int i = 0; i < 3; i++) {
            assertThat(create(acme(), world.name("brand") + "-" + i).status()).isEqualTo(200);
        }
        Answer answer = create(acme(), world.name("brand") + "-3");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo(
                        "{\"error\":\"Sub-account limit reached (upgrade pack or delete sub-accounts)\",\"currentCount\":3,\"maxAllowed\":3}");
        assertThat(used(world.acme())).isEqualTo(3);
        assertThat(world.select("SELECT name FROM usernames WHERE name = ?", world.name("brand") + "-3"))
                .isEmpty();
    }

    @Test
    void aPermissionWithoutPacksAllowsNone() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of());
        assertThat(create(acme(), world.name("brand")).json().path("maxAllowed").asInt(-1))
                .isZero();
    }

    @Test
    void packsStack() {
        world.plan(
                world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 2, Pack.TEN, 1, Pack.TWENTY_FIVE, 3));
        assertThat(acme().get(LIST).json().at("/limits/maxSubAccounts").asInt()).isEqualTo(91);
    }

    @Test
    void namesAreUniqueOnTheWholeServer() {
        for (String taken : List.of(
                world.north().username(),
                world.north().username().toUpperCase(Locale.ROOT),
                world.acme().username(),
                world.east().username(),
                world.solo().username())) {
            Answer answer = create(acme(), taken);
            assertThat(answer.status()).as(taken).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"error\":\"Username already taken\"}");
        }
        assertThat(used(world.acme())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "-abc",
                "_abc",
                "a b c",
                "abc!",
                "a.b.c",
                "äöü",
                "abc\n",
                "abc/d",
                "a%20b",
                "\u0430\u0441me",
                "ab\u200dc"
            })
    void malformedNamesAreRefused(String username) {
        Answer answer = create(acme(), username.equals("abc\n") ? "ab\nc" : username);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("Invalid username format");
        assertThat(answer.json().path("field").asText()).isEqualTo("username");
        assertThat(answer.json().path("rule").asText()).isNotBlank();
    }

    @Test
    void theLongestAndShortestNamesFit() {
        String stem = world.name("x");
        assertThat(create(acme(), stem + "y".repeat(30 - stem.length())).status())
                .isEqualTo(200);
        assertThat(create(acme(), stem + "z".repeat(31 - stem.length())).status())
                .isEqualTo(400);
        assertThat(create(acme(), world.name("A-_")).status()).isEqualTo(200);
    }

    /// All examples of the seed, and edge cases.
    @ParameterizedTest
    @CsvSource({
        "FREE,       BASIC,   free",
        "FREE,       PREMIUM, free",
        "PRO,        BASIC,   free",
        "PRO,        PRO,     pro",
        "PRO,        PREMIUM, pro",
        "PREMIUM,    BASIC,   free",
        "PREMIUM,    PRO,     pro",
        "PREMIUM,    PREMIUM, premium",
        "ENTERPRISE, PRO,     pro",
        "ENTERPRISE, PREMIUM, premium",
    })
    void aSubAccountWorksAtTheLowerTier(Tier tier, AgencyPermission permission, String expected) {
        world.plan(world.acme(), tier, permission, Map.of(Pack.THREE, 1));
        assertThat(create(acme(), world.name("brand"))
                        .json()
                        .at("/subAccount/tier")
                        .asText())
                .isEqualTo(expected);
        assertThat(acme().get(LIST).json().at("/subAccounts/0/tier").asText()).isEqualTo(expected);
    }

    @Test
    void createdAtOnceTheyFillThePackAndNoMore() {
        var acme = acme();
        List<Answer> answers = AtOnce.run(40, number -> create(acme, world.name("race") + "-" + number));
        assertThat(answers)
                .extracting(Answer::status)
                .filteredOn(status -> status == 200)
                .hasSize(10);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .hasSize(30)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.error()).startsWith("Sub-account limit reached");
                });
        assertThat(used(world.acme())).isEqualTo(10);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM accounts WHERE parent_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(10);
        assertThat(world.count("SELECT COUNT(*) FROM usernames WHERE name LIKE ?", world.name("race") + "-%"))
                .isEqualTo(10);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM audit_events WHERE action = 'SubAccountCreated' AND tenant_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(10);
    }

    @Test
    void twoAgenciesAtOnceGetANameOnce() {
        List<TestClient> both = List.of(acme(), TestClient.of(world.rival()));
        List<Answer> answers = AtOnce.run(10, number -> create(both.get(number % 2), world.name("same")));
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
        assertThat(used(world.acme()) + used(world.rival())).isEqualTo(1);
    }

    @Test
    void creationIsAudited() {
        String id =
                create(acme(), world.name("brand")).json().at("/subAccount/id").asText();
        var rows = world.select(
                "SELECT tenant_id || ' ' || identity_id || ' ' || account_id || ' ' || action || ' ' || details || ' ' || ip"
                        + " FROM audit_events WHERE target = ?",
                id);
        assertThat(rows)
                .containsExactly(world.acme().account() + " " + world.acme().identity() + " " + id
                        + " SubAccountCreated {\"username\":\"" + world.name("brand") + "\"} 127.0.0.1");
    }

    @Test
    void refusalsLeaveNoAuditRow() {
        create(acme(), "?");
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE action LIKE 'Sub%' AND tenant_id = ?",
                        world.acme().account().toString()))
                .isEmpty();
    }

    @Test
    void insideASubAccountTheAgencyIsMeant() {
        acme().post(
                        "/api/admin/SwitchToSubAccount",
                        Map.of("subAccountId", world.north().id()));
        Answer answer = create(acme(), world.name("sibling"));
        assertThat(answer.json().at("/subAccount/parentAccountId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(acme().get(LIST).json().path("total").asInt()).isEqualTo(2);
    }

    // The list

    @Test
    void theListIsTheSeeds() {
        world.north();
        JsonNode json = acme().get("/admin/GetSubAccounts").json();
        JsonNode sub = json.at("/subAccounts/0");
        assertThat(TestClient.keys(sub))
                .contains(
                        "id",
                        "username",
                        "displayName",
                        "parentAccountId",
                        "isSubAccount",
                        "tier",
                        "status",
                        "createdAt",
                        "pageCount",
                        "linkCount");
        assertThat(sub.path("status").asText()).isEqualTo("active");
        assertThat(json.path("limits"))
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("maxSubAccounts", 10)
                        .put("usedSubAccounts", 1)
                        .put("remainingSubAccounts", 9)
                        .put("agencyPermission", "agency-pro")
                        .put("subscriptionQuantity", 11)
                        .put("hasAccess", true));
        assertThat(json.path("total").asInt()).isEqualTo(1);
        assertThat(json.has("nextCursor")).isFalse();
        assertThat(json.has("message")).isFalse(); // a GET with a message raises a toast in the real client
    }

    @Test
    void theListCountsPagesAndLinks() {
        String as = "?UserId=" + world.north().id();
        acme().post("/api/admin/CreatePage" + as, Map.of("slug", "one", "name", "One"));
        acme().put(
                        "/api/admin/UpdateLinks" + as,
                        Map.of(
                                "links",
                                List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/"))));
        JsonNode sub = acme().get(LIST).json().at("/subAccounts/0");
        assertThat(sub.path("pageCount").asInt()).isEqualTo(1);
        assertThat(sub.path("linkCount").asInt()).isEqualTo(1);
    }

    @Test
    void withoutPermissionTheListIsEmptyAndFine() {
        Answer answer = TestClient.of(world.solo()).get(LIST);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("subAccounts").isArray()).isTrue();
        assertThat(answer.json().path("subAccounts")).isEmpty();
        assertThat(answer.json().at("/limits/maxSubAccounts").asInt(-1)).isZero();
        assertThat(answer.json().at("/limits/hasAccess").asBoolean(true)).isFalse();
    }

    @Test
    void aPermissionThatIsTakenAwayHidesTheList() {
        world.north();
        world.tier(world.acme(), Tier.PRO);
        assertThat(acme().get(LIST).json().path("subAccounts")).isEmpty();
    }

    @Test
    void theListHasNewestFirstAndPages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.addFirst(world.name("brand") + "-" + i);
            create(acme(), names.getFirst());
        }
        assertThat(usernames(acme().get(LIST).json())).isEqualTo(names);
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = acme().get(LIST + "?limit=2" + (after.isEmpty() ? "" : "&after=" + after))
                    .json();
            seen.addAll(usernames(page));
            after = page.path("nextCursor").asText();
        } while (!after.isEmpty());
        assertThat(seen).isEqualTo(names);
    }

    private static List<String> usernames(JsonNode json) {
        return json.path("subAccounts").findValuesAsText("username");
    }

    @Test
    void searchLooksIntoNames() {
        world.north();
        world.south();
        assertThat(usernames(acme().get(LIST + "?search=NOR").json()))
                .containsExactly(world.north().username());
        for (String wild : List.of("%25", "_", "%25%25", "%27", "%5C")) {
            assertThat(usernames(acme().get(LIST + "?search=" + wild).json()))
                    .as(wild)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=1001", "limit=x", "limit=99999999999", "after=x", "after=1"})
    void pagesThatDoNotExistAreRefused(String query) {
        Answer answer = acme().get(LIST + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith(query.substring(0, 5));
    }

    @Test
    void suspendedOnesAreListedAndDeletedOnesAreNot() {
        world.sql(
                "UPDATE accounts SET status = 'suspended' WHERE id = ?",
                world.north().id().toString());
        world.sql(
                "UPDATE accounts SET status = 'deleted' WHERE id = ?",
                world.south().id().toString());
        JsonNode json = acme().get(LIST).json();
        assertThat(usernames(json)).containsExactly(world.north().username());
        assertThat(json.at("/subAccounts/0/status").asText()).isEqualTo("suspended");
        assertThat(json.at("/subAccounts/0/disabled").asBoolean()).isTrue();
    }

    // The page

    @Test
    void theFormCreatesAndSaysWhatIsWrong() {
        String as = world.acme().username();
        Answer done = acme().form(
                        "/admin/users/sub-accounts", "as", as, "username", world.name("brand"), "displayName", "Brand");
        assertThat(done.status()).as(done.toString()).isEqualTo(303);
        assertThat(done.location()).startsWith("/admin/brands?as=" + as);
        Answer taken = acme().form(
                        "/admin/users/sub-accounts", "as", as, "username", world.name("brand"), "displayName", "Brand");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text()).contains("is taken");
        Answer denied = TestClient.of(world.solo())
                .form(
                        "/admin/users/sub-accounts",
                        "as",
                        world.solo().username(),
                        "username",
                        world.name("b"),
                        "displayName",
                        "B");
        assertThat(denied.status()).isEqualTo(422);
        assertThat(denied.text()).contains("This account has no agency permission.");
    }

    @Test
    void thePageShowsTheBrands() {
        world.north();
        Answer page = acme().get("/admin/brands");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("North", world.north().username(), "1 of 10 brands used");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }
}
