package dev.banyan.accounts.signin.factors;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.TestFactors;
import dev.banyan.platform.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// How long and how often a code is valid, and what ends with a password or a second factor.
@QuarkusTest
class SecondFactorLifeTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final Duration STEP = Duration.ofSeconds(30);

    @Inject
    TestWorld world;

    @Inject
    TestFactors factors;

    @Inject
    TestClock clock;

    private String begin() {
        return ANYBODY.post("/api/public/Login", Map.of("email", world.solo().email(), "password", TestWorld.PASSWORD))
                .json()
                .path("sessionId")
                .asText();
    }

    private static Answer answer(String session, String code) {
        return ANYBODY.post("/api/public/2fatoken?action=verify", Map.of("sessionId", session, "token", code));
    }

    private int verify(String code) {
        return answer(begin(), code).status();
    }

    private static int me(String token) {
        return TestClient.withSession(token).get("/api/me").status();
    }

    @Test
    void aClockMayBeOneStepOffAndNoMore() {
        String secret = factors.app(world.solo());
        for (int far : new int[] {-2, 2, 3, -20}) {
            assertThat(verify(factors.code(secret, far))).as("%d steps", far).isEqualTo(400);
        }
        assertThat(verify(factors.code(secret, -1))).isEqualTo(200);
        assertThat(verify(factors.code(secret, 1))).isEqualTo(200);
    }

    @Test
    void aCodeAndAllBeforeItAreSpentOnceItOpened() {
        String secret = factors.app(world.solo());
        String before = factors.code(secret, -1);
        String used = factors.code(secret);
        assertThat(verify(used)).isEqualTo(200);
        assertThat(verify(used)).as("the same").isEqualTo(400);
        assertThat(verify(before)).as("the one before it").isEqualTo(400);
        clock.forward(STEP);
        assertThat(verify(used)).as("the same, half a minute later").isEqualTo(400);
        assertThat(verify(factors.code(secret))).as("the next one").isEqualTo(200);
    }

    @Test
    void ofManyWhoComeWithOneCodeAtOnceOneIsLetIn() {
        var ready = factors.with(world.solo(), FactorKind.TOTP);
        String backup = ready.backupCodes().getFirst();
        String app = factors.code(ready.app().orElseThrow().secret());
        for (String code : List.of(backup, app)) {
            List<String> sessions = Stream.generate(this::begin).limit(6).toList();
            List<Answer> answers = AtOnce.run(6, number -> answer(sessions.get(number), code));
            assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 400);
            assertThat(answers)
                    .filteredOn(one -> one.header("Set-Cookie").isPresent())
                    .hasSize(1);
        }
    }

    @Test
    void oneSignInWithTwoRightCodesAtOnceIsOneSession() {
        List<String> backups = factors.with(world.solo(), FactorKind.TOTP).backupCodes();
        String session = begin();
        List<Answer> answers = AtOnce.run(4, number -> answer(session, backups.get(number)));
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
    }

    @Test
    void aBackupCodeMayBeTypedAsPeopleType() {
        String backup =
                factors.with(world.solo(), FactorKind.TOTP).backupCodes().get(2);
        String typed = " " + backup.substring(0, 4).toLowerCase(Locale.ROOT) + " " + backup.substring(4) + " ";
        assertThat(verify(typed)).isEqualTo(200);
        assertThat(verify(backup)).isEqualTo(400);
    }

    @Test
    void aMailedCodeOpensItsOwnSignInForTenMinutesUntilTheNextIsMailed() {
        factors.mails(world.solo());
        String first = begin();
        String ofFirst = factors.mailed(world.solo().email());
        clock.forward(Duration.ofMinutes(1));
        String second = begin();
        String ofSecond = factors.mailed(world.solo().email());
        assertThat(answer(second, ofFirst).status()).as("another sign-in's").isEqualTo(400);
        clock.forward(Duration.ofMinutes(1));
        assertThat(ANYBODY.post("/api/public/2fatoken?action=resend", Map.of("sessionId", second))
                        .status())
                .isEqualTo(200);
        assertThat(answer(second, ofSecond).status())
                .as("one before the newest")
                .isEqualTo(400);
        assertThat(answer(second, factors.mailed(world.solo().email())).status())
                .isEqualTo(200);
        clock.forward(Duration.ofMinutes(8));
        assertThat(answer(first, ofFirst).status()).as("after ten minutes").isEqualTo(401);
    }

    @Test
    void aNewPasswordEndsSessionsAndSignInsThatAreUnderWay() {
        String secret = factors.app(world.solo());
        String other = world.solo().token();
        Answer in = answer(begin(), factors.code(secret));
        String waiting = begin();
        Answer changed = TestClient.withSession(in.sessionToken())
                .put(
                        "/api/admin/UpdatePassword",
                        Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", "the tide turns at noon"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(me(in.sessionToken())).isEqualTo(200);
        assertThat(me(other)).isEqualTo(401);
        assertThat(answer(waiting, factors.code(secret, 1)).status()).isEqualTo(401);
    }

    @Test
    void aPasswordByMailLeavesTheSecondFactorOn() {
        String secret = factors.app(world.solo());
        String waiting = begin();
        String email = world.solo().email();
        assertThat(ANYBODY.post(
                                "/api/public/PasswordReset",
                                Map.of(
                                        "email",
                                        email,
                                        "code",
                                        factors.resetCode(email),
                                        "newPassword",
                                        TestWorld.PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(me(world.solo().token())).isEqualTo(401);
        assertThat(answer(waiting, factors.code(secret)).status())
                .as("under way before")
                .isEqualTo(401);
        assertThat(verify(factors.code(secret))).as("asked for as ever").isEqualTo(200);
    }

    @Test
    void theOperatorsResetEndsEverythingAndIsToldAndAudited() {
        String secret = factors.app(world.solo());
        String waiting = begin();
        Answer reset = TestClient.withSession(world.operatorToken())
                .form(
                        "/operator/accounts/" + world.solo().account() + "/second-factor/reset",
                        "identity",
                        world.solo().identity().toString());
        assertThat(reset.status()).isEqualTo(303);
        assertThat(me(world.solo().token())).isEqualTo(401);
        assertThat(answer(waiting, factors.code(secret)).status()).isEqualTo(401);
        assertThat(world.select(
                        "SELECT subject FROM mails WHERE recipient = ?",
                        world.solo().email()))
                .contains("Your two-step verification was reset");
        assertThat(world.select(
                        "SELECT identity_id FROM audit_events WHERE action = 'SecondFactorReset' AND target = ?",
                        world.solo().identity().toString()))
                .as("who did it")
                .hasSize(1)
                .doesNotContain(world.solo().identity().toString());
    }

    @Test
    void wrongCodesAndPasswordsAreInTheAudit() {
        factors.app(world.solo());
        verify("no code");
        ANYBODY.post(
                "/api/public/PasswordReset",
                Map.of("email", world.solo().email(), "code", "none", "newPassword", "the tide turns at noon"));
        TestClient.of(world.solo()).post("/api/admin/2fatokensetup?action=disable", Map.of("password", "wrong"));
        world.writeDenials();
        assertThat(world.select(
                        "SELECT target FROM audit_events WHERE action = 'AccessDenied' AND identity_id = ?",
                        world.solo().identity().toString()))
                .contains("second factor", "current password");
        assertThat(world.select("SELECT target FROM audit_events WHERE action = 'AccessDenied'"))
                .contains("password reset code");
    }

    @Test
    void aDeviceIsNewsOnceAlsoThroughTheSecondStep() {
        var ready = factors.with(world.solo(), FactorKind.TOTP);
        var phone = ANYBODY.with("User-Agent", "Mozilla/5.0 (iPhone) Safari/605");
        var desk = ANYBODY.with("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140");
        int used = 0;
        for (TestClient device : List.of(desk, phone, phone, desk)) {
            Answer in = device.post(
                    "/api/public/2fatoken?action=verify",
                    Map.of("sessionId", begin(), "token", ready.backupCodes().get(used++)));
            assertThat(in.status()).as(in.toString()).isEqualTo(200);
        }
        assertThat(world.select(
                        "SELECT id FROM mails WHERE recipient = ? AND subject LIKE 'New sign-in%'",
                        world.solo().email()))
                .as("the first is none, the second is one")
                .hasSize(1);
    }
}
