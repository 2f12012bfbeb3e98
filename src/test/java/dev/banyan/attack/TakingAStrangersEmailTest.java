package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An attacker sets a stranger's e-mail for their own account: to block the stranger, or to keep access after the
/// stranger takes the account over by mail.
@QuarkusTest
class TakingAStrangersEmailTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String NEW = "the tide turns at noon";

    private final TestWorld world;
    private final TestClock clock;

    private TestClient attacker = TestClient.anonymous();
    private String stranger = "";

    TakingAStrangersEmailTest(TestWorld world, TestClock clock) {
        this.world = world;
        this.clock = clock;
    }

    @BeforeEach
    void somebodyHasAnAccount() {
        stranger = world.name("stranger") + "@people.example";
        attacker = TestClient.of(world.acme()).onPagesOf(world.acme());
    }

    private Answer take(String email) {
        return attacker.put("/admin/UpdateEmail", Map.of("newEmail", email, "password", TestWorld.PASSWORD));
    }

    private List<String> mailsTo(String recipient) {
        return world.select("SELECT body FROM mails WHERE recipient = ? ORDER BY id", recipient);
    }

    private String linkTo(String recipient) {
        return Pattern.compile("/confirm-email\\?token=\\S+")
                .matcher(mailsTo(recipient).getLast())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    private static Answer login(String email, String password) {
        return ANYBODY.post("/api/public/Login", Map.of("email", email, "password", password));
    }

    private Answer reset(String email) {
        ANYBODY.post("/api/public/PasswordReset", Map.of("email", email));
        String subject = Eventually.until(
                        () -> world.select(
                                "SELECT subject FROM mails WHERE recipient = ? AND subject LIKE 'Your code%'"
                                        + " ORDER BY id DESC",
                                email),
                        subjects -> !subjects.isEmpty())
                .getFirst();
        return ANYBODY.post(
                "/api/public/PasswordReset",
                Map.of("email", email, "code", subject.replaceAll("\\D", ""), "newPassword", NEW));
    }

    @Test
    void changesNothingUntilTheLinkIsOpened() {
        String own = world.acme().email();
        Answer asked = take(stranger);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(asked.json().path("email").asText()).isEqualTo(own);
        assertThat(asked.json().path("pendingEmail").asText()).isEqualTo(stranger);
        assertThat(asked.json().path("message").asText()).contains(stranger);
        assertThat(login(stranger, TestWorld.PASSWORD).status()).isEqualTo(401);
        assertThat(login(own, TestWorld.PASSWORD).status()).isEqualTo(200);
        assertThat(attacker.get("/api/me").json().at("/data/user/email").asText())
                .isEqualTo(own);
        assertThat(mailsTo(own).getLast()).contains(stranger);
        assertThat(attacker.get("/admin/settings").text())
                .contains("Ask the people who run it for a link that confirms <b><bdi>" + stranger);
    }

    @Test
    void doesNotKeepTheStrangerFromRegistering() {
        take(stranger);
        String link = linkTo(stranger);
        Answer registered = ANYBODY.post(
                "/api/register",
                Map.of("email", stranger, "username", world.name("stranger"), "password", TestWorld.PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Answer taken = ANYBODY.get(link);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text()).contains("This email is taken", stranger);
        assertThat(attacker.get("/api/me").json().at("/data/user/email").asText())
                .isEqualTo(world.acme().email());
        assertThat(login(stranger, TestWorld.PASSWORD)
                        .json()
                        .at("/user/username")
                        .asText())
                .isEqualTo(world.name("stranger"));
        assertThat(take(stranger).status()).isEqualTo(409);
    }

    @Test
    void onlyTheNewestLinkWorksWhileItLives() {
        take(stranger);
        String first = linkTo(stranger);
        String other = world.name("other") + "@people.example";
        take(other);
        assertThat(ANYBODY.get(first).status()).isEqualTo(404);
        String second = linkTo(other);
        assertThat(attacker.form("/admin/settings/email/change/link").location())
                .contains("done=link-mailed");
        assertThat(ANYBODY.get(second).status()).as("sent again").isEqualTo(404);
        String third = linkTo(other);
        clock.forward(Duration.ofDays(3));
        assertThat(ANYBODY.get(third).status()).as("too old").isEqualTo(404);
        assertThat(TestClient.withSession(world.newSession(world.acme().email()))
                        .get("/admin/settings")
                        .text())
                .doesNotContain("To finish the change, open the link");
    }

    @Test
    void isStoppedByCancellingAndByANewPassword() {
        take(stranger);
        String link = linkTo(stranger);
        assertThat(attacker.form("/admin/settings/email/change/cancel").location())
                .contains("done=email-cancelled");
        assertThat(ANYBODY.get(link).status()).isEqualTo(404);
        take(stranger);
        link = linkTo(stranger);
        attacker.put("/admin/UpdatePassword", Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", NEW));
        assertThat(ANYBODY.get(link).status()).isEqualTo(404);
        assertThat(attacker.get("/admin/settings").text()).doesNotContain("To finish the change, open the link");
    }

    @Test
    void takesEffectWithTheLinkAndTheOldOneIsTold() {
        take(stranger);
        String link = linkTo(stranger);
        Answer opened = ANYBODY.get(link);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.text()).contains("Email changed", stranger);
        assertThat(ANYBODY.get(link).status()).as("a scanner was first").isEqualTo(200);
        assertThat(login(world.acme().email(), TestWorld.PASSWORD).status()).isEqualTo(401);
        Answer in = login(stranger, TestWorld.PASSWORD);
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().at("/user/emailConfirmed").asBoolean()).isTrue();
        assertThat(mailsTo(world.acme().email()).getLast()).contains("You now sign in to Banyan with ");
        assertThat(world.select(
                        "SELECT email FROM accounts WHERE id = ?",
                        world.acme().account().toString()))
                .containsExactly(stranger);
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ? AND action LIKE 'EmailChange%' ORDER BY id",
                        world.acme().identity().toString()))
                .containsExactly("EmailChangeRequested", "EmailChanged");
        assertThat(ANYBODY.post(
                                "/api/register",
                                Map.of(
                                        "email",
                                        world.acme().email(),
                                        "username",
                                        world.name("heir"),
                                        "password",
                                        TestWorld.PASSWORD))
                        .status())
                .as("the old one is free")
                .isEqualTo(201);
    }

    /// The stranger, or a scanner of their mails, has opened the link. After a password reset, only the stranger has
    /// access.
    @Test
    void leavesNoKeyPasskeyFactorOrSessionBehindAReset() {
        String key = key("Back door");
        passkey("YmFjaw");
        factor();
        clock.forward(Duration.ofMinutes(1));
        take(stranger);
        ANYBODY.get(linkTo(stranger));
        clock.forward(Duration.ofMinutes(1));
        String later = key("Later");

        assertThat(reset(stranger).status()).isEqualTo(200);

        assertThat(TestClient.withBearer(key).get("/v1/GetPages").status()).isEqualTo(401);
        assertThat(attacker.get("/api/me").status()).isEqualTo(401);
        Answer in = login(stranger, NEW);
        assertThat(in.json().has("user")).as("no second factor: %s", in).isTrue();
        assertThat(count("passkeys")).isZero();
        assertThat(count("second_factors")).isZero();
        assertThat(TestClient.withBearer(later).get("/v1/GetPages").status())
                .as("made after the e-mail was proved")
                .isEqualTo(200);
    }

    @Test
    void leavesNothingBehindAResetWhereTheAddressWasRegisteredWithAndNeverConfirmed() {
        String key = key("Back door");
        passkey("bmV2ZXI");
        factor();
        String escape = world.name("escape") + "@people.example";
        take(escape);
        String link = linkTo(escape);

        String email = world.acme().email();
        assertThat(reset(email).status()).isEqualTo(200);

        assertThat(TestClient.withBearer(key).get("/v1/GetPages").status()).isEqualTo(401);
        assertThat(attacker.get("/api/me").status()).isEqualTo(401);
        assertThat(login(email, NEW).json().has("user")).isTrue();
        assertThat(count("passkeys")).isZero();
        assertThat(count("second_factors")).isZero();
        assertThat(ANYBODY.get(link).status())
                .as("the account does not move away any more")
                .isEqualTo(404);
    }

    @Test
    void ownersWhoForgetTheirPasswordKeepWhatTheyAddedAfterTheyConfirmed() {
        ANYBODY.get(linkTo(world.acme().email()));
        clock.forward(Duration.ofMinutes(1));
        String key = key("Mine");
        passkey("bWluZQ");
        factor();
        ANYBODY.get(linkTo(world.acme().email())); // once more

        assertThat(reset(world.acme().email()).status()).isEqualTo(200);

        assertThat(TestClient.withBearer(key).get("/v1/GetPages").status()).isEqualTo(200);
        assertThat(count("passkeys")).isEqualTo(1);
        assertThat(login(world.acme().email(), NEW)
                        .json()
                        .path("requiresTwoFactor")
                        .asBoolean())
                .isTrue();
    }

    private String key(String name) {
        return attacker.post("/api/admin/apikeyscreate", Map.of("name", name, "permissions", List.of("read:pages")))
                .json()
                .at("/key/key")
                .asText();
    }

    private void passkey(String credential) {
        world.sql(
                "INSERT INTO passkeys (credential_id, identity_id, name, public_key, sign_count, transports, created_at)"
                        + " VALUES (?, ?, 'Phone', 'none', 0, '', ?)",
                credential + world.acme().identity(),
                world.acme().identity().toString(),
                clock.instant().toEpochMilli());
    }

    private void factor() {
        world.sql(
                "INSERT INTO second_factors (identity_id, totp_enabled, email_enabled, totp_secret, totp_step,"
                        + " passkey_enabled, added_at, updated_at) VALUES (?, 1, 0, 'sealed', 0, 0, ?, ?)",
                world.acme().identity().toString(),
                clock.instant().toEpochMilli(),
                clock.instant().toEpochMilli());
    }

    private long count(String table) {
        return world.count(
                "SELECT count(*) FROM " + table + " WHERE identity_id = ?",
                world.acme().identity().toString());
    }
}
