package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The LinkToMe client's sessions, as called according to contract 2.0 and 2.1.
@QuarkusTest
class PublicSessionResourceTest {

    private static final TestClient ANYBODY = TestClient.anonymous();

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private static Answer login(String email, String password) {
        return ANYBODY.post(
                "/api/public/Login", Map.of("email", email, "password", password, "turnstileToken", "from the widget"));
    }

    private static Answer refresh(String token) {
        return TestClient.withSession(token).post("/api/public/RefreshToken", "{}");
    }

    private static int me(String token) {
        return TestClient.withSession(token).get("/api/me").status();
    }

    // Login

    @Test
    void loginAnswersTheUserAndNothingElse() {
        Answer answer = login(world.acme().email(), TestWorld.PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("user");
        assertThat(answer.json().at("/user/email").asText())
                .isEqualTo(world.acme().email());
        assertThat(answer.text()).doesNotContain(answer.sessionToken());
        assertThat(answer.header("Set-Cookie").orElse(""))
                .contains("Path=/", "Max-Age=604800", "HttpOnly", "SameSite=Lax");
        assertThat(me(answer.sessionToken())).isEqualTo(200);
    }

    @Test
    void theUserIsTheContractsObject() {
        world.north();
        JsonNode user = login(world.acme().email(), TestWorld.PASSWORD).json().path("user");
        assertThat(user.path("UserId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(user.path("username").asText()).isEqualTo(world.acme().username());
        assertThat(user.path("userRole").asText()).isEqualTo("agency_admin_user");
        assertThat(user.path("roles")).hasSize(1);
        assertThat(user.at("/roles/0").asText()).isEqualTo("agency_admin_user");
        assertThat(user.path("permissions").valueStream().map(JsonNode::asText))
                .contains("read:pages", "manage:subaccounts", "read:dashboard");
        assertThat(user.path("userManagements").isArray()).isTrue();
        assertThat(user.path("tier").asText()).isEqualTo("pro");
        for (String flag : List.of(
                "twoFactorEnabled", "twoFactorEmailEnabled", "twoFactorTotpEnabled", "IsSubAccount", "AuthDisabled")) {
            assertThat(user.path(flag).isBoolean()).as(flag).isTrue();
            assertThat(user.path(flag).asBoolean()).as(flag).isFalse();
        }
        assertThat(user.path("agencyPermission").asText()).isEqualTo("agency-pro");
        assertThat(user.path("subAccountPackSize").asInt()).isEqualTo(10);
        assertThat(user.path("usedSubAccounts").asInt()).isEqualTo(1);
    }

    @Test
    void subAccountsOfTheUserHaveAllTheirFields() {
        var north = world.north();
        var page = TestClient.of(world.acme())
                .post("/api/admin/CreatePage?UserId=" + north.id(), Map.of("slug", "main", "name", "Main"));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        TestClient.of(world.acme())
                .put(
                        "/api/admin/UpdateLinks?UserId=" + north.id(),
                        Map.of(
                                "links",
                                List.of(
                                        Map.of("operation", "add", "title", "A", "url", "https://a.example/"),
                                        Map.of("operation", "add", "title", "B", "url", "https://b.example/"))));
        JsonNode sub = login(world.acme().email(), TestWorld.PASSWORD).json().at("/user/subAccounts/0");
        assertThat(sub.path("UserId").asText()).isEqualTo(north.id().toString());
        assertThat(sub.path("userId")).isEqualTo(sub.path("UserId"));
        assertThat(sub.path("username").asText()).isEqualTo(north.username());
        assertThat(sub.path("displayName").asText()).isEqualTo("North");
        assertThat(sub.path("role").asText()).isEqualTo("sub_account_user");
        assertThat(sub.path("permissions").valueStream().map(JsonNode::asText))
                .contains("read:pages", "write:links")
                .doesNotContain("write:password", "manage:subaccounts", "read:subscription", "read:apiauth");
        assertThat(sub.path("type").asText()).isEqualTo("client");
        assertThat(sub.path("status").asText()).isEqualTo("active");
        assertThat(sub.path("disabled").asBoolean(true)).isFalse();
        assertThat(Instant.parse(sub.path("createdAt").asText())).isBeforeOrEqualTo(clock.instant());
        assertThat(sub.path("pagesCount").asLong()).isEqualTo(1);
        assertThat(sub.path("linksCount").asLong()).isEqualTo(2);
    }

    @Test
    void theTypeAndTheStateOfASubAccountAreTold() {
        var acme = TestClient.of(world.acme());
        acme.put(
                "/api/admin/UpdateSubAccount",
                Map.of("subAccountId", world.north().id().toString(), "type", "brand"));
        acme.post(
                "/api/admin/UpdateSubAccountStatus",
                Map.of("subAccountId", world.north().id().toString(), "status", "suspended"));
        JsonNode sub = login(world.acme().email(), TestWorld.PASSWORD).json().at("/user/subAccounts/0");
        assertThat(sub.path("type").asText()).isEqualTo("brand");
        assertThat(sub.path("status").asText()).isEqualTo("suspended");
        assertThat(sub.path("disabled").asBoolean()).isTrue();
    }

    @Test
    void whatIsMissingOrWrongIsSaid() {
        assertThat(ANYBODY.post("/api/public/Login", "{}").error()).isEqualTo("Email and password are required");
        Answer noPassword =
                ANYBODY.post("/api/public/Login", Map.of("email", world.solo().email()));
        assertThat(noPassword.status()).isEqualTo(400);
        Answer noEmail = login("not an e-mail", TestWorld.PASSWORD);
        assertThat(noEmail.status()).isEqualTo(400);
        assertThat(noEmail.error()).isEqualTo("Invalid email format");
        for (Answer wrong : List.of(
                login(world.solo().email(), "a wrong password"),
                login("nobody" + world.solo().email(), TestWorld.PASSWORD),
                login(world.name("nobody"), TestWorld.PASSWORD))) {
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.text()).isEqualTo("{\"error\":\"Invalid credentials\"}");
            assertThat(wrong.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void noTurnstileTokenIsNeededWithoutASecret() {
        assertThat(ANYBODY.post(
                                "/api/public/Login",
                                Map.of("email", world.solo().email(), "password", TestWorld.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aUsernameDoesAsWell() {
        assertThat(login(world.solo().username(), TestWorld.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void nobodySignsInAsASubAccount() {
        Answer answer = login(world.north().username(), TestWorld.PASSWORD);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"error\":\"Authentication is disabled for this account\"}");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        // Banyan's own API doesn't reveal which accounts exist (design 4)
        Answer own = ANYBODY.post(
                "/api/login", Map.of("emailOrUsername", world.north().username(), "password", TestWorld.PASSWORD));
        assertThat(own.status()).isEqualTo(401);
        assertThat(own.error()).isEqualTo("Invalid credentials");
    }

    // Sign-up

    @Test
    void signingUpSignsIn() {
        String username = world.name("Newcomer");
        String email = username + "@people.example";
        var wanted =
                Map.of("email", email, "username", username, "password", TestWorld.PASSWORD, "turnstileToken", "x");
        Answer answer = ANYBODY.post("/api/public/Signup", wanted);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(TestClient.keys(answer.json())).containsExactly("user");
        JsonNode user = answer.json().path("user");
        assertThat(user.path("username").asText()).isEqualTo(username.toLowerCase(java.util.Locale.ROOT));
        assertThat(user.path("userRole").asText()).isEqualTo("user");
        assertThat(user.path("tier").asText()).isEqualTo("free");
        assertThat(user.path("subAccounts").isArray()).isTrue();
        var client = TestClient.withSession(answer.sessionToken());
        assertThat(client.get("/api/admin/GetPages").json().path("pages")).isEmpty();

        Answer sameEmail = ANYBODY.post(
                "/api/public/Signup",
                Map.of("email", email, "username", world.name("other"), "password", TestWorld.PASSWORD));
        assertThat(sameEmail.status()).isEqualTo(409);
        assertThat(sameEmail.text()).isEqualTo("{\"error\":\"Email already registered\"}");
        Answer sameName = ANYBODY.post(
                "/api/public/Signup",
                Map.of("email", "other" + email, "username", username, "password", TestWorld.PASSWORD));
        assertThat(sameName.status()).isEqualTo(409);
        assertThat(sameName.text()).isEqualTo("{\"error\":\"Username already taken\"}");
        Answer weak = ANYBODY.post(
                "/api/public/Signup",
                Map.of("email", "weak" + email, "username", world.name("weak"), "password", "short"));
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.text()).isEqualTo("{\"error\":\"Password must be at least 8 characters\"}");
    }

    // Refresh

    @Test
    void refreshingChangesTheTokenAndKeepsTheSession() {
        String first = world.acme().token();
        TestClient.withSession(first)
                .post(
                        "/api/admin/SwitchToSubAccount",
                        Map.of("subAccountId", world.north().id().toString()));
        clock.forward(Duration.ofDays(6));
        Answer answer = refresh(first);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("user");
        String second = answer.sessionToken();
        assertThat(second).isNotEqualTo(first);
        assertThat(me(first)).as("what is under way is answered").isEqualTo(200);
        clock.forward(Duration.ofSeconds(10));
        assertThat(me(first)).isEqualTo(401);
        assertThat(TestClient.withSession(second)
                        .get("/api/admin/GetActiveContext")
                        .json()
                        .at("/activeContext/username")
                        .asText())
                .as("the session's context")
                .isEqualTo(world.north().username());
        clock.forward(Duration.ofDays(6));
        assertThat(me(second)).as("seven days from the refresh").isEqualTo(200);
        assertThat(world.select(
                        "SELECT token_hash FROM sessions WHERE identity_id = ?",
                        world.acme().identity().toString()))
                .hasSize(1);
    }

    @Test
    void aTokenRefreshesOnce() {
        String first = world.solo().token();
        String second = refresh(first).sessionToken();
        Answer again = refresh(first);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text()).isEqualTo("{\"error\":\"Invalid or expired refresh token\"}");
        assertThat(again.header("Set-Cookie"))
                .as("another tab has the new cookie: it must stay")
                .isEmpty();
        assertThat(me(second)).isEqualTo(200);
        assertThat(TestClient.withSession(first).get("/api/me").header("Set-Cookie"))
                .as("the old token never comes back")
                .isEmpty();
        TestClient.withSession(second).post("/api/public/Logout", "");
        assertThat(me(first)).as("its session has ended").isEqualTo(401);
    }

    @Test
    void ofManyAtOnceOneGetsTheNewToken() {
        String token = world.solo().token();
        List<Answer> answers = AtOnce.run(8, _ -> refresh(token));
        List<Answer> won =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(won).hasSize(1);
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 401);
        assertThat(me(won.getFirst().sessionToken())).isEqualTo(200);
    }

    @Test
    void nothingToRefreshIsSaid() {
        Answer nobody = ANYBODY.post("/api/public/RefreshToken", "{}");
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.text()).isEqualTo("{\"error\":\"Missing auth cookie\"}");
        assertThat(refresh("invented-token").status()).isEqualTo(401);
        String token = world.solo().token();
        clock.forward(Duration.ofDays(7));
        assertThat(refresh(token).status()).as("expired").isEqualTo(401);
    }

    @Test
    void refreshingShowsWhatChanged() {
        String token = world.acme().token();
        world.north();
        Answer answer = refresh(token);
        assertThat(answer.json().at("/user/subAccounts")).hasSize(1);
        assertThat(answer.json().at("/user/usedSubAccounts").asInt()).isEqualTo(1);
    }

    // Logout

    @Test
    void logoutTakesTheCookieBack() {
        Answer answer = TestClient.of(world.solo())
                .send("POST", "/api/public/Logout", java.net.http.HttpRequest.BodyPublishers.noBody());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(answer.sessionToken()).isEmpty();
        assertThat(me(world.solo().token())).isEqualTo(401);
        Answer nobody = ANYBODY.post("/api/public/Logout", "");
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.error()).isEqualTo("Missing auth cookie");
    }
}
