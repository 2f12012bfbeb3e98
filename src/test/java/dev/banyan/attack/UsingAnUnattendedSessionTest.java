package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// An attacker uses a browser in which the owner signed in a while ago, or its cookie.
@QuarkusTest
class UsingAnUnattendedSessionTest {

    private static final Map<String, ?> KEY = Map.of("name", "Mine", "permissions", List.of("read:pages"));

    private final TestWorld world;

    UsingAnUnattendedSessionTest(TestWorld world) {
        this.world = world;
    }

    @Test
    void makesNoKeyThroughTheApi() {
        TestClient found = unattended();
        Answer answer = found.post("/api/admin/apikeyscreate", KEY);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("reauthenticate").asBoolean()).isTrue();
        assertThat(answer.error()).contains("/api/confirm", "/login/confirm");
        assertThat(answer.json().has("success")).isFalse();

        Answer guess = found.post("/api/confirm", Map.of("password", "a guess of mine"));
        assertThat(guess.status()).isEqualTo(400);
        assertThat(guess.error()).isEqualTo("Current password is incorrect");
        assertThat(found.post("/api/admin/apikeyscreate", KEY).status()).isEqualTo(403);

        assertThat(found.post("/api/confirm", Map.of("password", TestWorld.PASSWORD))
                        .status())
                .as("the owner comes back")
                .isEqualTo(200);
        assertThat(found.post("/api/admin/apikeyscreate", KEY).status()).isEqualTo(201);
    }

    @Test
    void makesNoOwnerThroughThePages() {
        TestClient found = unattended();
        Answer asked = found.with("Referer", TestServer.uri() + "/admin/users/people/new")
                .form("/admin/users/people", "email", "mallory@people.example", "role", "owner");
        assertThat(asked.status()).isEqualTo(303);
        assertThat(asked.location()).isEqualTo("/login/confirm?next=%2Fadmin%2Fusers%2Fpeople%2Fnew");
        Answer page = found.get(asked.location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Confirm it’s you", world.acme().email());

        Answer wrong = found.form("/login/confirm", "password", "a guess of mine", "next", "/admin/users/people/new");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("That password is incorrect.", "/admin/users/people/new");
        assertThat(found.get("/admin/users/people/new").location()).startsWith("/login/confirm");

        Answer right = found.form("/login/confirm", "password", TestWorld.PASSWORD, "next", "/admin/users/people/new");
        assertThat(right.location()).isEqualTo("/admin/users/people/new");
        assertThat(found.get("/admin/users/people/new").status()).isEqualTo(200);
        assertThat(found.form("/login/confirm", "password", TestWorld.PASSWORD, "next", "//evil.example/")
                        .location())
                .isEqualTo("/");
    }

    @Test
    void isLedAwayFromADialogToo() {
        Answer answer = unattended()
                .with("HX-Request", "true")
                .with("HX-Current-URL", TestServer.uri() + "/admin/users")
                .get("/admin/users/people/new");
        assertThat(answer.header("HX-Redirect")).contains("/login/confirm?next=%2Fadmin%2Fusers");
    }

    @Test
    void confirmsNothingWithoutASession() {
        assertThat(TestClient.anonymous()
                        .post("/api/confirm", Map.of("password", TestWorld.PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(TestClient.anonymous().get("/login/confirm").location()).startsWith("/login?next=");
    }

    @Test
    void keepsNoSessionAliveForMoreThanThirtyDays() {
        String token = world.acme().token();
        String hash = Digests.sha256Hex(token);
        age("sessions", hash, Duration.ofDays(29));
        Answer renewed = TestClient.withSession(token).get("/api/me");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.header("Set-Cookie").orElseThrow()).contains("Max-Age=86400;");
        assertThat(world.count("SELECT (expires_at - created_at) / 86400000 FROM sessions WHERE token_hash = ?", hash))
                .isEqualTo(30);

        Answer rotated = TestClient.withSession(token).post("/api/public/RefreshToken", Map.of());
        assertThat(rotated.header("Set-Cookie").orElseThrow()).contains("Max-Age=86400;");
        String fresh = rotated.sessionToken();
        assertThat(world.count(
                        "SELECT (expires_at - created_at) / 86400000 FROM sessions WHERE token_hash = ?",
                        Digests.sha256Hex(fresh)))
                .isEqualTo(30);
    }

    @Test
    void keepsNoSessionInAWorkspaceAliveForMoreThanThirtyDays() {
        TestWorld.Guest guest = world.salesUser();
        String hash = Digests.sha256Hex(guest.token());
        age("workspace_sessions", hash, Duration.ofDays(29));
        Answer renewed = TestClient.of(guest).get("/s/" + guest.workspace().shortPath());
        assertThat(renewed.header("Set-Cookie").orElseThrow()).contains("Max-Age=86400;");
        assertThat(world.count(
                        "SELECT (expires_at - created_at) / 86400000 FROM workspace_sessions WHERE token_hash = ?",
                        hash))
                .isEqualTo(30);
    }

    private TestClient unattended() {
        String token = world.acme().token();
        world.sql("UPDATE sessions SET proved_at = proved_at - 960000 WHERE token_hash = ?", Digests.sha256Hex(token));
        return TestClient.withSession(token);
    }

    private void age(String table, String hash, Duration by) {
        world.sql(
                "UPDATE " + table + " SET created_at = created_at - ?, renewed_at = renewed_at - 7200000"
                        + " WHERE token_hash = ?",
                by.toMillis(),
                hash);
    }
}
