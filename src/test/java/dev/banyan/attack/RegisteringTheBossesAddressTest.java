package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// A stranger gets the boss’s address onto a user with a password of their own, and waits until the boss signs in at
/// the company’s provider: then the user is an admin, or an owner.
@QuarkusTest
class RegisteringTheBossesAddressTest extends SsoVictims {

    private static final String STRANGE = "the strangers own password";

    private Answer register(String username, String email) {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/register",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "email",
                                email,
                                "username",
                                username,
                                "password",
                                STRANGE));
    }

    private void theBossComesAndTheStrangerIsOut(TestClient session) {
        setUpWorkspace(Map.of("linkedPasswords", true));
        atProvider("1", BOSS, "bosses");
        Answer in = enterWorkspace(boss, "1");
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        assertThat(boss.role(sales)).isEqualTo("admin");
        assertThat(session.get("/api/sub-client/me?shortPath=" + sales.shortPath())
                        .status())
                .as("the stranger’s session")
                .isEqualTo(401);
        assertThat(loginToWorkspace(email(BOSS), STRANGE).status())
                .as("the stranger’s password")
                .isEqualTo(401);
        assertThat(world.count(
                        "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ? AND email = ? AND"
                                + " email_proved_by = 'provider'",
                        sales.id().value(),
                        email(BOSS)))
                .isEqualTo(1);
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ?",
                        sales.id().value()))
                .contains("WorkspaceUserTakenOver");
        assertThat(mailsTo(owner.email())).contains("A user of Sales Team was recognized by email");
    }

    @Test
    void inTheWorkspace() {
        Answer registered = register("stranger", email(BOSS));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        theBossComesAndTheStrangerIsOut(TestClient.withBearer(
                registered.json().at("/data/session/token").asText()));
    }

    @Test
    void withAnAdminsApproval() {
        world.sql(
                "UPDATE projects SET registration_proof = 'approval' WHERE id = ?",
                sales.project().value().toString());
        assertThat(register("stranger", email(BOSS))
                        .json()
                        .at("/data/waits_for")
                        .asText())
                .isEqualTo("approval");
        String id = world.select(
                        "SELECT id FROM workspace_registrations WHERE sub_client_id = ?",
                        sales.id().value())
                .getFirst();
        Answer approved = agency.post(
                "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/registrations/" + id + "/approve",
                Map.of());
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(loginToWorkspace("stranger", STRANGE).status()).isEqualTo(200);
        theBossComesAndTheStrangerIsOut(TestClient.anonymous());
    }

    @Test
    void withAKeyOfTheAccount() {
        var key = agency.post(
                        "/api/admin/apikeyscreate",
                        Map.of("name", "Import", "permissions", List.of("manage:workspaces")))
                .json()
                .at("/key/key")
                .asText();
        Answer added = TestClient.withBearer(key)
                .post(
                        "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/users",
                        Map.of("username", "stranger", "email", email(BOSS), "password", STRANGE, "role", "user"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(loginToWorkspace("stranger", STRANGE).status()).isEqualTo(200);
        theBossComesAndTheStrangerIsOut(TestClient.anonymous());
    }

    @Test
    void byChangingAnAddressThatWasProved() {
        var stranger = world.guest(world.context(owner), sales, "stranger", WorkspaceRole.USER);
        TestClient session = TestClient.of(stranger);
        Answer changed =
                session.put("/api/sub-client/me", Map.of("email", email(BOSS), "currentPassword", TestWorld.PASSWORD));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(loginToWorkspace(email(BOSS), TestWorld.PASSWORD).status()).isEqualTo(200);
        theBossComesAndTheStrangerIsOut(session);
        assertThat(loginToWorkspace(email(BOSS), TestWorld.PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void withAnInvitationLinkThatTheSenderSaw() {
        Answer invited = agency.post(
                "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/invitations",
                Map.of("email", email(BOSS), "role", "user"));
        String token = world.select("SELECT body FROM mails WHERE recipient = ?", email(BOSS))
                .getFirst()
                .replaceAll("(?s).*/invitation/(\\S+).*", "$1");
        Answer used = TestClient.anonymous()
                .post(
                        "/api/sub-client/invitation",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "token",
                                token,
                                "username",
                                "stranger",
                                "password",
                                STRANGE));
        assertThat(used.status()).as(invited + " " + used).isEqualTo(201);
        theBossComesAndTheStrangerIsOut(TestClient.anonymous());
    }

    @Test
    void butWhoIsProvedKeepsThePasswordWhereTheSettingsSaySo() {
        var known = world.guest(world.context(owner), sales, BOSS + "_here", WorkspaceRole.USER);
        setUpWorkspace(Map.of("linkedPasswords", true));
        provider.put(provider.person("1", BOSS, "bosses").with("email", known.email()));
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        assertThat(boss.me(sales).json().at("/data/user/id").asInt()).isEqualTo(known.id());
        assertThat(loginToWorkspace(known.username(), TestWorld.PASSWORD).status())
                .isEqualTo(200);
        assertThat(TestClient.of(known).get("/api/sub-client/me").status()).isEqualTo(200);

        setUpWorkspace(Map.of());
        assertThat(loginToWorkspace(known.username(), TestWorld.PASSWORD).status())
                .as("a person of the provider")
                .isEqualTo(403);
        assertThat(TestClient.of(known).get("/api/sub-client/me").status()).isEqualTo(401);
        assertThat(boss.isIn(sales)).isTrue();
    }

    @Test
    void theEmergencyAdminIsNotTakenOver() {
        assertThat(register("stranger", email(BOSS)).status()).isEqualTo(201);
        world.sql(
                "UPDATE sub_client_users SET role = 'admin' WHERE sub_client_id = ?",
                sales.id().value());
        setUpWorkspace(Map.of("passwordSignIn", false, "emergencyAdmin", "stranger"));
        atProvider("1", BOSS, "bosses");
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(403);
        assertThat(loginToWorkspace("stranger", STRANGE).status()).isEqualTo(200);
    }

    @Test
    void atTheAccount() {
        setUpAccount(Map.of("linkedPasswords", true));
        Answer registered = TestClient.anonymous()
                .post(
                        "/api/register",
                        Map.of("email", email(BOSS), "username", world.name("stranger"), "password", STRANGE));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        TestClient stranger = TestClient.withSession(registered.sessionToken());
        assertThat(stranger.get("/api/me").status()).isEqualTo(200);

        atProvider("1", BOSS, "bosses");
        Answer in = enterAccount(boss, "1");
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        assertThat(isInAccount(boss)).isTrue();
        assertThat(world.select(
                        "SELECT role FROM memberships JOIN identities ON identities.id = identity_id WHERE tenant_id = ?"
                                + " AND email = ?",
                        owner.account().toString(),
                        email(BOSS)))
                .containsExactly("owner");
        assertThat(stranger.get("/api/me").status()).isEqualTo(401);
        assertThat(loginToAccount(email(BOSS), STRANGE).status()).isEqualTo(401);
        assertThat(mailsTo(owner.email())).contains("A person was recognized by their email");
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE tenant_id = ?",
                        owner.account().toString()))
                .contains("MemberTakenOver");
    }

    @Test
    void linksOfBeforeAreCutAndMadeAgainAtTheNextSignIn() {
        assertThat(register("stranger", email(BOSS)).status()).isEqualTo(201);
        setUpWorkspace(Map.of("linkedPasswords", true, "linkByEmail", false));
        world.sql(
                "INSERT INTO workspace_sso_cut_links (sub_client_id, issuer, subject, tenant_id, user_id, email,"
                        + " linked_at, cut_at) SELECT sub_client_id, ?, '1', tenant_id, id, email, 1, 2 FROM"
                        + " sub_client_users WHERE sub_client_id = ?",
                provider.issuer(),
                sales.id().value());
        people.tellCutLinks();
        assertThat(mailsTo(owner.email())).contains("A user of Sales Team signs in again");
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ?",
                        sales.id().value()))
                .contains("WorkspaceUserUnlinked");
        assertThat(agency.get(WorkspacePaths.workspace(sales.project(), sales.id()) + "/settings/sso")
                        .text())
                .contains("Have to sign in again", email(BOSS));
        assertThat(loginToWorkspace("stranger", STRANGE).status())
                .as("until the boss came")
                .isEqualTo(403);
        atProvider("1", BOSS, "bosses");
        assertThat(enterWorkspace(boss, "1").status()).isEqualTo(303);
        assertThat(loginToWorkspace("stranger", STRANGE).status()).isEqualTo(401);
        assertThat(world.count(
                        "SELECT count(*) FROM workspace_sso_cut_links WHERE sub_client_id = ?",
                        sales.id().value()))
                .isZero();
        assertThat(TestClient.anonymous().get("/metrics").text()).contains("banyan_sso_links_cut_total");
    }
}
