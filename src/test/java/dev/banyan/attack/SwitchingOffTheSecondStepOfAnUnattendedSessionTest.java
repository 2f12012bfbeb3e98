package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The LinkToMe client switches two-step sign-in off without a password. An attacker with an open session or a key must
/// not be able to do that.
@QuarkusTest
class SwitchingOffTheSecondStepOfAnUnattendedSessionTest {

    private static final String DISABLE = "/api/admin/2fatokensetup?action=disable";
    private static final Map<String, String> AS_THE_CLIENT_DOES = Map.of("type", "totp");

    private final TestWorld world;
    private final TestClock clock;

    private TestClient session = TestClient.anonymous();

    SwitchingOffTheSecondStepOfAnUnattendedSessionTest(TestWorld world, TestClock clock) {
        this.world = world;
        this.clock = clock;
    }

    @BeforeEach
    void theSecondStepIsOn() {
        session = TestClient.of(world.solo());
        world.sql(
                "INSERT INTO second_factors (identity_id, totp_enabled, email_enabled, totp_secret, totp_step,"
                        + " passkey_enabled, added_at, updated_at) VALUES (?, 1, 0, 'sealed', 0, 0, 1, ?)",
                world.solo().identity().toString(),
                clock.instant().toEpochMilli());
    }

    private boolean isOn() {
        return session.get("/api/me").json().at("/data/user/twoFactorEnabled").asBoolean();
    }

    @Test
    void isRefusedAndSaysWhereThePasswordIsTaken() {
        world.sql(
                "UPDATE sessions SET proved_at = proved_at - 960000 WHERE token_hash = ?",
                Digests.sha256Hex(world.solo().token()));
        Answer refused = session.post(DISABLE, AS_THE_CLIENT_DOES);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(refused.error()).contains("you need your password", "http", "/admin/settings/second-factor");
        assertThat(refused.json().path("reauthenticate").asBoolean()).isTrue();
        assertThat(session.post(DISABLE, Map.of("type", "totp", "password", "")).status())
                .isEqualTo(403);
        assertThat(session.post(DISABLE, Map.of("type", "totp", "password", "a guess of mine"))
                        .status())
                .isEqualTo(400);
        assertThat(isOn()).isTrue();

        assertThat(session.post("/api/confirm", Map.of("password", TestWorld.PASSWORD))
                        .status())
                .as("the owner comes back")
                .isEqualTo(200);
        assertThat(session.post(DISABLE, AS_THE_CLIENT_DOES).status()).isEqualTo(200);
        assertThat(isOn()).isFalse();
    }

    @Test
    void isRefusedToAKey() {
        world.tier(world.solo(), Tier.PRO);
        String key = session.post(
                        "/api/admin/apikeyscreate", Map.of("name", "Mine", "permissions", List.of("read:profile")))
                .json()
                .at("/key/key")
                .asText();
        assertThat(key).isNotEmpty();
        for (String path : List.of(DISABLE, "/v1/2fatokensetup?action=disable")) {
            assertThat(TestClient.withBearer(key).post(path, AS_THE_CLIENT_DOES).status())
                    .as(path)
                    .isIn(401, 403, 404);
        }
        assertThat(isOn()).isTrue();
    }

    @Test
    void worksForOwnersWhoHaveJustSignedIn() {
        Answer off = session.post(DISABLE, AS_THE_CLIENT_DOES);
        assertThat(off.toString()).isEqualTo("200 {\"emailEnabled\":false,\"totpEnabled\":false}");
        assertThat(isOn()).isFalse();
    }
}
