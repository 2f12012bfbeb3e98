package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Someone who came from the company’s provider leaves, is switched off there, and tries to stay in here with the old
/// role: by a new password, a link, a session, a key or an invitation to a private address.
@QuarkusTest
class ComingBackAfterLeavingTheCompanyTest extends SsoVictims {

    private static final String NEW = "a password for later on";

    private String users() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/users";
    }

    private int comesIn() {
        atProvider("1", BOSS, "bosses");
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        return boss.me(sales).json().at("/data/user/id").asInt();
    }

    @Test
    void byForgettingAPasswordInTheWorkspace() {
        setUpWorkspace(Map.of());
        int id = comesIn();
        provider.switchOff("1");
        recheck();
        assertThat(boss.isIn(sales)).isFalse();

        var other = world.guest(world.context(owner), sales, "other_one", dev.banyan.workspaces.WorkspaceRole.USER);
        Answer asked = forgot(BOSS);
        assertThat(asked.status()).isEqualTo(forgot("nobody_here").status());
        assertThat(asked.text()).isEqualTo(forgot("nobody_here").text());
        forgot(other.username());
        Eventually.until(() -> mailsTo(other.email()), mails -> !mails.isEmpty());
        assertThat(mailsTo(email(BOSS))).isEmpty();

        Answer link = agency.post(users() + "/" + id + "/password-link", Map.of());
        assertThat(link.status()).as(link.toString()).isEqualTo(400);
        assertThat(link.text()).contains("signs in with single sign-on");
        assertThat(world.count("SELECT count(*) FROM workspace_invitations WHERE user_id = ?", id))
                .isZero();
    }

    private Answer forgot(String name) {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/forgot-password",
                        Map.of("shortPath", sales.shortPath(), "usernameOrEmail", name));
    }

    @Test
    void byAPasswordThatTheSettingsAllowed() {
        setUpWorkspace(Map.of("linkedPasswords", true));
        int id = comesIn();
        Answer link = agency.post(users() + "/" + id + "/password-link", Map.of());
        assertThat(link.status()).as(link.toString()).isEqualTo(200);
        String token = world.select("SELECT body FROM mails WHERE recipient = ?", email(BOSS))
                .getFirst()
                .replaceAll("(?s).*/invitation/(\\S+).*", "$1");
        Answer used = TestClient.anonymous()
                .post(
                        "/api/sub-client/invitation",
                        Map.of("shortPath", sales.shortPath(), "token", token, "password", NEW));
        assertThat(used.status()).as(used.toString()).isEqualTo(201);
        // The new password ended the provider’s session.
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        Answer byPassword = loginToWorkspace(BOSS, NEW);
        assertThat(byPassword.status()).isEqualTo(200);
        TestClient session = TestClient.withBearer(
                byPassword.json().at("/data/session/token").asText());
        assertThat(boss.isIn(sales))
                .as("in use: one that rests isn't asked about")
                .isTrue();

        provider.switchOff("1");
        recheck();
        assertThat(boss.isIn(sales)).isFalse();
        assertThat(session.get("/api/sub-client/me?shortPath=" + sales.shortPath())
                        .status())
                .as("the session of the password")
                .isEqualTo(401);
        assertThat(loginToWorkspace(BOSS, NEW).status()).isEqualTo(403);
        assertThat(agency.post(users() + "/" + id + "/password-link", Map.of()).status())
                .isEqualTo(400);
    }

    @Test
    void byAKeyAndAnInvitationToAPrivateAddress() {
        setUpWorkspace(Map.of());
        comesIn();
        String base = "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
        Answer made = boss.post(base + "/api-keys", Map.of("name", "Later", "permissions", List.of("users")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String key = made.text().replaceAll("(?s).*(wsk_[A-Za-z0-9_]+).*", "$1");
        TestClient program = TestClient.withBearer(key);
        assertThat(program.get(base + "/users").status()).isEqualTo(200);
        String home = world.name("home") + "@private.example";
        Answer invited = boss.post(base + "/invitations", Map.of("email", home, "role", "admin"));
        assertThat(invited.status()).as(invited.toString()).isLessThan(300);
        String token = world.select("SELECT body FROM mails WHERE recipient = ?", home)
                .getFirst()
                .replaceAll("(?s).*/invitation/(\\S+).*", "$1");

        atProvider("1", BOSS); // no group any more
        recheck();
        assertThat(boss.isIn(sales)).isFalse();
        assertThat(program.get(base + "/users").status()).as("the key").isIn(401, 403);
        Answer used = TestClient.anonymous()
                .post(
                        "/api/sub-client/invitation",
                        Map.of("shortPath", sales.shortPath(), "token", token, "username", "homer", "password", NEW));
        assertThat(used.status()).as("the invitation").isEqualTo(404);

        atProvider("1", BOSS, "bosses");
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        assertThat(program.get(base + "/users").status()).as("back again").isEqualTo(200);
    }

    @Test
    void byForgettingAPasswordAtTheAccount() {
        setUpAccount(Map.of());
        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        assertThat(isInAccount(boss))
                .as("in use: one that rests isn't asked about")
                .isTrue();
        provider.switchOff("1");
        recheck();
        assertThat(isInAccount(boss)).isFalse();

        Answer asked = TestClient.anonymous().post("/api/public/PasswordReset", Map.of("email", email(BOSS)));
        Answer unknown =
                TestClient.anonymous().post("/api/public/PasswordReset", Map.of("email", email("nobody-here")));
        assertThat(asked.status()).isEqualTo(unknown.status());
        assertThat(asked.text()).isEqualTo(unknown.text());
        List<String> mails = Eventually.until(() -> mailsTo(email(BOSS)), found -> !found.isEmpty());
        assertThat(mails).containsExactly("How you sign in to Banyan");
        assertThat(world.select("SELECT body FROM mails WHERE recipient = ?", email(BOSS))
                        .getFirst())
                .contains("/sso/" + owner.username())
                .doesNotContain("reset-password");
    }

    @Test
    void byAPasswordOfBeforeAtTheAccount() {
        world.sql(
                "UPDATE identities SET email = ?, email_confirmed_at = 1 WHERE email = ?", email(BOSS), owner.email());
        var other = world.agency("mate");
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, workspaces_enabled, created_at)"
                        + " SELECT ?, id, 'owner', 'all', 0, 1 FROM identities WHERE email = ?",
                owner.account().toString(),
                other.email());
        setUpAccount(Map.of());
        TestClient session = TestClient.withSession(
                loginToAccount(email(BOSS), TestWorld.PASSWORD).sessionToken());
        assertThat(session.get("/api/me").status()).isEqualTo(200);
        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        assertThat(session.get("/api/me").status()).as("opened by a password").isEqualTo(401);
        assertThat(loginToAccount(email(BOSS), TestWorld.PASSWORD).status()).isEqualTo(403);
        Answer moved = boss.put(
                "/admin/UpdateEmail", Map.of("newEmail", "home@private.example", "password", TestWorld.PASSWORD));
        assertThat(moved.status()).as("away from the provider: " + moved).isEqualTo(400);
        assertThat(world.count(
                        "SELECT count(*) FROM email_changes JOIN identities ON id = identity_id WHERE"
                                + " identities.email = ?",
                        email(BOSS)))
                .isZero();
        clock.forward(Duration.ofSeconds(1));
    }
}
