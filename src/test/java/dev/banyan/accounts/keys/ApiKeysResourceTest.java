package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.KeyRights;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// API keys and their permissions, with the requests and responses of the LinkToMe contract (2.9, 1.2).
@QuarkusTest
class ApiKeysResourceTest {

    @Inject
    TestWorld world;

    @Inject
    KeyUse use;

    @Test
    void aKeyIsMadeShownOnceAndOpensTheFirstCall() {
        var owner = TestClient.of(world.acme());

        Answer created = create(owner, "Nightly import", "read:pages");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        JsonNode key = created.json().path("key");
        assertThat(TestClient.keys(created.json())).containsExactly("message", "key");
        assertThat(TestClient.keys(key)).containsExactly("keyId", "key", "name", "permissions", "createdAt");
        assertThat(key.path("key").asText())
                .matches("ltm_k[a-z0-9]{7}_[a-z0-9]{32}")
                .startsWith("ltm_" + key.path("keyId").asText() + "_");
        Answer listed = owner.get("/api/admin/apikeyslist");
        assertThat(listed.text()).doesNotContain(key.path("key").asText());
        assertThat(world.select("SELECT secret_hash FROM api_keys WHERE id = '"
                        + key.path("keyId").asText() + "'"))
                .hasSize(1)
                .noneMatch(hash -> key.path("key").asText().contains(hash));

        for (String path : List.of("/v1/GetPages", "/api/v1/getpages", "/V1/GETPAGES")) {
            Answer pages = withKey(key).get(path);
            assertThat(pages.status()).as(pages.toString()).isEqualTo(200);
            assertThat(pages.json().path("pages").isArray()).isTrue();
            assertThat(pages.header("X-RateLimit-Limit-Minute")).contains("60");
            assertThat(pages.header("X-RateLimit-Remaining-Minute")).isPresent();
            assertThat(pages.header("X-RateLimit-Limit-Day")).contains("10000");
            assertThat(pages.header("X-Request-Id")).isPresent();
            assertThat(pages.header("Cache-Control")).contains("no-store");
            assertThat(pages.header("X-RateLimit-Remaining-Day")).isPresent();
        }
        assertThat(TestClient.anonymous()
                        .with("X-API-Key", key.path("key").asText())
                        .get("/v1/GetPages")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theListHasWhatTheClientCannotDoWithout() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "One", "read:pages").json().path("key");
        withKey(key).get("/v1/GetPages");
        use.write();

        for (String path : List.of("/api/admin/apikeyslist", "/api/admin/GetApiKeys")) {
            JsonNode list = owner.get(path).json();
            JsonNode first = list.path("keys").path(0);
            assertThat(TestClient.keys(first))
                    .containsExactly(
                            "keyId",
                            "name",
                            "permissions",
                            "active",
                            "disabledReason",
                            "createdAt",
                            "lastUsedAt",
                            "lastUsedIP");
            assertThat(first.path("lastUsedIP").asText()).isEqualTo("127.0.0.0");
            assertThat(first.path("lastUsedAt").isTextual()).isTrue();
            assertThat(list.path("availablePermissions").toString()).contains("manage:subaccounts", "read:apiauth");
            assertThat(list.at("/rateLimits/requestsPerMinute").asInt()).isEqualTo(60);
            assertThat(list.at("/rateLimits/requestsPerDay").asInt()).isEqualTo(10_000);
            assertThat(list.at("/usage/dailyUsed").asInt()).isEqualTo(1);
            assertThat(list.at("/usage/dailyRemaining").asInt()).isEqualTo(9_999);
            assertThat(list.at("/usage/perKey/" + key.path("keyId").asText() + "/minuteUsed")
                            .isNumber())
                    .isTrue();
        }
    }

    @Test
    void aChartIsDrawnOnceThereAreRequests() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "One", "read:pages").json().path("key");
        assertThat(owner.get("/admin/api-keys").text())
                .contains("No requests yet", "href=\"#first-h\"")
                .doesNotContain("class=\"plot");

        withKey(key).get("/v1/GetPages");
        use.write();

        assertThat(owner.get("/admin/api-keys").text()).contains("class=\"plot").doesNotContain("No requests yet");
    }

    @Test
    void aKeyIsChangedAndDeleted() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "One", "read:pages").json().path("key");
        String id = key.path("keyId").asText();

        Answer changed =
                owner.put("/api/admin/apikeysupdate?keyId=" + id, Map.of("permissions", List.of("read:links")));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(TestClient.keys(changed.json())).containsExactly("message");
        assertThat(withKey(key).get("/v1/GetPages").error()).isEqualTo("Insufficient permissions");
        assertThat(refusals(world.acme())).containsExactly("GET /api/admin/GetPages");
        assertThat(owner.put("/api/admin/apikeysupdate?keyId=" + id, Map.of()).status())
                .isEqualTo(400);
        assertThat(owner.put("/api/admin/apikeysupdate?keyId=k0000000", Map.of("permissions", List.of("read:links")))
                        .toString())
                .isEqualTo("404 {\"error\":\"Key not found\"}");
        assertThat(owner.delete("/api/admin/apikeysdelete?keyId=" + id).status())
                .isEqualTo(200);
        assertThat(owner.delete("/api/admin/apikeysdelete?keyId=" + id).error()).isEqualTo("Key not found");
        assertThat(withKey(key).get("/v1/GetPages").error()).isEqualTo("Invalid API key");
    }

    @Test
    void theAuditLogNamesTheKeyBesideItsMaker() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "One", "write:pages").json().path("key");
        withKey(key).post("/v1/CreatePage", Map.of("slug", "by-a-key", "name", "By a key"));
        withKey(key).get("/v1/GetLinks");
        world.writeDenials();
        owner.post("/api/admin/CreatePage", Map.of("slug", "by-myself", "name", "By myself"));

        JsonNode entries =
                owner.get("/api/admin/audit?action=PageCreated").json().path("entries");
        assertThat(entries.at("/0/details/apiKey").isMissingNode()).isTrue();
        assertThat(entries.at("/1/details/apiKey").asText())
                .isEqualTo(key.path("keyId").asText());
        assertThat(entries.at("/1/who").asText()).isEqualTo(world.acme().email());
        assertThat(owner.get("/api/admin/audit?action=AccessDenied").json().at("/entries/0/details/apiKey"))
                .as("refusals, too")
                .isEqualTo(key.path("keyId"));
    }

    @Test
    void strangersFindNoKey() {
        JsonNode key =
                create(TestClient.of(world.acme()), "One", "read:pages").json().path("key");
        var rival = TestClient.of(world.rival());
        String query = "?keyId=" + key.path("keyId").asText();

        assertThat(rival.delete("/api/admin/apikeysdelete" + query).status()).isEqualTo(404);
        assertThat(rival.put("/api/admin/apikeysupdate" + query, Map.of("permissions", List.of("read:links")))
                        .status())
                .isEqualTo(404);
        world.east();
        assertThat(withKey(key)
                        .get("/v1/GetPages?subAccountId=" + world.east().id())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusalsHaveTheirReasons() {
        var owner = TestClient.of(world.acme());
        assertThat(create(owner, "", "read:pages").status()).isEqualTo(400);
        Answer unknown = create(owner, "One", "read:everything");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("availablePermissions").size()).isPositive();
        assertThat(create(TestClient.of(world.solo()), "One", "read:pages").status())
                .isEqualTo(403);
        for (int i = 0; i < 3; i++) {
            assertThat(create(owner, "Key " + i, "read:pages").status()).isEqualTo(201);
        }
        assertThat(create(owner, "One too many", "read:pages").status()).isEqualTo(403);
    }

    @Test
    void onlyWhatKeysCanUseIsOffered() {
        var owner = TestClient.of(world.acme());
        List<String> closed = List.of(
                "write:2fauth",
                "write:password",
                "write:email",
                "write:phone",
                "respond:user_manager",
                "invite:user_manager",
                "remove:user_manager",
                "manage:users",
                "read:dashboard",
                "read:usersettings");
        String available = owner.get("/api/admin/apikeyslist")
                .json()
                .path("availablePermissions")
                .toString();
        assertThat(available).contains("read:pages", "write:links", "manage:subaccounts");
        assertThat(closed).allSatisfy(permission -> assertThat(available).doesNotContain(permission));
        String page = owner.get("/admin/api-keys").text();
        assertThat(closed).allSatisfy(permission -> assertThat(page).doesNotContain("value=\"" + permission));

        Answer refused = create(owner, "One", "read:pages", "write:password");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("API keys cannot use these permissions: write:password");
        assertThat(refused.json().path("availablePermissions").size()).isPositive();
    }

    @Test
    void aKeyFromBeforeKeepsWhatItCannotUse() {
        var owner = TestClient.of(world.acme());
        String id = create(owner, "Old", "read:pages").json().at("/key/keyId").asText();
        world.sql("UPDATE api_keys SET permissions = 'read:pages write:password' WHERE id = ?", id);
        assertThat(owner.get("/api/admin/apikeyslist").text()).contains("write:password");
        assertThat(owner.put(
                                "/api/admin/apikeysupdate?keyId=" + id,
                                Map.of("permissions", List.of("read:links", "write:password")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void subAccountsHaveNoKeys() {
        var owner = TestClient.of(world.acme());
        String north = "?UserId=" + world.north().id();
        Map<String, Object> body = Map.of("name", "One", "permissions", List.of("read:pages"));

        Answer refused = owner.post("/api/admin/apikeyscreate" + north, body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error())
                .isEqualTo("Sub-accounts cannot access API features. Please switch to parent account.");
        assertThat(owner.get("/admin/api-keys?as=" + world.north().username()).text())
                .contains(refused.error());
        assertThat(owner.form("/admin/api-keys", "as", world.north().username(), "name", "One")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aKeyOfTheParentActsForItsSubAccount() {
        JsonNode key =
                create(TestClient.of(world.acme()), "One", "write:pages").json().path("key");
        for (String name : List.of("subAccountId", "UserId")) {
            Answer page = withKey(key)
                    .post(
                            "/v1/CreatePage?" + name + "=" + world.north().id(),
                            Map.of("slug", "by-" + name.toLowerCase(Locale.ROOT), "name", "By key"));
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            assertThat(page.json().at("/page/userId").asText())
                    .isEqualTo(world.north().id().toString());
        }
        assertThat(withKey(key)
                        .get("/v1/GetPages?subAccountId=" + world.north().id())
                        .error())
                .isEqualTo("Insufficient permissions");
    }

    @Test
    void whatIsNoKeyIsRefusedWithTheContractsWords() {
        assertRefused(TestClient.anonymous().get("/v1/GetPages"), "API key required");
        assertRefused(TestClient.of(world.acme()).get("/v1/GetPages"), "API key required");
        assertRefused(TestClient.withBearer("nonsense").get("/v1/GetPages"), "Invalid API key format");
        assertRefused(TestClient.withBearer("ltm_k0000000_" + "a".repeat(32)).get("/v1/GetPages"), "Invalid API key");
        assertThat(TestClient.anonymous().get("/v1/GetNothing").toString())
                .isEqualTo("404 {\"error\":\"Endpoint not found: GetNothing\"}");
    }

    @Test
    void keysOpenNothingBesides() {
        JsonNode key = create(
                        TestClient.of(world.acme()),
                        "All",
                        Role.AGENCY_ADMIN.permissions().stream()
                                .filter(KeyRights::isGiven)
                                .toArray(String[]::new))
                .json()
                .path("key");
        assertThat(withKey(key).get("/api/admin/GetPages").status()).isEqualTo(401);
        assertThat(withKey(key).get("/admin/dashboard").status()).isEqualTo(303);
        assertThat(withKey(key).get("/v1/GetActiveContext").error()).isEqualTo("Access denied");
        assertThat(withKey(key).get("/api/projects").status())
                .as("without manage:workspaces")
                .isEqualTo(403);
    }

    @Test
    void aKeyGivesNoMoreThanItHas() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "Makes keys", "create:apiauth", "read:pages")
                .json()
                .path("key");
        Map<String, Object> more = Map.of("name", "More", "permissions", List.of("write:pages"));
        assertThat(withKey(key).post("/v1/apikeyscreate", more).error()).isEqualTo("Insufficient permissions");
        assertThat(withKey(key)
                        .post("/v1/apikeyscreate", Map.of("name", "Less", "permissions", List.of("read:pages")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theOldestKeysStayWhenThePlanGetsSmaller() {
        world.tier(world.solo(), Tier.PREMIUM);
        var owner = TestClient.of(world.solo());
        List<JsonNode> keys = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> create(owner, "Key " + i, "read:pages").json().path("key"))
                .toList();
        world.tier(world.solo(), Tier.PRO);
        JsonNode list = owner.get("/api/admin/apikeyslist").json().path("keys");
        assertThat(list.path(2).path("active").asBoolean()).isTrue();
        assertThat(list.path(3).path("disabledReason").asText()).isEqualTo("Subscription downgraded");
        JsonNode youngest = keys.stream()
                .filter(key -> key.path("keyId").equals(list.path(3).path("keyId")))
                .findFirst()
                .orElseThrow();
        assertRefused(withKey(youngest).get("/v1/GetPages"), "Subscription downgraded");
        world.tier(world.solo(), Tier.PREMIUM);
        assertThat(withKey(youngest).get("/v1/GetPages").status()).isEqualTo(200);
    }

    @Test
    void operatorsSeeAndRunJobs() {
        var operator = TestClient.withSession(world.operatorToken());
        JsonNode list = operator.get("/siteadmin/listtimers").json();
        assertThat(list.path("success").asBoolean()).isTrue();
        assertThat(list.path("count").asInt())
                .isEqualTo(list.path("timers").size())
                .isGreaterThan(10);
        for (JsonNode timer : list.path("timers")) {
            assertThat(timer.path("status").asText()).isIn("Completed", "Running", "Started", "Failed", "Not run yet");
            assertThat(timer.path("cron").asText().split(" ")).hasSize(6);
        }
        Answer run = operator.post("/api/siteadmin/runtimer", Map.of("timerId", "erase-sub-accounts"));
        assertThat(run.status()).as(run.toString()).isIn(200, 409);
        if (run.status() == 200) {
            assertThat(run.json().path("status").asText()).isEqualTo("Started");
            assertThat(run.json().path("executedByRole").asText()).isEqualTo("site_super_admin");
        }
        assertThat(operator.post("/api/siteadmin/runtimer", Map.of()).status()).isEqualTo(400);
        assertThat(operator.post("/api/siteadmin/runtimer", Map.of("timerId", "nothing"))
                        .status())
                .isEqualTo(404);
        assertThat(operator.get("/operator/jobs").text()).contains("erase-sub-accounts", "Run now");
        assertThat(TestClient.of(world.acme()).get("/api/siteadmin/listtimers").error())
                .isEqualTo("Insufficient permissions");
        assertThat(TestClient.anonymous().get("/api/siteadmin/listtimers").error())
                .isEqualTo("Unauthorized");
        assertThat(TestClient.of(world.acme()).get("/operator/jobs").status()).isEqualTo(404);
    }

    @Test
    void theBrandsOfAKeyAreChosen() {
        String north = world.north().username();
        assertThat(TestClient.of(world.acme()).get("/admin/api-keys").text())
                .contains("type=\"checkbox\" name=\"brands\" value=\"" + north + "\"");
        String refused = made(north + " no-such-brand");
        assertThat(refused)
                .contains("Brand not found: no-such-brand", "name=\"brands\" value=\"" + north + "\" checked");
        assertThat(made(north)).contains("We won’t show it again", "Only for 1 brand");
    }

    private String made(String brands) {
        return TestClient.of(world.acme())
                .form(
                        "/admin/api-keys",
                        "as",
                        world.acme().username(),
                        "name",
                        "North only",
                        "permissions",
                        "read:pages",
                        "brands",
                        brands)
                .text();
    }

    @Test
    void thePageMakesShowsDisablesAndDeletes() {
        var owner = TestClient.of(world.acme());
        Answer made = owner.form(
                "/admin/api-keys", "as", world.acme().username(), "name", "Started by", "permissions", "read:pages");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.text()).contains("Copy your key now.", "/v1/GetPages");
        String text = made.text().replaceAll("(?s).*data-full=\"(ltm_[^\"]+)\".*", "$1");
        String id = text.split("_")[1];
        assertThat(TestClient.withBearer(text).get("/v1/GetPages").status()).isEqualTo(200);
        assertThat(owner.get("/admin/api-keys").text()).contains("Started by").doesNotContain(text);
        assertThat(owner.get("/admin/api-keys/" + id).text()).contains("value=\"pages:read\" checked");
        assertThat(owner.form(
                                "/admin/api-keys/" + id + "/disable",
                                "as",
                                world.acme().username())
                        .status())
                .isEqualTo(303);
        assertRefused(TestClient.withBearer(text).get("/v1/GetPages"), "Disabled by the account owner");
        owner.form("/admin/api-keys/" + id + "/enable", "as", world.acme().username());
        assertThat(TestClient.withBearer(text).get("/v1/GetPages").status()).isEqualTo(200);
        owner.form("/admin/api-keys/" + id + "/delete", "as", world.acme().username());
        assertRefused(TestClient.withBearer(text).get("/v1/GetPages"), "Invalid API key");
        assertThat(owner.get("/admin/api-keys/" + id).status()).isEqualTo(404);
    }

    /// Returns the entries that owners see in their audit log.
    private List<String> refusals(Person owner) {
        world.writeDenials();
        return world.select(
                "SELECT target FROM audit_events WHERE action = 'AccessDenied' AND tenant_id = ? AND identity_id = ?",
                owner.account().toString(),
                owner.identity().toString());
    }

    /// Like the keys of an owner who has left: another owner may want the program to continue.
    @Test
    void aKeyThatEndedWithItsMakersRightIsEnabledOnThePage() {
        var owner = TestClient.of(world.acme());
        JsonNode key = create(owner, "Left behind", "read:pages").json().path("key");
        String path = "/admin/api-keys/" + key.path("keyId").asText() + "/enable";
        assertThat(owner.get("/admin/api-keys").text()).doesNotContain(path);
        world.sql(
                "UPDATE api_keys SET is_active = ?, disabled_reason = 'Its maker has left' WHERE id = ?",
                false,
                key.path("keyId").asText());

        assertRefused(withKey(key).get("/v1/GetPages"), "Its maker has left");
        assertThat(refusals(world.acme())).containsExactly("GET /api/admin/GetPages");
        assertThat(owner.get("/admin/api-keys").text()).contains(path);
        owner.form(path, "as", world.acme().username());
        assertThat(withKey(key).get("/v1/GetPages").status()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, String text) {
        assertThat(answer.toString()).isEqualTo("401 {\"error\":\"" + text + "\"}");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"api\"");
    }

    private static Answer create(TestClient owner, String name, String... permissions) {
        return owner.post("/api/admin/apikeyscreate", Map.of("name", name, "permissions", List.of(permissions)));
    }

    private static TestClient withKey(JsonNode key) {
        return TestClient.withBearer(key.path("key").asText());
    }
}
