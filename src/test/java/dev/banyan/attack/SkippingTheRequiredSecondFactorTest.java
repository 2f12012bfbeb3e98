package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Signing in with only a password to an account whose owners require a second factor.
@QuarkusTest
class SkippingTheRequiredSecondFactorTest {

    private static final Map<String, Boolean> REQUIRED = Map.of("required", true);

    private final TestWorld world;

    SkippingTheRequiredSecondFactorTest(TestWorld world) {
        this.world = world;
    }

    @Test
    void opensNothingButTheSetUpOfOne() {
        String north = world.north().username();
        TestClient owner = TestClient.of(world.acme());
        assertThat(owner.put("/api/admin/RequireSecondFactor", REQUIRED).error())
                .as("an owner without one")
                .isEqualTo("Set up two-step verification or a passkey for yourself first");
        require(true);

        for (String path : new String[] {
            "/api/admin/GetPages", "/api/admin/GetLinks", "/api/admin/GetSubAccounts", "/api/admin/UserManagerList"
        }) {
            Answer refused = owner.get(path);
            assertThat(refused.status()).as(path + ": " + refused).isEqualTo(403);
            assertThat(refused.error()).contains("/admin/settings/second-factor");
        }
        assertThat(owner.get("/api/admin/GetPages?subAccountId=" + world.north().id())
                        .status())
                .as("a brand")
                .isEqualTo(403);
        assertThat(owner.get("/api/projects").status()).isEqualTo(403);
        assertThat(owner.post(
                                "/api/admin/SwitchToSubAccount",
                                Map.of("subAccountId", world.north().id().toString()))
                        .status())
                .isEqualTo(403);
        for (String page :
                new String[] {"/admin/dashboard", "/admin/users?as=" + north, "/admin/settings", "/projects"}) {
            Answer led = owner.get(page);
            assertThat(led.status()).as(page + ": " + led).isEqualTo(303);
            assertThat(led.location()).startsWith("/admin/settings/second-factor?");
            assertThat(owner.get(led.location()).status()).as(led.location()).isEqualTo(200);
        }
        Answer page = owner.get(owner.get("/admin/dashboard").location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Set up two-step verification to continue.");
        assertThat(owner.get("/admin/settings/passkeys").status()).isEqualTo(200);
        assertThat(owner.post("/api/admin/2fatokensetup?action=setup", Map.of("type", "totp"))
                        .status())
                .isEqualTo(200);
        assertThat(TestClient.of(world.rival()).get("/api/admin/GetPages").status())
                .as("somebody else's account")
                .isEqualTo(200);
    }

    @Test
    void isOverOnceThereIsOne() {
        TestClient owner = TestClient.of(world.acme());
        require(true);
        assertThat(owner.get("/api/admin/GetPages").status()).isEqualTo(403);
        world.sql(
                "INSERT INTO passkeys (credential_id, identity_id, name, public_key, sign_count, transports, created_at)"
                        + " VALUES (?, ?, 'Laptop', 'AA', 0, '', 0)",
                world.name("credential"),
                world.acme().identity().toString());
        assertThat(owner.get("/api/admin/GetPages").status())
                .as("a passkey counts")
                .isEqualTo(200);
        assertThat(owner.put("/api/admin/RequireSecondFactor", Map.of("required", false))
                        .json()
                        .path("required")
                        .asBoolean(true))
                .isFalse();
        assertThat(owner.put("/api/admin/RequireSecondFactor", REQUIRED).status())
                .isEqualTo(200);
        assertThat(owner.put("/api/admin/RequireSecondFactor", Map.of()).status())
                .isEqualTo(400);
        Answer form =
                owner.form("/admin/users/second-factor", "as", world.acme().username(), "required", "false");
        assertThat(form.location()).endsWith("done=second-factor-optional");
        assertThat(world.count(
                        "SELECT count(*) FROM accounts WHERE id = ? AND is_second_factor_required = 1",
                        world.acme().account().toString()))
                .isZero();
    }

    private void require(boolean required) {
        world.sql(
                "UPDATE accounts SET is_second_factor_required = ? WHERE id = ?",
                required ? 1 : 0,
                world.acme().account().toString());
    }
}
