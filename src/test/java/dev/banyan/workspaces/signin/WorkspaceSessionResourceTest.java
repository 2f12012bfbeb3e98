package dev.banyan.workspaces.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sub-client seed's authentication endpoints, and the additions of design 6.
@QuarkusTest
class WorkspaceSessionResourceTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Passwords passwords;

    private final TestClient nobody = TestClient.anonymous();

    @Test
    void somebodyRegistersAndIsSignedIn() {
        Answer registered = register("newuser", "NewUser@Example.com", "SecurePass123");

        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        JsonNode data = registered.json().path("data");
        assertThat(registered.json().path("success").asBoolean()).isTrue();
        assertThat(data.at("/user/username").asText()).isEqualTo("newuser");
        assertThat(data.at("/user/email").asText()).isEqualTo("newuser@example.com");
        assertThat(data.at("/user/role").asText()).isEqualTo("user");
        assertThat(data.at("/session/expiresAt").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)).toEpochMilli());
        String cookie = setCookies(registered).getFirst();
        assertThat(cookie)
                .isEqualTo("banyan_ws_" + world.sales().id() + "="
                        + data.at("/session/token").asText()
                        + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
        Answer me = nobody.with("Cookie", cookie.split(";")[0]).get("/api/sub-client/me");
        assertThat(me.json().at("/data/user/username").asText()).isEqualTo("newuser");
        assertThat(me.json().at("/data/subClient/name").asText()).isEqualTo("Sales");
        assertThat(world.select(
                        "SELECT token_hash FROM workspace_sessions WHERE sub_client_id = ?",
                        world.sales().id().toString()))
                .noneMatch(hash -> hash.equals(data.at("/session/token").asText()));
    }

    @Test
    void somebodySignsInWithNameInAnyCaseOrEmail() {
        Guest amira = world.salesAdmin();
        for (String name : List.of("amira", "AMIRA", "amira@guests.example", "Amira@Guests.Example")) {
            Answer answer = login(world.sales().shortPath(), name, TestWorld.PASSWORD);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            JsonNode user = answer.json().at("/data/user");
            assertThat(user.path("id").asInt()).isEqualTo(amira.id());
            assertThat(user.path("role").asText()).isEqualTo("admin");
            assertThat(TestClient.keys(answer.json().at("/data/session"))).containsExactly("token", "expiresAt");
            assertThat(setCookies(answer)).hasSize(1);
        }
    }

    /// Neither text nor status nor response time reveals whether a name or a workspace exists.
    @Test
    void whoIsNotLetInLearnsNothing() {
        world.salesAdmin();
        world.supportAdmin();
        world.exportAdmin();
        var refused = List.of(
                new String[] {world.sales().shortPath(), "amira"}, // known, wrong password
                new String[] {world.sales().shortPath(), "nobody"},
                new String[] {world.sales().shortPath(), "nobody@guests.example"},
                new String[] {world.sales().shortPath(), "leila"}, // of another workspace of the project
                new String[] {world.export().shortPath(), "amira"}, // of another agency
                new String[] {world.sales().shortId() + "-other", "amira"},
                new String[] {world.sales().shortPath().toUpperCase(java.util.Locale.ROOT) + "x", "amira"},
                new String[] {"zzzz-unknown", "amira"},
                new String[] {"nonsense", "amira"});
        for (String[] attempt : refused) {
            long before = passwords.worked();
            Answer answer = login(attempt[0], attempt[1], "wrong password");
            assertThat(answer.status()).as(String.join(" ", attempt)).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"success\":false,\"error\":\"Invalid credentials\"}");
            assertThat(passwords.worked() - before)
                    .as(String.join(" ", attempt))
                    .isEqualTo(1);
            assertThat(setCookies(answer)).isEmpty();
        }
        assertThat(login(world.sales().shortPath(), "leila", TestWorld.PASSWORD).status())
                .as("her password, somebody else's workspace")
                .isEqualTo(401);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertError(nobody.post("/api/sub-client/login", Map.of()), 400, "Email/username and password are required");
        assertError(
                nobody.post(
                        "/api/sub-client/login",
                        Map.of("shortPath", world.sales().shortPath(), "usernameOrEmail", "amira")),
                400,
                "Email/username and password are required");
        assertError(
                nobody.post("/api/sub-client/login", Map.of("usernameOrEmail", "amira", "password", "x")),
                400,
                "shortPath is required");
        assertError(
                nobody.post("/api/sub-client/register", Map.of("username", "amira")),
                400,
                "Email, username, and password are required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new      | nonsense           | 1234567  | Invalid email format",
                "a        | new@guests.example | 1234567  | Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and hyphens",
                "ab cd    | new@guests.example | 12345678 | Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and hyphens",
                "new      | new@guests.example | 1234567  | Password must be at least 8 characters long",
                "Amira    | new@guests.example | 12345678 | Username already exists",
                "new      | AMIRA@guests.example | 12345678 | Email already exists",
            })
    void whatIsWrongWithARegistrationIsSaidInTheContractsOrder(
            String username, String email, String password, String error) {
        world.salesAdmin();
        assertError(register(username, email, password), 400, error);
    }

    @Test
    void aPasswordSetOnAMacOpensTheWorkspaceOnWindows() {
        String composed = "Schl\u00fcssel f\u00fcr alle";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertThat(register("j.doe-2", "mac@guests.example", decomposed).status())
                .isEqualTo(201);
        for (String typed : List.of(composed, decomposed)) {
            assertThat(login(world.sales().shortPath(), "j.doe-2", typed).status())
                    .isEqualTo(200);
        }
        assertThat(login(world.sales().shortPath(), "j.doe-2", "Schlussel fur alle")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void passwordsAreCountedInCodePoints() {
        assertError(register("long", "long@guests.example", "x".repeat(129)), 400, "Password is too long");
        assertThat(register("trees", "trees@guests.example", "\uD83C\uDF33".repeat(8))
                        .status())
                .isEqualTo(201);
        assertThat(register("common", "common@guests.example", "12345678").status())
                .as("no list of common ones for workspace users")
                .isEqualTo(201);
        assertError(
                register("seven", "seven@guests.example", "\uD83C\uDF33".repeat(7)),
                400,
                "Password must be at least 8 characters long");
    }

    @Test
    void registrationNeedsBothSwitches() {
        TestClient acme = TestClient.of(world.acme());
        String workspace = "/api/projects/" + world.project().id() + "/sub-clients/"
                + world.sales().id();

        acme.put(workspace, Map.of("registration_enabled", false));
        assertError(register("new1", "new1@guests.example", "12345678"), 403, "Registration is currently disabled");
        acme.put(workspace, Map.of("registration_enabled", true));
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_registration_enabled", false));
        assertError(register("new1", "new1@guests.example", "12345678"), 403, "Registration is currently disabled");
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_registration_enabled", true));
        assertThat(register("new1", "new1@guests.example", "12345678").status()).isEqualTo(201);
    }

    @Test
    void aSuspendedWorkspaceLetsNobodyInAndEverybodyOut() {
        Guest amira = world.salesAdmin();
        Guest leila = world.supportAdmin();
        world.suspend(world.context(world.acme()), world.sales(), true);

        assertError(TestClient.of(amira).get("/api/sub-client/me"), 401, "Not authenticated");
        assertError(login(world.sales().shortPath(), "amira", TestWorld.PASSWORD), 403, "This workspace is suspended");
        assertError(register("new2", "new2@guests.example", "12345678"), 403, "This workspace is suspended");
        assertThat(TestClient.of(leila).get("/api/sub-client/me").status()).isEqualTo(200);

        world.suspend(world.context(world.acme()), world.sales(), false);
        assertThat(TestClient.of(amira).get("/api/sub-client/me").status())
                .as("the old session does not come back")
                .isEqualTo(401);
        assertThat(login(world.sales().shortPath(), "amira", TestWorld.PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void aProjectThatSwitchesWorkspacesOffClosesTheirDoors() {
        Guest amira = world.salesAdmin();
        TestClient acme = TestClient.of(world.acme());
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_enabled", false));

        assertThat(TestClient.of(amira).get("/api/sub-client/me").status()).isEqualTo(401);
        assertError(login(world.sales().shortPath(), "amira", TestWorld.PASSWORD), 400, "Workspace is not available");
        assertError(register("new3", "new3@guests.example", "12345678"), 400, "Workspace is not available");
        assertError(
                nobody.post(
                        "/api/sub-client/register",
                        Map.of(
                                "shortPath",
                                "zzzz-x",
                                "email",
                                "a@b.example",
                                "username",
                                "abc",
                                "password",
                                "12345678")),
                404,
                "Invalid workspace");
    }

    @Test
    void aSessionEndsWithLogoutAndAfterSevenDaysWithoutUse() {
        Guest amira = world.salesAdmin();
        String second = world.newSession(world.sales(), "amira");

        Answer out = TestClient.of(amira).post("/api/sub-client/logout", "");
        assertThat(out.status()).isEqualTo(200);
        assertThat(setCookies(out).getFirst())
                .startsWith("banyan_ws_" + world.sales().id() + "=;")
                .contains("Max-Age=0");
        assertThat(TestClient.of(amira).get("/api/sub-client/me").status()).isEqualTo(401);

        var other = TestClient.withBearer(second);
        for (int day = 0; day < 10; day++) {
            clock.forward(Duration.ofDays(1));
            assertThat(other.get("/api/sub-client/me").status())
                    .as("used every day")
                    .isEqualTo(200);
        }
        clock.forward(Duration.ofDays(7));
        assertThat(other.get("/api/sub-client/me").status()).isEqualTo(401);
    }

    /// Otherwise a browser would drop the session seven days after its start, however much it is used.
    @Test
    void theCookieIsRenewedWithTheSession() {
        Guest amira = world.salesAdmin();
        TestClient browser = nobody.with("Cookie", amira.cookie());
        String renewed = amira.cookie() + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax";
        String home = "/s/" + world.sales().shortPath();
        assertThat(browser.get(home + "/profile").header("Set-Cookie")).isEmpty();
        clock.forward(Duration.ofMinutes(61));

        assertThat(browser.get(home + "/profile").header("Set-Cookie")).contains(renewed);
        assertThat(browser.get(home + "/profile").header("Set-Cookie"))
                .as("once")
                .isEmpty();
        clock.forward(Duration.ofMinutes(61));
        assertThat(browser.put(
                                "/api/sub-client/me",
                                Map.of("shortPath", world.sales().shortPath(), "username", "amira"))
                        .header("Set-Cookie"))
                .as("named in the body")
                .contains(renewed);
        clock.forward(Duration.ofMinutes(61));
        assertThat(TestClient.withBearer(amira.token())
                        .get("/api/sub-client/me")
                        .header("Set-Cookie"))
                .as("a program keeps its token itself")
                .isEmpty();
        clock.forward(Duration.ofMinutes(61));
        assertThat(setCookies(browser.form(home + "/logout")))
                .singleElement()
                .asString()
                .contains("Max-Age=0");
    }

    @Test
    void twoWorkspacesAndAnAgencyLiveInOneBrowser() {
        Guest amira = world.salesAdmin();
        Guest yusuf = world.supportUser();
        TestClient browser = nobody.with(
                "Cookie", "banyan_session=" + world.acme().token() + "; " + amira.cookie() + "; " + yusuf.cookie());

        assertThat(me(browser, world.sales())).isEqualTo("amira");
        assertThat(me(browser, world.support())).isEqualTo("yusuf");
        assertThat(browser.get("/api/me").json().at("/data/user/username").asText())
                .isEqualTo(world.acme().username());
        String projects = "/api/projects/" + world.project().id();
        assertThat(browser.get(projects).status()).as("as the agency").isEqualTo(200);
        assertThat(browser.get(projects + "/sub-clients/" + world.support().id() + "/users")
                        .status())
                .as("as the agency, and not as Yusuf, who may not")
                .isEqualTo(200);
        TestClient withoutAgency = nobody.with("Cookie", amira.cookie() + "; " + yusuf.cookie());
        assertThat(withoutAgency
                        .get(projects + "/sub-clients/" + world.support().id() + "/users")
                        .status())
                .isEqualTo(403);
        assertThat(withoutAgency
                        .get(projects + "/sub-clients/" + world.sales().id() + "/users")
                        .status())
                .isEqualTo(200);
        assertThat(browser.post(
                                "/api/sub-client/logout?shortPath="
                                        + world.sales().shortPath(),
                                "")
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/api/sub-client/me?shortPath=" + world.sales().shortPath())
                        .status())
                .isEqualTo(401);
        assertThat(me(browser, world.support())).isEqualTo("yusuf");
    }

    @Test
    void withoutANameTheLastSignInIsMeant() {
        Guest amira = world.salesAdmin();
        clock.forward(Duration.ofMinutes(1));
        Guest yusuf = world.supportUser();
        TestClient browser = nobody.with("Cookie", amira.cookie() + "; " + yusuf.cookie());
        assertThat(browser.get("/api/sub-client/me")
                        .json()
                        .at("/data/user/username")
                        .asText())
                .isEqualTo("yusuf");
    }

    /// A cookie with another workspace's token gives no access.
    @Test
    void aTokenUnderAnotherNameIsWorthless() {
        Guest amira = world.salesAdmin();
        TestClient forged = nobody.with("Cookie", "banyan_ws_" + world.support().id() + "=" + amira.token());
        assertThat(forged.get("/api/sub-client/me?shortPath=" + world.support().shortPath())
                        .status())
                .isEqualTo(401);
        TestClient asAgency = nobody.with("Cookie", "banyan_session=" + amira.token());
        assertThat(asAgency.get("/api/me").status()).isEqualTo(401);
        assertThat(asAgency.get("/api/projects").status()).isEqualTo(401);
    }

    @Test
    void aBrowserKeepsTwentyWorkspacesAndDropsTheOldest() {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Workspace workspace = world.workspace(world.context(world.acme()), world.project(), "Room " + i);
            clock.forward(Duration.ofSeconds(1));
            guests.add(world.guest(world.context(world.acme()), workspace, "guest", WorkspaceRole.USER));
        }
        world.salesAdmin();
        String cookies = guests.reversed().stream().map(Guest::cookie).collect(Collectors.joining("; "));

        Answer answer = nobody.with("Cookie", cookies)
                .post(
                        "/api/sub-client/login",
                        Map.of(
                                "shortPath",
                                world.sales().shortPath(),
                                "usernameOrEmail",
                                "amira",
                                "password",
                                TestWorld.PASSWORD));

        List<String> set = setCookies(answer);
        assertThat(set).hasSize(2);
        assertThat(set)
                .anyMatch(
                        cookie -> cookie.startsWith("banyan_ws_" + world.sales().id() + "="));
        assertThat(set)
                .anyMatch(cookie -> cookie.startsWith(
                                "banyan_ws_" + guests.getFirst().workspace().id() + "=;")
                        && cookie.contains("Max-Age=0"));
        assertThat(TestClient.of(guests.getFirst()).get("/api/sub-client/me").status())
                .isEqualTo(401);
        assertThat(TestClient.of(guests.get(1)).get("/api/sub-client/me").status())
                .isEqualTo(200);
    }

    @Test
    void peopleChangeTheirOwnNames() {
        TestClient amira = TestClient.of(world.salesAdmin());
        world.salesUser();

        Answer changed = amira.put(
                "/api/sub-client/me",
                Map.of(
                        "username",
                        "Amira_N",
                        "email",
                        "Amira.Nasser@guests.example",
                        "currentPassword",
                        TestWorld.PASSWORD));
        assertThat(changed.json().path("message").asText()).isEqualTo("Profile updated successfully");
        assertThat(changed.json().at("/data/user/username").asText()).isEqualTo("Amira_N");
        assertThat(amira.get("/api/sub-client/me").json().at("/data/user/email").asText())
                .isEqualTo("amira.nasser@guests.example");
        assertThat(amira.put("/api/sub-client/me", Map.of("username", "AMIRA_N"))
                        .status())
                .as("the own name in other letters")
                .isEqualTo(200);
        assertError(amira.put("/api/sub-client/me", Map.of("username", "OMAR")), 400, "Username already exists");
        assertError(
                amira.put(
                        "/api/sub-client/me",
                        Map.of("email", "omar@guests.example", "currentPassword", TestWorld.PASSWORD)),
                400,
                "Email already exists");
        assertError(amira.put("/api/sub-client/me", Map.of("email", "x")), 400, "Invalid email format");
        assertError(
                amira.put("/api/sub-client/me", Map.of("role", "admin")),
                400,
                "Unknown field: role. This request takes: currentPassword, email, shortPath, username");
        TestClient user = TestClient.of(world.salesUser());
        assertThat(user.put("/api/sub-client/me", Map.of("role", "admin")).status())
                .isEqualTo(400);
        assertThat(user.get("/api/sub-client/me").json().at("/data/user/role").asText())
                .as("nobody promotes themselves")
                .isEqualTo("user");
    }

    /// An attacker with a session must not be able to take over the login, because a password reset is sent to the
    /// e-mail.
    @Test
    void anotherEmailNeedsThePasswordAndTheOldOneIsTold() {
        Guest guest = world.salesAdmin();
        TestClient amira = TestClient.of(guest);
        String old =
                amira.get("/api/sub-client/me").json().at("/data/user/email").asText();
        String page = "/s/" + world.sales().shortPath() + "/profile";
        TestClient browser = nobody.with("Cookie", guest.cookie());
        Map<String, String> form = Map.of("username", "amira", "email", "thief@guests.example");

        assertError(
                amira.put("/api/sub-client/me", Map.of("email", "thief@guests.example")),
                400,
                "Current password is required to change the email");
        assertError(
                amira.put("/api/sub-client/me", Map.of("email", "thief@guests.example", "currentPassword", "a guess")),
                400,
                "Invalid current password");
        Answer refused = browser.form(page, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Enter your password to change your email.");
        assertThat(amira.get("/api/sub-client/me").json().at("/data/user/email").asText())
                .isEqualTo(old);
        assertThat(mailsTo(old)).isEmpty();
        assertThat(amira.put("/api/sub-client/me", Map.of("email", old.toUpperCase(Locale.ROOT)))
                        .status())
                .as("the same in other letters")
                .isEqualTo(200);

        Map<String, String> proven = new HashMap<>(form);
        proven.put("currentPassword", TestWorld.PASSWORD);
        assertThat(browser.form(page, proven).status()).isEqualTo(303);

        assertThat(amira.get("/api/sub-client/me").json().at("/data/user/email").asText())
                .isEqualTo("thief@guests.example");
        assertThat(mailsTo(old)).singleElement().asString().contains("thief@guests.example");
    }

    private List<String> mailsTo(String recipient) {
        return world.select(
                "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your email for %'", recipient);
    }

    @Test
    void aNewPasswordEndsEverySession() {
        Guest amira = world.salesAdmin();
        String second = world.newSession(world.sales(), "amira");
        TestClient client = TestClient.of(amira);

        assertError(
                client.put("/api/sub-client/password", Map.of("currentPassword", "x")),
                400,
                "Current password and new password are required");
        assertError(
                client.put("/api/sub-client/password", Map.of("currentPassword", "wrong", "newPassword", "12345678")),
                400,
                "Invalid current password");
        assertError(
                client.put(
                        "/api/sub-client/password",
                        Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", "1234567")),
                400,
                "Password must be at least 8 characters long");
        Answer changed = client.put(
                "/api/sub-client/password",
                Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", "another password"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(client.get("/api/sub-client/me").status()).isEqualTo(401);
        assertThat(TestClient.withBearer(second).get("/api/sub-client/me").status())
                .isEqualTo(401);
        assertThat(login(world.sales().shortPath(), "amira", TestWorld.PASSWORD).status())
                .isEqualTo(401);
        assertThat(login(world.sales().shortPath(), "amira", "another password").status())
                .isEqualTo(200);
    }

    private static String me(TestClient browser, Workspace workspace) {
        return browser.get("/api/sub-client/me?shortPath=" + workspace.shortPath())
                .json()
                .at("/data/user/username")
                .asText();
    }

    private Answer register(String username, String email, String password) {
        return nobody.post(
                "/api/sub-client/register",
                Map.of(
                        "shortPath", world.sales().shortPath(),
                        "email", email,
                        "username", username,
                        "password", password));
    }

    private Answer login(String shortPath, String usernameOrEmail, String password) {
        return nobody.post(
                "/api/sub-client/login",
                Map.of("shortPath", shortPath, "usernameOrEmail", usernameOrEmail, "password", password));
    }

    private static List<String> setCookies(Answer answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    }
}
