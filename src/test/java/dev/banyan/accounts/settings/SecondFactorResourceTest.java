package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Two-step sign-in according to contract 2.1 and 2.3, with codes like those of an app.
@QuarkusTest
class SecondFactorResourceTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String SETUP = "/api/admin/2fatokensetup?action=";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    SecondFactors factors;

    private String code(String secret) {
        try {
            return new DefaultCodeGenerator().generate(secret, clock.instant().getEpochSecond() / 30);
        } catch (CodeGenerationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private TestClient solo() {
        return TestClient.of(world.solo()).onPagesOf(world.solo());
    }

    private JsonNode setUpApp() {
        Answer setup = solo().post(SETUP + "setup", Map.of("type", "totp"));
        assertThat(setup.status()).as(setup.toString()).isEqualTo(200);
        JsonNode totp = setup.json().at("/data/totp");
        Answer enabled = solo().post(
                        SETUP + "enable",
                        Map.of("type", "totp", "token", code(totp.path("secret").asText())));
        assertThat(enabled.text()).isEqualTo("{\"type\":\"totp\",\"emailEnabled\":false,\"totpEnabled\":true}");
        clock.forward(Duration.ofMinutes(1));
        return totp;
    }

    private Answer login() {
        return ANYBODY.post("/api/public/Login", Map.of("email", world.solo().email(), "password", TestWorld.PASSWORD));
    }

    private Answer verify(String session, String token) {
        return ANYBODY.post(
                "/api/public/2fatoken?action=verify", Map.of("sessionId", session, "token", token, "method", "totp"));
    }

    private String newestMailedCode() {
        String body = world.select(
                        "SELECT body FROM mails WHERE recipient = ? AND body LIKE '%code to%' ORDER BY id DESC",
                        world.solo().email())
                .getFirst();
        return Pattern.compile("is ([0-9]{6})")
                .matcher(body)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void setUpAnswersWhatAnAppNeeds() {
        JsonNode totp =
                solo().post(SETUP + "setup", Map.of("type", "totp")).json().at("/data/totp");
        assertThat(totp.path("secret").asText()).matches("[A-Z2-7]{32}");
        assertThat(totp.path("qrCodeUri").asText())
                .startsWith("otpauth://totp/")
                .contains("issuer=Banyan");
        assertThat(totp.path("backupCodes")).hasSize(10);
        assertThat(totp.at("/backupCodes/0").asText()).matches("[A-HJ-NP-Z2-9]{8}");
        assertThat(login().json().has("user"))
                .as("nothing holds before it is proved")
                .isTrue();
        Answer wrong = solo().post(SETUP + "enable", Map.of("type", "totp", "token", "12345"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error()).isEqualTo("Invalid verification code. Please try again.");
    }

    @Test
    void everyDoorAsksForTheCode() {
        String secret = setUpApp().path("secret").asText();
        Answer door = login();
        assertThat(door.status()).isEqualTo(200);
        assertThat(door.header("Set-Cookie")).isEmpty();
        assertThat(TestClient.keys(door.json()))
                .containsExactlyInAnyOrder("requiresTwoFactor", "sessionId", "twoFactorMethod", "availableMethods");
        assertThat(door.json().path("twoFactorMethod").asText()).isEqualTo("totp");
        assertThat(door.json().path("sessionId").asText()).matches("tfa-[0-9a-f-]{36}");

        Answer own = ANYBODY.post("/api/login", Map.of("email", world.solo().email(), "password", TestWorld.PASSWORD));
        assertThat(own.header("Set-Cookie")).isEmpty();
        assertThat(own.json().at("/data/requiresTwoFactor").asBoolean()).isTrue();

        Answer form = ANYBODY.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD);
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.header("Set-Cookie")).isEmpty();
        assertThat(form.text()).contains("Two-step verification");

        Answer in = verify(door.json().path("sessionId").asText(), code(secret));
        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        assertThat(in.json().at("/user/twoFactorEnabled").asBoolean()).isTrue();
        assertThat(in.json().at("/user/twoFactorTotpEnabled").asBoolean()).isTrue();
        assertThat(TestClient.withSession(in.sessionToken()).get("/api/me").status())
                .isEqualTo(200);
        assertThat(verify(own.json().at("/data/sessionId").asText(), code(secret))
                        .status())
                .as("a code is accepted once")
                .isEqualTo(400);
    }

    @Test
    void theFormGoesOnWithTheCode() {
        String secret = setUpApp().path("secret").asText();
        Answer form = ANYBODY.form("/login", "email", world.solo().email(), "password", TestWorld.PASSWORD);
        var session = Pattern.compile("tfa-[0-9a-f-]{36}")
                .matcher(form.text())
                .results()
                .findFirst();
        String id = session.orElseThrow().group();
        Answer wrong = ANYBODY.form("/login/code", "session", id, "code", "none");
        assertThat(wrong.text()).contains("That code is incorrect.");
        Answer in = ANYBODY.form("/login/code", "session", id, "code", code(secret));
        assertThat(in.status()).isEqualTo(303);
        assertThat(TestClient.withSession(in.sessionToken()).get("/api/me").status())
                .isEqualTo(200);
    }

    @Test
    void fiveTriesAndTenMinutes() {
        String secret = setUpApp().path("secret").asText();
        String session = login().json().path("sessionId").asText();
        for (int i = 0; i < 5; i++) {
            assertThat(verify(session, "no code").error()).isEqualTo("Invalid verification code");
        }
        assertThat(verify(session, code(secret)).status()).as("too often").isEqualTo(401);
        String late = login().json().path("sessionId").asText();
        clock.forward(Duration.ofMinutes(10));
        assertThat(verify(late, code(secret)).status()).as("too late").isEqualTo(401);
        String honest = login().json().path("sessionId").asText();
        assertThat(verify(honest, code(secret)).status()).isEqualTo(200);
    }

    @Test
    void aBackupCodeWorksOnce() {
        String backup = setUpApp().at("/backupCodes/3").asText();
        assertThat(verify(login().json().path("sessionId").asText(), backup).status())
                .isEqualTo(200);
        assertThat(verify(login().json().path("sessionId").asText(), backup).status())
                .isEqualTo(400);
        assertThat(world.select("SELECT code_hash FROM backup_codes WHERE code_hash LIKE ?", "%" + backup + "%"))
                .isEmpty();
    }

    @Test
    void codesComeByMail() {
        assertThat(solo().post(SETUP + "setup", Map.of("type", "email"))
                        .json()
                        .at("/data/email/accountEmail")
                        .asText())
                .isEqualTo(world.solo().email());
        Answer enabled = solo().post(SETUP + "enable", Map.of("type", "email", "token", newestMailedCode()));
        assertThat(enabled.text()).isEqualTo("{\"type\":\"email\",\"emailEnabled\":true,\"totpEnabled\":false}");
        Answer door = login();
        assertThat(door.json().path("twoFactorMethod").asText()).isEqualTo("email");
        String session = door.json().path("sessionId").asText();
        Answer soon = ANYBODY.post("/api/public/2fatoken?action=resend", Map.of("sessionId", session));
        assertThat(soon.status()).isEqualTo(429);
        assertThat(soon.header("Retry-After")).isPresent();
        Answer page = ANYBODY.form("/login/code/resend", Map.of("session", session));
        assertThat(page.status()).isEqualTo(429);
        assertThat(Integer.parseInt(page.header("Retry-After").orElseThrow())).isBetween(1, 60);
        clock.forward(Duration.ofSeconds(61));
        Answer resent = ANYBODY.post("/api/public/2fatoken?action=resend", Map.of("sessionId", session));
        assertThat(resent.status()).as(resent.toString()).isEqualTo(200);
        assertThat(verify(session, newestMailedCode()).status()).isEqualTo(200);
    }

    @Test
    void switchingOffTakesThePasswordOrARecentProof() {
        setUpApp();
        Answer wrong = solo().post(SETUP + "disable", Map.of("type", "totp", "password", "not the password"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error()).isEqualTo("Current password is incorrect");
        world.sql(
                "UPDATE sessions SET proved_at = proved_at - 960000 WHERE identity_id = ?",
                world.solo().identity().toString());
        Answer refused = solo().post(SETUP + "disable", Map.of("type", "totp"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).contains("you need your password", "/admin/settings/second-factor");
        Answer off = solo().post(SETUP + "disable", Map.of("type", "totp", "password", TestWorld.PASSWORD));
        assertThat(off.text()).isEqualTo("{\"emailEnabled\":false,\"totpEnabled\":false}");
        assertThat(login().json().has("user")).isTrue();
    }

    private void setUpMail() {
        solo().post(SETUP + "setup", Map.of("type", "email"));
        solo().post(SETUP + "enable", Map.of("type", "email", "token", newestMailedCode()));
    }

    /// The LinkToMe client has no field for the password.
    @Test
    void aRecentProofSufficesToAddASecondKind() {
        setUpMail();
        world.sql(
                "UPDATE sessions SET proved_at = proved_at - 960000 WHERE identity_id = ?",
                world.solo().identity().toString());
        Answer stale = solo().post(SETUP + "setup", Map.of("type", "totp"));
        assertThat(stale.status()).as(stale.toString()).isEqualTo(403);
        assertThat(stale.json().path("confirmAt").asText()).isEqualTo("/api/confirm");
        assertThat(solo().post("/api/confirm", Map.of("password", TestWorld.PASSWORD))
                        .status())
                .isEqualTo(200);
        Answer ready = solo().post(SETUP + "setup", Map.of("type", "totp"));
        assertThat(ready.status()).as(ready.toString()).isEqualTo(200);
        String secret = ready.json().at("/data/totp/secret").asText();
        assertThat(solo().post(SETUP + "enable", Map.of("type", "totp", "token", code(secret)))
                        .text())
                .isEqualTo("{\"type\":\"totp\",\"emailEnabled\":true,\"totpEnabled\":true}");
    }

    @Test
    void eachKindIsSwitchedOffByItself() {
        setUpMail();
        String secret = setUpAppBesideMail();
        Answer withoutMail = solo().post(SETUP + "disable", Map.of("type", "email"));
        assertThat(withoutMail.text()).isEqualTo("{\"emailEnabled\":false,\"totpEnabled\":true}");
        assertThat(solo().post(SETUP + "disable", Map.of("type", "email")).text())
                .as("off already")
                .isEqualTo("{\"emailEnabled\":false,\"totpEnabled\":true}");
        Answer door = login();
        assertThat(door.json().path("twoFactorMethod").asText()).isEqualTo("totp");
        assertThat(verify(door.json().path("sessionId").asText(), code(secret)).status())
                .isEqualTo(200);
        setUpMail();
        String page = "/admin/settings/second-factor";
        assertThat(solo().get(page).text()).contains("Turn off app", "Turn off email");
        Answer withoutApp = solo().form(page + "/disable", "kind", "totp", "password", TestWorld.PASSWORD);
        assertThat(withoutApp.header("Location").orElseThrow()).contains("done=second-factor-removed");
        assertThat(solo().get(page).text()).doesNotContain("Turn off email").contains("backup codes left");
        assertThat(login().json().path("twoFactorMethod").asText()).isEqualTo("email");
        assertThat(solo().post(SETUP + "disable", Map.of("type", "email")).text())
                .isEqualTo("{\"emailEnabled\":false,\"totpEnabled\":false}");
        assertThat(login().json().has("user")).isTrue();
        assertThat(world.select(
                        "SELECT subject FROM mails WHERE recipient = ?",
                        world.solo().email()))
                .contains(
                        "Codes by email are off for your account",
                        "Codes from an app are off for your account",
                        "Two-step verification is off for your account");
    }

    private String setUpAppBesideMail() {
        String secret = solo().post(SETUP + "setup", Map.of("type", "totp"))
                .json()
                .at("/data/totp/secret")
                .asText();
        Answer both = solo().post(SETUP + "enable", Map.of("type", "totp", "token", code(secret)));
        assertThat(both.json().path("totpEnabled").asBoolean())
                .as(both.toString())
                .isTrue();
        clock.forward(Duration.ofMinutes(1));
        return secret;
    }

    /// A person with access to an open session can't add a factor or get backup codes.
    @Test
    void aSecondKindAsksForThePassword() {
        setUpMail();
        Answer refused = solo().post(SETUP + "setup", Map.of("type", "totp", "password", "not the password"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{\"error\":\"Current password is incorrect\"}");
        assertThat(solo().post(SETUP + "enable", Map.of("type", "totp", "token", "123456"))
                        .error())
                .isEqualTo("TOTP is not set up");
        String page = "/admin/settings/second-factor";
        assertThat(solo().get(page).text()).contains("id=\"totp-password\"").doesNotContain("id=\"email-password\"");
        Answer again = solo().form(page + "/setup", "kind", "totp", "password", "not the password");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("id=\"totp-password-e\"", "That password is incorrect.");
        assertThat(solo().form(page + "/setup", "kind", "totp", "password", TestWorld.PASSWORD)
                        .text())
                .contains("QR code for an authenticator app");
        Answer ready = solo().post(SETUP + "setup", Map.of("type", "totp", "password", TestWorld.PASSWORD));
        assertThat(ready.status()).as(ready.toString()).isEqualTo(200);
        Answer both = solo().post(
                        SETUP + "enable",
                        Map.of(
                                "type",
                                "totp",
                                "token",
                                code(ready.json().at("/data/totp/secret").asText())));
        assertThat(both.text()).isEqualTo("{\"type\":\"totp\",\"emailEnabled\":true,\"totpEnabled\":true}");
    }

    /// The code was sent to the previous e-mail, so it proves nothing about the new one.
    @Test
    void aSetUpEndsWithTheEmailThatItWasMailedTo() {
        solo().post(SETUP + "setup", Map.of("type", "email"));
        String code = newestMailedCode();
        Answer moved = solo().put(
                        "/admin/UpdateEmail",
                        Map.of("newEmail", world.name("moved") + "@people.example", "password", TestWorld.PASSWORD));
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        String link = world.select(
                        "SELECT body FROM mails WHERE recipient = ?", world.name("moved") + "@people.example")
                .getFirst()
                .replaceFirst("(?s).*https?://[^/]+(/confirm-email\\S+).*", "$1");
        assertThat(TestClient.anonymous().get(link).status()).isEqualTo(200);
        Answer late = solo().post(SETUP + "enable", Map.of("type", "email", "token", code));
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.error()).isEqualTo("Email verification is not set up");
    }

    @Test
    void aBrandHasNoSecondFactor() {
        Answer answer = TestClient.of(world.acme())
                .post(SETUP + "setup&UserId=" + world.north().id(), Map.of("type", "totp"));
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void theOperatorResetsALostOne() {
        setUpApp();
        String page = "/operator/accounts/" + world.solo().account();
        var operator = TestClient.withSession(world.operatorToken());
        assertThat(operator.get(page).text())
                .contains("Reset two-step verification for " + world.solo().email());
        Answer foreign = operator.form(
                "/operator/accounts/" + world.acme().account() + "/second-factor/reset",
                "identity",
                world.solo().identity().toString());
        assertThat(foreign.status()).as("nobody of that account").isEqualTo(404);
        Answer reset = operator.form(
                page + "/second-factor/reset",
                "identity",
                world.solo().identity().toString());
        assertThat(reset.status()).isEqualTo(303);
        assertThat(login().json().has("user")).isTrue();
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ? AND action = 'SecondFactorReset'",
                        world.solo().identity().toString()))
                .isEqualTo(List.of("SecondFactorReset"));
    }

    @Test
    void thePageShowsCodesOnce() {
        Answer setup = solo().form("/admin/settings/second-factor/setup", "kind", "totp");
        assertThat(setup.text()).contains("QR code for an authenticator app");
        String secret = Pattern.compile("id=\"secret\">([A-Z2-7 ]+)<")
                .matcher(setup.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace(" ", "");
        Answer on = solo().form("/admin/settings/second-factor/enable", "kind", "totp", "code", code(secret));
        assertThat(on.text()).contains("Save your backup codes");
        var shown = Pattern.compile("(?m)[A-HJ-NP-Z2-9]{8}$")
                .matcher(on.text())
                .results()
                .findFirst();
        assertThat(verify(
                                login().json().path("sessionId").asText(),
                                shown.orElseThrow().group())
                        .status())
                .isEqualTo(200);
        assertThat(solo().get("/admin/settings").text()).contains("9 backup codes left");
    }
}
