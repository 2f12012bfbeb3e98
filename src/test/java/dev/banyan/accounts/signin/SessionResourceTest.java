package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionResourceTest {

    private static final TestClient ANYBODY = TestClient.anonymous();

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private Answer register(String username, String email, String password) {
        return ANYBODY.post("/api/register", Map.of("username", username, "email", email, "password", password));
    }

    private static Answer login(String name, String password) {
        return ANYBODY.post("/api/login", Map.of("emailOrUsername", name, "password", password));
    }

    private static Answer me(String token) {
        return TestClient.withSession(token).get("/api/me");
    }

    // Registration

    @Test
    void theSessionOfARegistrationHasItsDevice() {
        String username = world.name("device");
        Answer answer = register(username, username + "@people.example", TestWorld.PASSWORD);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("banyan_device="));
        assertThat(world.select(
                        "SELECT user_agent FROM sessions WHERE identity_id = (SELECT id FROM identities WHERE email = ?)",
                        username + "@people.example"))
                .singleElement()
                .asString()
                .isNotBlank();
        assertThat(TestClient.withSession(answer.sessionToken())
                        .get("/admin/settings")
                        .text())
                .contains("From <bdi>127.0.0.x</bdi>");
    }

    @Test
    void registrationMakesAnAccountAndSignsIn() {
        String username = world.name("Fresh");
        Answer answer = register(username, username + "@People.Example", TestWorld.PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        JsonNode json = answer.json();
        assertThat(json.path("success").asBoolean()).isTrue();
        assertThat(json.at("/data/user/username").asText()).isEqualTo(username.toLowerCase(Locale.ROOT));
        assertThat(json.at("/data/user/email").asText())
                .isEqualTo((username + "@people.example").toLowerCase(Locale.ROOT));
        assertThat(json.at("/data/session/token").asText()).isEqualTo(answer.sessionToken());
        assertThat(Instant.parse(json.at("/data/session/expiresAt").asText()))
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(me(answer.sessionToken()).status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void theUserHasAllThatClientsRead() {
        JsonNode user = me(world.acme().token()).json().at("/data/user");
        assertThat(TestClient.keys(user))
                .contains(
                        "UserId",
                        "email",
                        "username",
                        "userRole",
                        "roles",
                        "permissions",
                        "userManagements",
                        "subAccounts",
                        "tier",
                        "twoFactorEnabled",
                        "twoFactorEmailEnabled",
                        "twoFactorTotpEnabled",
                        "IsSubAccount",
                        "AuthDisabled",
                        "agencyPermission",
                        "subAccountPackSize",
                        "usedSubAccounts");
        assertThat(user.path("UserId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(user.path("roles")).hasSize(1);
        assertThat(user.path("permissions")).isNotEmpty();
        assertThat(user.path("userManagements").isArray()).isTrue();
        assertThat(user.path("subAccounts").isArray()).isTrue();
        assertThat(user.path("tier").asText()).isEqualTo("pro");
        assertThat(user.path("agencyPermission").asText()).isEqualTo("agency-pro");
        assertThat(user.path("subAccountPackSize").asInt()).isEqualTo(10);
        assertThat(user.path("usedSubAccounts").asInt()).isZero();
    }

    @Test
    void theUserListsTheSubAccounts() {
        world.north();
        JsonNode user = me(world.acme().token()).json().at("/data/user");
        assertThat(user.path("usedSubAccounts").asInt()).isEqualTo(1);
        JsonNode sub = user.at("/subAccounts/0");
        assertThat(sub.path("UserId").asText()).isEqualTo(world.north().id().toString());
        assertThat(sub.path("userId")).isEqualTo(sub.path("UserId"));
        assertThat(sub.path("username").asText()).isEqualTo(world.north().username());
        assertThat(sub.path("displayName").asText()).isEqualTo("North");
        assertThat(sub.path("status").asText()).isEqualTo("active");
        assertThat(sub.path("disabled").asBoolean()).isFalse();
        assertThat(sub.path("role").asText()).isEqualTo("sub_account_user");
    }

    @Test
    void someoneWithoutPermissionHasEmptyLists() {
        JsonNode user = me(world.solo().token()).json().at("/data/user");
        assertThat(user.path("subAccounts")).isEmpty();
        assertThat(user.path("subAccounts").isArray()).isTrue();
        assertThat(user.path("agencyPermission").isNull()).isTrue();
        assertThat(user.path("subAccountPackSize").asInt()).isZero();
    }

    @Test
    void anEmailIsRegisteredOnce() {
        Answer answer =
                register(world.name("other"), world.solo().email().toUpperCase(Locale.ROOT), TestWorld.PASSWORD);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isEqualTo("Email already registered");
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(world.select("SELECT name FROM usernames WHERE name = ?", world.name("other")))
                .isEmpty();
    }

    @Test
    void aUsernameIsRegisteredOnceOverRootAndSubAccounts() {
        for (String taken :
                List.of(world.solo().username(), world.north().username().toUpperCase(Locale.ROOT))) {
            Answer answer = register(taken, world.name("other") + "@people.example", TestWorld.PASSWORD);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).isEqualTo("Username already taken");
        }
    }

    @Test
    void registeredAtOnceOneWins() {
        List<Answer> answers = AtOnce.run(
                8,
                number -> register(
                        world.name("race"), world.name("race") + number + "@people.example", TestWorld.PASSWORD));
        assertThat(answers)
                .extracting(Answer::status)
                .containsOnlyOnce(201)
                .allMatch(status -> status == 201 || status == 409);
        List<Answer> byEmail = AtOnce.run(
                8,
                number -> register(
                        world.name("mail") + number, world.name("mail") + "@people.example", TestWorld.PASSWORD));
        assertThat(byEmail)
                .extracting(Answer::status)
                .containsOnlyOnce(201)
                .allMatch(status -> status == 201 || status == 409);
        assertThat(world.count("SELECT COUNT(*) FROM accounts WHERE username LIKE ?", world.name("mail") + "%"))
                .isEqualTo(1);
    }

    @Test
    void passwordsFollowTheirRules() {
        String tree = "\uD83C\uDF33";
        assertThat(register(world.name("a"), world.name("a") + "@people.example", "1234567")
                        .error())
                .isEqualTo("Password must be at least 8 characters");
        assertThat(register(world.name("abc"), world.name("abc") + "@people.example", tree.repeat(7))
                        .error())
                .isEqualTo("Password must be at least 8 characters");
        Answer common = register(world.name("abc"), world.name("abc") + "@people.example", "PassWord1");
        assertThat(common.status()).isEqualTo(400);
        assertThat(common.error()).contains("too common");
        assertThat(common.json().path("field").asText()).isEqualTo("password");
        String trees = world.name("trees");
        assertThat(register(trees, trees + "@people.example", tree.repeat(8)).status())
                .isEqualTo(201);
        assertThat(login(trees, tree.repeat(8)).status()).isEqualTo(200);
        String longest = world.name("longest");
        assertThat(register(longest, longest + "@people.example", tree.repeat(128))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void spacesInAPasswordCount() {
        String username = world.name("spacer");
        register(username, username + "@people.example", "  eight  ");
        assertThat(login(username, "  eight  ").status()).isEqualTo(200);
        assertThat(login(username, "eight").status()).isEqualTo(401);
    }

    // Login

    @Test
    void peopleSignInWithEmailOrUsername() {
        for (String name : List.of(
                world.solo().email(),
                world.solo().username(),
                " " + world.solo().email().toUpperCase(Locale.ROOT) + " ")) {
            Answer answer = login(name, TestWorld.PASSWORD);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().at("/data/user/UserId").asText())
                    .isEqualTo(world.solo().account().toString());
        }
        Answer byEmail =
                ANYBODY.post("/api/login", Map.of("email", world.solo().email(), "password", TestWorld.PASSWORD));
        assertThat(byEmail.status()).isEqualTo(200);
    }

    @Test
    void theCookieIsOutOfReach() {
        String cookie = login(world.solo().email(), TestWorld.PASSWORD)
                .header("Set-Cookie")
                .orElse("");
        assertThat(cookie.split("; "))
                .contains("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=604800")
                .doesNotContain("Secure"); // this server doesn't use TLS
        assertThat(cookie).doesNotContain("Domain");
    }

    @Test
    void wrongNamesAndPasswordsLookAlike() {
        Answer unknown = login("nobody@people.example", TestWorld.PASSWORD);
        Answer unknownName = login("nobody-at-all", TestWorld.PASSWORD);
        Answer wrong = login(world.solo().email(), "wrong password");
        Answer subAccount = login(world.north().username(), TestWorld.PASSWORD);
        Answer empty = login("", "");
        for (Answer answer : List.of(unknown, unknownName, wrong, subAccount, empty)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"success\":false,\"error\":\"Invalid credentials\"}");
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.headers().map().keySet())
                    .isEqualTo(wrong.headers().map().keySet());
        }
    }

    @Test
    void nobodySignsInAsASubAccount() {
        // Not even with the agency's password, whatever the form of the name.
        assertThat(login(world.north().username(), TestWorld.PASSWORD).status()).isEqualTo(401);
        assertThat(world.select(
                        "SELECT role FROM memberships WHERE tenant_id = ?",
                        world.north().id().toString()))
                .isEmpty();
    }

    @Test
    void importedBcryptHashesWorkAndAreReplaced() {
        String bcrypt = BCrypt.withDefaults().hashToString(4, "imported password".toCharArray());
        for (String hash :
                List.of(bcrypt, bcrypt.replaceFirst("^\\$2a", "\\$2b"), bcrypt.replaceFirst("^\\$2a", "\\$2y"))) {
            world.sql(
                    "UPDATE identities SET password_hash = ? WHERE id = ?",
                    hash,
                    world.solo().identity().toString());
            assertThat(login(world.solo().email(), "wrong password").status())
                    .as(hash)
                    .isEqualTo(401);
            assertThat(login(world.solo().email(), "imported password").status())
                    .as(hash)
                    .isEqualTo(200);
            assertThat(world.select(
                                    "SELECT password_hash FROM identities WHERE id = ?",
                                    world.solo().identity().toString())
                            .getFirst())
                    .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(login(world.solo().email(), "imported password").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void weakerArgonHashesAreReplaced() {
        var argon2 = de.mkammerer.argon2.Argon2Factory.create(de.mkammerer.argon2.Argon2Factory.Argon2Types.ARGON2id);
        String weak = argon2.hash(1, 1_024, 1, "older password".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        world.sql(
                "UPDATE identities SET password_hash = ? WHERE id = ?",
                weak,
                world.solo().identity().toString());
        assertThat(login(world.solo().email(), "older password").status()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT password_hash FROM identities WHERE id = ?",
                        world.solo().identity().toString()))
                .allMatch(hash -> hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    // Sessions

    @Test
    void cookieAndBearerAreTheSameSession() {
        String token = world.solo().token();
        assertThat(me(token).status()).isEqualTo(200);
        assertThat(ANYBODY.with("Authorization", "Bearer " + token)
                        .get("/api/me")
                        .status())
                .isEqualTo(200);
        assertThat(ANYBODY.get("/api/me").status()).isEqualTo(401);
        assertThat(ANYBODY.get("/api/me").text()).isEqualTo("{\"success\":false,\"error\":\"Unauthorized\"}");
    }

    @Test
    void aBearerTokenBeatsTheCookie() {
        Answer answer = TestClient.of(world.solo())
                .with("Authorization", "Bearer " + world.rival().token())
                .get("/api/me");
        assertThat(answer.json().at("/data/user/username").asText())
                .isEqualTo(world.rival().username());
        assertThat(TestClient.of(world.solo())
                        .with("Authorization", "Bearer wrong")
                        .get("/api/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlyTheDigestOfATokenIsStored() {
        String token = world.solo().token();
        assertThat(world.select(
                        "SELECT token_hash FROM sessions WHERE identity_id = ?",
                        world.solo().identity().toString()))
                .containsExactly(Digests.sha256Hex(token));
        assertThat(token).hasSize(43);
        assertThat(me(Digests.sha256Hex(token)).status()).isEqualTo(401);
    }

    @Test
    void logoutEndsThisSessionAndNoOther() {
        String other = world.newSession(world.solo().email());
        Answer answer = TestClient.of(world.solo()).post("/api/logout", "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie").orElse(""))
                .startsWith("banyan_session=;")
                .contains("Max-Age=0");
        assertThat(me(world.solo().token()).status()).isEqualTo(401);
        assertThat(me(other).status()).isEqualTo(200);
    }

    @Test
    void logoutWithoutASessionIsFine() {
        assertThat(ANYBODY.post("/api/logout", "").status()).isEqualTo(200);
        assertThat(ANYBODY.form("/logout").status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsAfterSevenDays() {
        String token = world.solo().token();
        clock.forward(Duration.ofDays(7).minusMillis(1));
        String fresh = world.newSession(world.solo().email());
        clock.forward(Duration.ofMillis(1));
        assertThat(me(token).status()).isEqualTo(401);
        assertThat(me(fresh).status()).isEqualTo(200);
        assertThat(TestClient.withSession(token).get("/admin/dashboard").location())
                .startsWith("/login");
    }

    @Test
    void useRenewsASession() {
        String token = world.solo().token();
        for (int i = 0; i < 4; i++) {
            clock.forward(Duration.ofDays(6));
            assertThat(me(token).status()).isEqualTo(200);
        }
        clock.forward(Duration.ofDays(7));
        assertThat(me(token).status()).isEqualTo(401);
    }

    /// Otherwise a browser would drop the session seven days after its start, however much it is used.
    @Test
    void theCookieIsRenewedWithTheSession() {
        String token = world.solo().token();
        TestClient browser = TestClient.withSession(token);
        assertThat(browser.get("/api/me").header("Set-Cookie")).isEmpty();
        clock.forward(Duration.ofMinutes(61));

        assertThat(browser.get("/api/me").header("Set-Cookie"))
                .contains("banyan_session=" + token + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
        assertThat(browser.get("/api/me").header("Set-Cookie")).as("once").isEmpty();
        clock.forward(Duration.ofMinutes(61));
        assertThat(TestClient.withBearer(token).get("/api/me").header("Set-Cookie"))
                .as("a program keeps its token itself")
                .isEmpty();
        clock.forward(Duration.ofMinutes(61));
        assertThat(browser.form("/logout").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("Max-Age=0");
    }

    // The e-mail

    @Test
    void openingTheMailedLinkConfirmsTheAddress() {
        assertThat(me(world.solo().token())
                        .json()
                        .at("/data/user/emailConfirmed")
                        .asBoolean())
                .isFalse();
        String path = confirmationLink();
        for (int i = 0; i < 2; i++) { // scanners open links before people do
            assertThat(ANYBODY.get(path).status()).isEqualTo(200);
        }
        assertThat(me(world.solo().token())
                        .json()
                        .at("/data/user/emailConfirmed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void oldAndUnknownLinksConfirmNothing() {
        String path = confirmationLink();
        assertThat(ANYBODY.get("/confirm-email?token=unknown").status()).isEqualTo(404);
        assertThat(ANYBODY.get("/confirm-email").status()).isEqualTo(404);
        clock.forward(Duration.ofDays(3));
        assertThat(ANYBODY.get(path).status()).isEqualTo(404);
        String again = world.newSession(world.solo().email());
        assertThat(me(again).json().at("/data/user/emailConfirmed").asBoolean()).isFalse();
    }

    private String confirmationLink() {
        String mail = world.select(
                        "SELECT body FROM mails WHERE recipient = ?",
                        world.solo().email())
                .getFirst();
        Matcher link = Pattern.compile("/confirm-email\\?token=\\S+").matcher(mail);
        assertThat(link.find()).as(mail).isTrue();
        return link.group();
    }

    // The sign-in pages

    @Test
    void theLoginFormLeadsOn() {
        Answer home = ANYBODY.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD);
        assertThat(home.status()).isEqualTo(303);
        assertThat(home.location()).isEqualTo("/admin/dashboard");
        assertThat(me(home.sessionToken()).status()).isEqualTo(200);
        Answer next = ANYBODY.form(
                "/login", "email", world.solo().email(), "password", TestWorld.PASSWORD, "next", "/admin/pages?as=x");
        assertThat(next.location()).isEqualTo("/admin/pages?as=x");
        Answer searched = ANYBODY.form(
                "/login",
                "email",
                world.solo().email(),
                "password",
                TestWorld.PASSWORD,
                "next",
                "/admin/users?q=a|b`{c}");
        assertThat(searched.status()).as(searched.toString()).isEqualTo(303);
        assertThat(searched.location()).as("as browsers send it").isEqualTo("/admin/users?q=a%7Cb%60%7Bc%7D");
        assertThat(me(searched.sessionToken()).status()).isEqualTo(200);
        assertThat(ANYBODY.form("/theme", "theme", "dark", "back", "/a?b=|").location())
                .isEqualTo("/a?b=%7C");
    }

    @Test
    void theLoginNeverLeadsToAnotherSite() {
        for (String next : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "/%0d%0aSet-Cookie:a=b",
                "/\r\nSet-Cookie: a=b",
                " //evil.example",
                "/\t/evil.example",
                "evil")) {
            Answer answer =
                    ANYBODY.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD, "next", next);
            assertThat(answer.location())
                    .as(next)
                    .doesNotContain("evil.example")
                    .startsWith("/");
            assertThat(answer.location()).as(next).doesNotStartWith("//");
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .as(next)
                    .extracting(cookie -> cookie.replaceFirst("=.*", ""))
                    .containsExactlyInAnyOrder("banyan_session", "banyan_device");
            assertThat(TestClient.anonymous()
                            .form("/theme", "theme", "dark", "back", next)
                            .location())
                    .as(next)
                    .doesNotContain("evil.example");
        }
    }

    @Test
    void pagesLeadToTheLoginAndBack() {
        assertThat(ANYBODY.get("/admin/pages?as=x").location()).isEqualTo("/login?next=%2Fadmin%2Fpages%3Fas%3Dx");
        assertThat(ANYBODY.with("HX-Request", "true").get("/admin/pages").header("HX-Redirect"))
                .contains("/login");
        assertThat(ANYBODY.get("/").location()).isEqualTo("/login");
        assertThat(TestClient.of(world.solo()).get("/").location()).isEqualTo("/admin/dashboard");
        assertThat(TestClient.withSession(world.operatorToken()).get("/").location())
                .isEqualTo("/operator");
    }

    @Test
    void whoRegistersGetsToThePageThatTheyAskedFor() {
        String login = ANYBODY.get("/admin/pages?tag=a%26b").location();
        String register = linkTo("/register", ANYBODY.get(login).text());
        String again = linkTo(
                "/register",
                ANYBODY.form(register, "email", "x", "username", "x", "password", "x")
                        .text());
        assertThat(linkTo("/login", ANYBODY.get(again).text())).isEqualTo(login);
        String username = world.name("asked");

        assertThat(registered(again, username).location()).isEqualTo("/admin/pages?tag=a%26b");
        assertThat(registered("/register?next=%2F%2Fevil.example%2F", world.name("elsewhere"))
                        .location())
                .isEqualTo("/admin/dashboard");
    }

    private static String linkTo(String path, String page) {
        return Pattern.compile("(?:href|action)=\"(" + path + "[^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Answer registered(String path, String username) {
        return ANYBODY.form(
                path, "email", username + "@people.example", "username", username, "password", TestWorld.PASSWORD);
    }

    @Test
    void theRegistrationFormSignsIn() {
        String username = world.name("form");
        Answer answer = ANYBODY.form(
                "/register",
                "email",
                username + "@people.example",
                "username",
                username,
                "password",
                TestWorld.PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(me(answer.sessionToken()).json().at("/data/user/username").asText())
                .isEqualTo(username);
        Answer again = ANYBODY.form(
                "/register",
                "email",
                username + "@people.example",
                "username",
                username,
                "password",
                TestWorld.PASSWORD);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("already registered").doesNotContain(TestWorld.PASSWORD);
    }

    @Test
    void failedLoginsShowTheNameAndNeverThePassword() {
        Answer answer = ANYBODY.form("/login", "email", world.solo().email(), "password", "wrong-secret");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains(world.solo().email()).doesNotContain("wrong-secret");
    }
}
