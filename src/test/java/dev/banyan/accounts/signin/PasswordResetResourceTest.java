package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.TestFactors;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Password reset by mail, according to contract 2.1.
@QuarkusTest
class PasswordResetResourceTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String NEW = "the tide turns at noon";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    PasswordResets resets;

    @Inject
    TestFactors factors;

    @Inject
    Passwords passwords;

    private String mailedCode(String email) {
        assertThat(resets.send(email)).isTrue();
        return newestCode(email);
    }

    /// Returns the mailed code; mails requested on the page or through the API are sent after the response.
    private String askedCode(String email) {
        Eventually.until(() -> subjects(email), subjects -> !subjects.isEmpty());
        return newestCode(email);
    }

    private List<String> subjects(String email) {
        return world.select(
                "SELECT subject FROM mails WHERE recipient = ? AND subject LIKE 'Your code%' ORDER BY id DESC", email);
    }

    private String newestCode(String email) {
        String subject = subjects(email).getFirst();
        return Pattern.compile("[0-9]{6}")
                .matcher(subject)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    private static Answer choose(String email, String code, String password) {
        return ANYBODY.post("/api/public/PasswordReset", Map.of("email", email, "code", code, "newPassword", password));
    }

    private static int login(String email, String password) {
        return ANYBODY.post("/api/public/Login", Map.of("email", email, "password", password))
                .status();
    }

    @Test
    void knownAndUnknownAreAnsweredAlike() {
        Answer known = ANYBODY.post(
                "/api/public/PasswordReset", Map.of("email", world.solo().email()));
        Answer unknown = ANYBODY.post("/api/public/PasswordReset", Map.of("email", "nobody@people.example"));
        assertThat(known.status()).as(known.toString()).isEqualTo(200);
        assertThat(unknown.text()).isEqualTo(known.text());
        long before = passwords.worked();
        Answer wrong = choose("nobody@people.example", "000000", NEW);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error()).isEqualTo("Invalid or expired reset code");
        assertThat(passwords.worked()).as("as much work as for somebody known").isEqualTo(before + 1);
    }

    @Test
    void theCodeGivesANewPasswordOnceAndEndsAllSessions() {
        String email = world.solo().email();
        String token = world.solo().token();
        String code = mailedCode(email);
        assertThat(choose(world.rival().email(), code, NEW).status())
                .as("bound to the e-mail")
                .isEqualTo(400);
        assertThat(choose(email, code, "short").error()).isEqualTo("Password must be at least 8 characters");
        Answer done = choose(email.toUpperCase(java.util.Locale.ROOT), code, NEW);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(TestClient.withSession(token).get("/api/me").status()).isEqualTo(401);
        assertThat(login(email, TestWorld.PASSWORD)).isEqualTo(401);
        assertThat(login(email, NEW)).isEqualTo(200);
        assertThat(choose(email, code, "another one, and longer").status()).isEqualTo(400);
    }

    @Test
    void fiveTriesAndAnHour() {
        String email = world.solo().email();
        String code = mailedCode(email);
        for (int i = 0; i < 5; i++) {
            assertThat(choose(email, "wrong", NEW).status()).isEqualTo(400);
        }
        assertThat(choose(email, code, NEW).status()).as("too often").isEqualTo(400);
        String late = mailedCode(email);
        clock.forward(Duration.ofHours(1));
        assertThat(choose(email, late, NEW).status()).as("too late").isEqualTo(400);
        assertThat(choose(email, mailedCode(email), NEW).status())
                .as("who is honest asks again")
                .isEqualTo(200);
    }

    /// An account may have been registered with another person's address. If the reader of its mails takes over the
    /// account, all earlier access ends.
    @Test
    void whoReadsTheMailOfAnUnconfirmedAddressHasTheAccountAlone() {
        world.tier(world.solo(), Tier.PRO);
        var squatter = TestClient.of(world.solo());
        String key = squatter.post(
                        "/api/admin/apikeyscreate", Map.of("name", "Back door", "permissions", List.of("read:pages")))
                .json()
                .at("/key/key")
                .asText();
        var setup = squatter.post("/api/admin/2fatokensetup?action=setup", Map.of("type", "totp"))
                .json()
                .at("/data/totp");
        squatter.post(
                "/api/admin/2fatokensetup?action=enable",
                Map.of("token", factors.code(setup.path("secret").asText())));
        assertThat(TestClient.withBearer(key).get("/v1/GetPages").status()).isEqualTo(200);
        String email = world.solo().email();

        assertThat(choose(email, mailedCode(email), NEW).status()).isEqualTo(200);

        Answer refused = TestClient.withBearer(key).get("/v1/GetPages");
        assertThat(refused.toString()).isEqualTo("401 {\"error\":\"Created before its owner confirmed their email\"}");
        Answer in = ANYBODY.post("/api/public/Login", Map.of("email", email, "password", NEW));
        assertThat(in.json().has("user"))
                .as("no second factor of somebody else")
                .isTrue();
        assertThat(squatter.get("/api/me").status()).isEqualTo(401);
        String own = TestClient.withSession(in.sessionToken())
                .post("/api/admin/apikeyscreate", Map.of("name", "Mine", "permissions", List.of("read:pages")))
                .json()
                .at("/key/key")
                .asText();
        assertThat(choose(email, mailedCode(email), "the tide turns at ten").status())
                .isEqualTo(200);
        assertThat(TestClient.withBearer(own).get("/v1/GetPages").status())
                .as("a password that was forgotten later takes no keys")
                .isEqualTo(200);
    }

    /// A mistyped e-mail belongs to no one until its reader opens the link: no reset codes are sent there.
    @Test
    void aMistypedEmailOpensNothing() {
        factors.app(world.solo());
        String mistyped = world.name("mistyped") + "@people.example";
        Answer moved = TestClient.of(world.solo())
                .put("/admin/UpdateEmail", Map.of("newEmail", mistyped, "password", TestWorld.PASSWORD));
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);

        assertThat(resets.send(mistyped)).isFalse();
        String email = world.solo().email();
        assertThat(choose(email, mailedCode(email), NEW).status()).isEqualTo(200);
        assertThat(factorsOn()).as("added after the e-mail was confirmed").isEqualTo(1);
    }

    private long factorsOn() {
        return world.count(
                "SELECT COUNT(*) FROM second_factors WHERE totp_enabled = 1 AND identity_id = ?",
                world.solo().identity().toString());
    }

    @Test
    void thePagesLeadBackIn() {
        String email = world.solo().email();
        String asked = ANYBODY.get("/admin/pages?tag=a%26b").location();
        String forgot = linkTo("/forgot-password", ANYBODY.get(asked).text());
        Answer sent = ANYBODY.form(forgot, "email", email);
        assertThat(sent.text()).as("this server has no mail").contains("Ask the people who run it");
        assertThat(sent.text()).doesNotContain("Email me a code");
        String reset = forgot.replace("/forgot", "/reset");
        String code = askedCode(email);
        Answer wrong = ANYBODY.form(reset, "email", email, "code", "1", "newPassword", NEW);
        assertThat(wrong.text()).contains("That code is incorrect.");
        reset = linkTo("/reset-password", wrong.text());
        Answer changed = ANYBODY.form(reset, "email", email, "code", code, "newPassword", NEW);
        assertThat(changed.text()).contains("Your password was changed");
        assertThat(linkTo("/login", changed.text()))
                .as("on to the page that they wanted")
                .isEqualTo(asked);
        assertThat(login(email, NEW)).isEqualTo(200);
    }

    private static String linkTo(String path, String page) {
        return Pattern.compile("(?:href|action)=\"(" + path + "[^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sessionsAreListedAndEnded() {
        var solo = TestClient.of(world.solo()).onPagesOf(world.solo());
        var phone = ANYBODY.with("User-Agent", "Mozilla/5.0 (iPhone) Safari/605");
        String first = ANYBODY.with("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140")
                .form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD)
                .sessionToken();
        assertThat(newDeviceMails()).isZero();
        String other = phone.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD)
                .sessionToken();
        assertThat(newDeviceMails()).isEqualTo(1);
        phone.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD);
        assertThat(newDeviceMails()).as("known by now").isEqualTo(1);
        assertThat(solo.get("/admin/settings").text()).contains("Safari on iPhone", "Firefox on Linux", "This device");

        solo.form(
                "/admin/settings/sessions/end",
                "session",
                dev.banyan.platform.Digests.sha256Hex(world.acme().token()));
        assertThat(TestClient.of(world.acme()).get("/api/me").status())
                .as("a stranger's")
                .isEqualTo(200);
        solo.form("/admin/settings/sessions/end", "session", dev.banyan.platform.Digests.sha256Hex(other));
        assertThat(TestClient.withSession(other).get("/api/me").status()).isEqualTo(401);
        assertThat(TestClient.withSession(first).get("/api/me").status()).isEqualTo(200);
        solo.form("/admin/settings/sessions/end-others");
        assertThat(TestClient.withSession(first).get("/api/me").status()).isEqualTo(401);
        assertThat(solo.get("/api/me").status()).isEqualTo(200);

        solo.form("/admin/settings/device-mails", "on", "false");
        ANYBODY.with("User-Agent", "curl/8")
                .form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD);
        assertThat(newDeviceMails()).as("switched off").isEqualTo(1);
    }

    private int newDeviceMails() {
        return world.select(
                        "SELECT id FROM mails WHERE recipient = ? AND subject LIKE 'New sign-in%'",
                        world.solo().email())
                .size();
    }
}
