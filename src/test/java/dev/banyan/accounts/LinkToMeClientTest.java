package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Uses the server like the built front end of LinkToMe: its spellings, its order, its bodies (contract 1 to 2.12), and
/// the fields without which it shows a blank page (7).
@QuarkusTest
class LinkToMeClientTest {

    private static final String SUB_ACCOUNT = "a sub-account";

    /// The client hides these if the role of a sub-account lacks the permission, and does not call them.
    private static final Set<String> OF_OWN_ACCOUNTS = Set.of("GET /api/admin/GetSubscription");

    private static final Set<String> TIERS = Set.of("free", "pro", "premium", "enterprise");

    /// Contract 7, and the lists that the client reads: fields that must be present and not null. `[]` stands for each
    /// element of a list. Routes that don't exist yet are checked once they do.
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("GET /api/public/GetUserProfile", List.of("appearance", "appearance.buttons", "links")),
            Map.entry(
                    "GET /api/admin/GetAnalytics", List.of("summary", "viewsByDay", "clicksByDay", "linkClicksByLink")),
            Map.entry(
                    "GET /api/admin/apikeyslist",
                    List.of("keys", "keys[].permissions", "availablePermissions", "rateLimits.requestsPerDay")),
            Map.entry("GET /api/admin/GetSubscription", List.of("currentTier", "effectiveTier")),
            Map.entry("GET /api/siteadmin/listtimers", List.of("timers[].status")),
            Map.entry("GET /api/admin/getShortLinks", List.of("shortLinks[].targetUrl")),
            Map.entry("GET /api/admin/GetLinks", List.of("links", "groups", "links[].url", "links[].id")),
            Map.entry("GET /api/admin/GetPages", List.of("pages", "pages[].id", "pages[].slug", "pages[].name")),
            Map.entry("GET /api/admin/GetProfile", List.of("UserId", "username", "displayName")),
            Map.entry(
                    "GET /api/admin/GetSubAccounts",
                    List.of(
                            "subAccounts",
                            "subAccounts[].userId",
                            "subAccounts[].username",
                            "subAccounts[].displayName",
                            "subAccounts[].type",
                            "subAccounts[].status",
                            "subAccounts[].createdAt",
                            "subAccounts[].disabled",
                            "total",
                            "limits.maxSubAccounts",
                            "limits.usedSubAccounts",
                            "limits.remainingSubAccounts",
                            "limits.subscriptionQuantity",
                            "limits.hasAccess")));

    private static final List<String> NEEDED_OF_THE_USER = List.of(
            "UserId",
            "email",
            "username",
            "userRole",
            "roles",
            "permissions",
            "userManagements",
            "subAccounts",
            "subAccounts[].UserId",
            "subAccounts[].userId",
            "subAccounts[].status",
            "subAccounts[].permissions",
            "tier",
            "twoFactorEnabled");

    @Inject
    TestWorld world;

    private void acmeAndNorthHaveALink() {
        var acme = TestClient.of(world.acme());
        for (String named : List.of("", "?UserId=" + world.north().id())) {
            Answer page = acme.post(
                    "/api/admin/CreatePage" + named, Map.of("slug", "main", "name", "Main", "isDefault", false));
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            Answer link = acme.put(
                    "/api/admin/UpdateLinks" + named,
                    Map.of(
                            "links",
                            List.of(Map.of(
                                    "operation", "add", "title", "A", "url", "https://a.example/", "order", 0))));
            assertThat(link.status()).as(link.toString()).isEqualTo(200);
        }
    }

    @Test
    void nothingIsMissingWithoutWhichTheClientCrashes() {
        acmeAndNorthHaveALink();
        Map<String, Route> routes =
                Routes.all().stream().collect(Collectors.toMap(Route::name, route -> route, (one, _) -> one));
        var asked = new ArrayList<String>();
        for (var needed : NEEDED.entrySet()) {
            if (routes.containsKey(needed.getKey())) {
                asked.add(needed.getKey());
                String path = needed.getKey().substring("GET ".length());
                Map<String, TestClient> callers = path.startsWith("/api/siteadmin/")
                        ? Map.of("an operator", TestClient.withSession(world.operatorToken()))
                        : callers();
                for (var caller : callers.entrySet()) {
                    String as = needed.getKey() + " as " + caller.getKey();
                    String suffix = path.endsWith("GetUserProfile")
                            ? "?username=" + world.acme().username()
                            : suffix(caller.getKey());
                    Answer answer = caller.getValue().get(path + suffix);
                    if (caller.getKey().equals(SUB_ACCOUNT) && OF_OWN_ACCOUNTS.contains(needed.getKey())) {
                        assertThat(answer.status()).as("%s: %s", as, answer).isEqualTo(403);
                        assertThat(answer.error()).as(as).startsWith("This is a sub-account managed by");
                        continue;
                    }
                    assertThat(answer.status()).as("%s: %s", as, answer).isEqualTo(200);
                    for (String tier : List.of("currentTier", "effectiveTier")) {
                        assertThat(TIERS)
                                .as("%s: %s", as, tier)
                                .contains(answer.json().path(tier).asText("free"));
                    }
                    assertThat(answer.json().path("amount").isMissingNode()
                                    || answer.json().path("amount").isNumber())
                            .as("%s: the client calls toFixed on it", as)
                            .isTrue();
                    assertThat(answer.json().has("message"))
                            .as("%s: a message would raise a green toast", as)
                            .isFalse();
                    needed.getValue().forEach(field -> assertThere(as, answer.json(), field));
                }
            }
        }
        assertThat(asked)
                .contains(
                        "GET /api/admin/GetLinks",
                        "GET /api/admin/GetPages",
                        "GET /api/admin/GetProfile",
                        "GET /api/admin/GetSubAccounts");
    }

    private Map<String, TestClient> callers() {
        var callers = new LinkedHashMap<String, TestClient>();
        callers.put("an agency", TestClient.of(world.acme()));
        callers.put(SUB_ACCOUNT, TestClient.of(world.acme()));
        callers.put("a free account", TestClient.of(world.solo()));
        return callers;
    }

    private String suffix(String caller) {
        return caller.equals(SUB_ACCOUNT) ? "?UserId=" + world.north().id() : "";
    }

    private static void assertThere(String as, JsonNode json, String field) {
        List<JsonNode> found = List.of(json);
        for (String step : field.split("\\.")) {
            boolean each = step.endsWith("[]");
            String name = each ? step.substring(0, step.length() - 2) : step;
            found.forEach(node -> assertThat(node.hasNonNull(name))
                    .as("%s: %s in %s", as, field, node)
                    .isTrue());
            found = found.stream()
                    .map(node -> node.path(name))
                    .flatMap(node -> each ? node.valueStream() : Stream.of(node))
                    .toList();
        }
    }

    @Test
    void theUserIsWholeWhereverItComesFrom() {
        world.north();
        String newcomer = world.name("whole");
        Answer signup = TestClient.anonymous()
                .post(
                        "/api/public/Signup",
                        Map.of(
                                "email",
                                newcomer + "@people.example",
                                "username",
                                newcomer,
                                "password",
                                TestWorld.PASSWORD,
                                "turnstileToken",
                                "from the widget"));
        Answer login = TestClient.anonymous()
                .post(
                        "/api/public/Login",
                        Map.of("email", world.acme().email(), "password", TestWorld.PASSWORD, "turnstileToken", "x"));
        Answer refresh = TestClient.withSession(login.sessionToken()).post("/api/public/RefreshToken", Map.of());
        for (Answer answer : List.of(signup, login, refresh)) {
            JsonNode user = answer.json().path("user");
            NEEDED_OF_THE_USER.forEach(field -> assertThere("user", user, field));
            assertThat(TIERS).contains(user.path("tier").asText());
            assertThat(user.path("roles")).hasSize(1);
            user.path("userManagements")
                    .forEach(managed -> assertThat(managed.path("DisplayName").isTextual())
                            .as("null crashes the dashboard")
                            .isTrue());
        }
        assertThat(login.json().at("/user/subAccounts")).hasSize(1);
        assertThat(refresh.json().path("user")).isEqualTo(login.json().path("user"));
    }

    /// An agency's work in the order and the spelling of the client.
    @Test
    void anAgencysAfternoon() {
        var anybody = TestClient.anonymous();
        Answer login = anybody.post(
                "/api/public/Login",
                Map.of("email", world.acme().email(), "password", TestWorld.PASSWORD, "turnstileToken", "x"));
        var client = TestClient.withSession(login.sessionToken());
        assertThat(client.get("/api/admin/GetProfile").json().path("UserId"))
                .isEqualTo(login.json().at("/user/UserId"));
        assertThat(client.get("/api/admin/GetPages").json().path("pages")).isEmpty();

        Answer none = client.get("/api/admin/GetSubAccounts");
        assertThat(none.json().path("subAccounts")).isEmpty();
        assertThat(none.json().at("/limits/hasAccess").asBoolean()).isTrue();
        assertThat(none.json().at("/limits/remainingSubAccounts").asInt()).isEqualTo(10);

        String name = world.name("Afternoon");
        Answer created = client.post(
                "/api/admin/CreateSubAccount",
                Map.of("username", name, "displayName", "Afternoon Tea", "type", "client"));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        JsonNode brand = created.json();
        for (String field : List.of(
                "message", "userId", "username", "displayName", "isSubAccount", "authDisabled", "tier", "createdAt")) {
            assertThere("CreateSubAccount", brand, field);
        }
        assertThat(brand.path("username").asText()).isEqualTo(name.toLowerCase(java.util.Locale.ROOT));
        assertThat(brand.path("isSubAccount").asBoolean()).isTrue();
        assertThat(brand.path("authDisabled").asBoolean()).isTrue();
        assertThat(brand.path("tier").asText()).isEqualTo("pro");
        String id = brand.path("userId").asText();

        Answer refreshed = client.post("/api/public/RefreshToken", "{}");
        client = TestClient.withSession(refreshed.sessionToken());
        assertThat(refreshed.json().at("/user/subAccounts/0/userId").asText()).isEqualTo(id);
        assertThat(refreshed.json().at("/user/subAccounts/0/UserId").asText()).isEqualTo(id);

        // with a selected brand: every call contains its id
        Answer page = client.post(
                "/api/admin/CreatePage?UserId=" + id, Map.of("slug", "menu", "name", "Menu", "isDefault", false));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(page.json().at("/page/userId").asText()).isEqualTo(id);
        assertThat(client.get("/api/admin/getpages?UserId=" + id).json().path("pages"))
                .hasSize(1);
        assertThat(client.get("/api/admin/GetProfile?UserId=" + id)
                        .json()
                        .path("displayName")
                        .asText())
                .isEqualTo("Afternoon Tea");
        assertThat(client.get("/api/admin/GetPages").json().path("pages"))
                .as("the own account, without the parameter")
                .isEmpty();
        assertThat(client.get("/api/admin/GetPages?UserId=" + world.rival().account())
                        .status())
                .isEqualTo(404);

        Answer deleted = client.post("/api/admin/deletesubaccount", Map.of("userId", id));
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(deleted.json().path("userId").asText()).isEqualTo(id);
        assertThat(deleted.json().path("message").asText()).isNotBlank();
        assertThat(client.get("/api/admin/GetPages?UserId=" + id).status()).isEqualTo(404);
        refreshed = client.post("/api/public/RefreshToken", "{}");
        client = TestClient.withSession(refreshed.sessionToken());
        assertThat(refreshed.json().at("/user/subAccounts")).isEmpty();
        assertThat(refreshed.json().at("/user/usedSubAccounts").asInt()).isZero();

        assertThat(client.send("POST", "/api/public/Logout", java.net.http.HttpRequest.BodyPublishers.noBody())
                        .text())
                .isEqualTo("{}");
        assertThat(client.get("/api/admin/GetPages").status()).isEqualTo(401);
        assertThat(client.get("/api/admin/GetPages").text()).isEqualTo("{\"error\":\"Unauthorized\"}");
    }

    /// The client sends complete objects back.
    @Test
    void unknownFieldsAreIgnored() {
        Answer answer = TestClient.anonymous()
                .post(
                        "/api/public/login",
                        Map.of(
                                "email",
                                world.solo().email(),
                                "password",
                                TestWorld.PASSWORD,
                                "rememberMe",
                                true,
                                "twoFactor",
                                Map.of("sessionId", 1)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void errorsAreTexts() {
        for (Answer answer : List.of(
                TestClient.anonymous().post("/api/public/Login", "{"),
                TestClient.anonymous().post("/api/public/Nothing", "{}"),
                TestClient.anonymous().get("/api/public/Login"),
                TestClient.anonymous().get("/api/admin/GetNothing"),
                TestClient.of(world.solo()).put("/api/admin/UpdatePassword", "[]"))) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.json().path("error").isTextual())
                    .as(answer.toString())
                    .isTrue();
            assertThat(answer.json().has("success"))
                    .as("no envelope on these routes: %s", answer)
                    .isFalse();
        }
    }
}
