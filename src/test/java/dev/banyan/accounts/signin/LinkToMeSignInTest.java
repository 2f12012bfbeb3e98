package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.JsonShape;
import dev.banyan.accounts.TestFactors;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Contract 2.0 and 2.1, field by field: who can sign in, the responses, and the text of each error.
@QuarkusTest
class LinkToMeSignInTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String VERIFY = "/api/public/2fatoken?action=verify";
    private static final String RESEND = "/api/public/2fatoken?action=resend";

    private static final JsonShape USER = JsonShape.of(
            "UserId:uuid",
            "email:text",
            "username:text",
            "userRole:text",
            "roles:texts",
            "permissions:texts",
            "userManagements:list",
            "subAccounts:list",
            "tier:text",
            "emailConfirmed:flag",
            "twoFactorEnabled:flag",
            "twoFactorEmailEnabled:flag",
            "twoFactorTotpEnabled:flag",
            "IsSubAccount:flag",
            "AuthDisabled:flag",
            "agencyPermission:text?",
            "subAccountPackSize:whole",
            "usedSubAccounts:whole");

    private static final JsonShape MANAGED = JsonShape.of(
            "UserId:uuid",
            "DisplayName:text",
            "Email:text",
            "role:text",
            "state:text",
            "direction:text",
            "permissions:texts",
            "tier:text",
            "created:date",
            "updated:date");

    private static final JsonShape SUB_ACCOUNT = JsonShape.of(
            "UserId:uuid",
            "userId:uuid",
            "username:text",
            "displayName:text",
            "role:text",
            "permissions:texts",
            "type:text",
            "status:text",
            "disabled:flag",
            "createdAt:date",
            "pagesCount:whole",
            "linksCount:whole");

    private static final JsonShape SECOND_STEP =
            JsonShape.of("requiresTwoFactor:flag", "sessionId:text", "twoFactorMethod:text", "availableMethods:texts");

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    TestFactors factors;

    private static void assertUser(JsonNode answer) {
        assertThat(TestClient.keys(answer)).containsExactly("user");
        JsonNode user = answer.path("user");
        USER.assertFits(user);
        assertThat(user.path("roles")).hasSize(1);
        assertThat(user.at("/roles/0")).isEqualTo(user.path("userRole"));
        assertThat(user.path("permissions")).isNotEmpty();
        assertThat(user.path("tier").asText()).isIn("free", "pro", "premium", "enterprise");
        user.path("userManagements").forEach(MANAGED::assertFits);
        user.path("subAccounts").forEach(SUB_ACCOUNT::assertFits);
    }

    private static Answer login(String email) {
        return ANYBODY.post(
                "/api/public/Login",
                Map.of("email", email, "password", TestWorld.PASSWORD, "turnstileToken", "from the widget"));
    }

    private static Answer verify(String session, String token) {
        return ANYBODY.post(VERIFY, Map.of("sessionId", session, "token", token, "method", "totp"));
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.toString()).isEqualTo(status + " {\"error\":\"" + error + "\"}");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    // The user

    @Test
    void theUserHasTheContractsFieldsThroughEveryDoor() {
        world.north();
        soloIsManagedByAcme();
        Answer login = login(world.acme().email());
        assertUser(login.json());
        assertThat(login.json().at("/user/subAccounts")).hasSize(1);
        assertThat(login.json().at("/user/userManagements")).hasSize(1);
        assertThat(login.json().at("/user/userManagements/0/state").asText()).isEqualTo("accepted");
        assertThat(login.json().at("/user/userManagements/0/direction").asText())
                .isEqualTo("manager");

        Answer refreshed = TestClient.withSession(login.sessionToken()).post("/api/public/RefreshToken", Map.of());
        assertUser(refreshed.json());
        assertThat(refreshed.json()).isEqualTo(login.json());

        String name = world.name("newcomer");
        Answer signup = ANYBODY.post(
                "/api/public/Signup",
                Map.of("email", name + "@people.example", "username", name, "password", TestWorld.PASSWORD));
        assertThat(signup.status()).isEqualTo(201);
        assertUser(signup.json());
        assertThat(signup.sessionToken()).isNotEmpty();

        String secret = factors.app(world.rival());
        String session = login(world.rival().email()).json().path("sessionId").asText();
        Answer verified = verify(session, factors.code(secret));
        assertThat(verified.status()).as(verified.toString()).isEqualTo(200);
        assertUser(verified.json());
        assertThat(verified.json().at("/user/twoFactorEnabled").asBoolean()).isTrue();
        assertThat(verified.header("Set-Cookie").orElse("")).contains("Max-Age=604800", "HttpOnly");
    }

    /// An operator has no account, but the client requires a `UserId`.
    @Test
    void theOperatorIsAUserToo() {
        JsonNode user = TestClient.withSession(world.operatorToken())
                .post("/api/public/RefreshToken", Map.of())
                .json();
        assertUser(user);
        assertThat(user.at("/user/userRole").asText()).isEqualTo("site_super_admin");
        assertThat(user.at("/user/permissions").valueStream().map(JsonNode::asText))
                .contains("read:siteadmin", "write:siteadmin");
    }

    private void soloIsManagedByAcme() {
        for (TestWorld.Person person : List.of(world.acme(), world.solo())) {
            world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
        }
        assertThat(TestClient.of(world.solo())
                        .post(
                                "/api/admin/UserManagerInvite",
                                Map.of("email", world.acme().email(), "role", "user_manager"))
                        .status())
                .isEqualTo(200);
        assertThat(TestClient.of(world.acme())
                        .post(
                                "/api/admin/UserManagerRespond",
                                Map.of("FromUserId", world.solo().account().toString(), "State", "accepted"))
                        .status())
                .isEqualTo(200);
    }

    // The second step

    @Test
    void bothDoorsAskForTheSecondStepAndGiveNoCookie() {
        factors.app(world.solo());
        factors.mails(world.rival());
        factors.both(world.acme());
        for (var expected : Map.of(
                        world.solo().email(), List.of("totp"),
                        world.rival().email(), List.of("email"),
                        world.acme().email(), List.of("totp", "email"))
                .entrySet()) {
            Answer theirs = login(expected.getKey());
            assertThat(theirs.status()).isEqualTo(200);
            assertSecondStep(theirs, theirs.json(), expected.getValue());

            Answer own = ANYBODY.post(
                    "/api/login", Map.of("emailOrUsername", expected.getKey(), "password", TestWorld.PASSWORD));
            assertThat(own.status()).isEqualTo(200);
            assertThat(TestClient.keys(own.json())).containsExactly("success", "data");
            assertThat(own.json().path("success").asBoolean()).isTrue();
            assertSecondStep(own, own.json().path("data"), expected.getValue());
        }
    }

    private static void assertSecondStep(Answer answer, JsonNode step, List<String> methods) {
        SECOND_STEP.assertFits(step);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(step.path("requiresTwoFactor").asBoolean()).isTrue();
        assertThat(step.path("sessionId").asText()).startsWith("tfa-");
        assertThat(step.path("twoFactorMethod").asText()).isEqualTo(methods.size() > 1 ? "both" : methods.getFirst());
        assertThat(step.path("availableMethods").valueStream().map(JsonNode::asText))
                .containsAll(methods);
    }

    @Test
    void theSecondStepsRefusals() {
        assertRefused(ANYBODY.post(VERIFY, Map.of()), 400, "Session ID and token are required");
        assertRefused(ANYBODY.post(VERIFY, Map.of("sessionId", "tfa-x")), 400, "Session ID and token are required");
        assertRefused(verify("tfa-unknown", "123456"), 401, "Session expired. Please log in again.");
        assertRefused(ANYBODY.post("/api/public/2fatoken?action=dance", Map.of()), 400, "Invalid action");
        assertRefused(ANYBODY.post(RESEND, Map.of()), 400, "Session ID is required");
        assertRefused(
                ANYBODY.post(RESEND, Map.of("sessionId", "tfa-unknown")), 401, "Session expired. Please log in again.");

        String secret = factors.app(world.solo());
        String session = login(world.solo().email()).json().path("sessionId").asText();
        assertRefused(
                ANYBODY.post(RESEND, Map.of("sessionId", session)),
                400,
                "Email verification is not enabled for this session");
        for (int i = 0; i < AwaitedFactors.TRIES; i++) {
            assertRefused(verify(session, "no code"), 400, "Invalid verification code");
        }
        assertRefused(verify(session, factors.code(secret)), 401, "Too many failed attempts. Please log in again.");
        String late = login(world.solo().email()).json().path("sessionId").asText();
        clock.forward(AwaitedFactors.LIFE);
        assertRefused(verify(late, factors.code(secret)), 401, "Session expired. Please log in again.");
    }

    @Test
    void aCodeIsMailedAgainAfterAMinute() {
        factors.mails(world.solo());
        String session = login(world.solo().email()).json().path("sessionId").asText();
        Answer soon = ANYBODY.post(RESEND, Map.of("sessionId", session));
        assertRefused(soon, 429, "Too many requests");
        assertThat(Integer.parseInt(soon.header("Retry-After").orElseThrow())).isBetween(1, 60);
        clock.forward(Duration.ofMinutes(1));
        Answer resent = ANYBODY.post(RESEND, Map.of("sessionId", session));
        assertThat(resent.toString()).isEqualTo("200 {\"message\":\"Verification code sent\"}");
    }

    // Forgotten passwords

    @Test
    void bothStepsOfANewPasswordAndTheirRefusals() {
        String path = "/api/public/PasswordReset";
        String email = world.solo().email();
        assertThat(ANYBODY.post(path, Map.of("email", email)).toString())
                .as("this server has no mail")
                .isEqualTo("200 {\"message\":\"This server can’t send email: ask the people who run it for a password"
                        + " reset link\"}");
        Eventually.until( // it is sent after the response
                () -> world.count(
                        "SELECT COUNT(*) FROM mails WHERE recipient = ? AND subject LIKE 'Your code%'", email),
                mails -> mails == 1);
        assertRefused(ANYBODY.post(path, Map.of()), 400, "Email is required");
        assertRefused(ANYBODY.post(path, Map.of("email", "nobody")), 400, "Invalid email format");
        assertRefused(
                ANYBODY.post(path, Map.of("code", "123456", "newPassword", TestWorld.PASSWORD)),
                400,
                "Email is required");
        assertRefused(
                ANYBODY.post(path, Map.of("email", email, "code", "123456", "newPassword", "short")),
                400,
                "Password must be at least 8 characters");
        assertRefused(
                ANYBODY.post(path, Map.of("email", email, "code", "none", "newPassword", "the tide turns at noon")),
                400,
                "Invalid or expired reset code");
        String token = world.newSession(email);
        Answer done = ANYBODY.post(
                path,
                Map.of("email", email, "code", factors.resetCode(email), "newPassword", "the tide turns at noon"));
        assertThat(done.toString()).isEqualTo("200 {\"message\":\"Password reset successfully\"}");
        assertThat(done.header("Set-Cookie")).isEmpty();
        assertThat(TestClient.withSession(token).get("/api/me").status()).isEqualTo(401);
    }
}
