package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.sso.FakeOidc;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An admin of a workspace points its assistant and its mails at servers of their own and makes users, then is removed
/// or becomes a usual user. All of it works for the workspace, so it stays, and the other admins hear of it.
@QuarkusTest
class HearingOnAfterLosingAWorkspaceTest {

    @Inject
    NumberRooms rooms;

    private Workspace sales;
    private TestClient acme;
    private Guest leila;
    private Guest amira;

    @BeforeEach
    void aWorkspaceWithTwoAdmins() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        leila = guest("leila");
        amira = guest("amira");
        rooms.world().sql("DELETE FROM mails");
    }

    private Guest guest(String name) {
        TestWorld world = rooms.world();
        return world.guest(world.context(world.acme()), sales, name, WorkspaceRole.ADMIN);
    }

    private String api() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
    }

    private void setsUpAMailServer(Guest admin, String host) {
        Answer changed = TestClient.of(admin).cookieAsBearer().put(api() + "/mail", mailServer(host));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private static Map<String, Object> mailServer(String host) {
        return Map.of(
                "host", host, "port", 2525, "security", "none", "from", "sales@acme.example", "fromName", "Sales");
    }

    private void makesUsers(Guest admin, int many) {
        for (int i = 0; i < many; i++) {
            Answer added = TestClient.of(admin)
                    .cookieAsBearer()
                    .post(
                            api() + "/users",
                            Map.of(
                                    "username",
                                    "way_in_" + i,
                                    "email",
                                    "way-in-" + i + "@example.com",
                                    "password",
                                    TestWorld.PASSWORD,
                                    "role",
                                    "user"));
            assertThat(added.status()).as(added.toString()).isBetween(200, 201);
        }
    }

    private List<String> mailsTo(String email) {
        return rooms.world()
                .select("SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Look at what%'", email);
    }

    @Test
    void theOtherAdminsReadWhatSomeoneLeavesBehind() {
        setsUpAMailServer(leila, "127.0.0.1");
        setsUpAMailServer(amira, "localhost");
        makesUsers(leila, 7);
        assertThat(acme.delete(api() + "/users/" + leila.id()).status()).isEqualTo(200);

        assertThat(mailsTo(leila.email())).isEmpty();
        assertThat(mailsTo(amira.email()))
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("“leila” (leila@guests.example) is no longer an admin of the workspace “Sales Team”")
                        .contains("Changed the mail server of a workspace to 127.0.0.1")
                        .doesNotContain("localhost")
                        .as("many acts of one kind hide no other")
                        .contains("Added a user, way_in_6, to a workspace", "Added a user to a workspace: 2 more")
                        .contains("/audit"));
    }

    @Test
    void soTheyDoWhenTheRoleEnds() {
        setsUpAMailServer(leila, "127.0.0.1");
        Answer changed = TestClient.of(amira)
                .cookieAsBearer()
                .put(api() + "/users/" + leila.id() + "/role", Map.of("role", "agent"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(mailsTo(amira.email())).hasSize(1);

        assertThat(acme.delete(api() + "/users/" + leila.id()).status()).isEqualTo(200);
        assertThat(mailsTo(amira.email())).as("known already").hasSize(1);
    }

    @Test
    void soTheyDoWhenTheSignInProviderTakesTheRole() {
        var provider = new FakeOidc();
        try (provider) {
            Answer saved = acme.put(
                    api() + "/sso",
                    Map.of(
                            "kind",
                            "oidc",
                            "issuer",
                            provider.issuer(),
                            "clientId",
                            FakeOidc.CLIENT,
                            "clientSecret",
                            FakeOidc.SECRET,
                            "roles",
                            Map.of("bosses", "admin", "sellers", "agent")));
            assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
            provider.person("1", "farid", "bosses");
            Answer changed = signedIn(provider).put(api() + "/mail", mailServer("localhost"));
            assertThat(changed.status()).as(changed.toString()).isEqualTo(200);

            provider.person("1", "farid", "sellers");
            signedIn(provider);
            assertThat(mailsTo(amira.email()))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail).contains("localhost"));
        }
    }

    private SsoBrowser signedIn(FakeOidc provider) {
        var browser = new SsoBrowser();
        Answer in = browser.signIn(provider, sales, "1");
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        return browser;
    }

    @Test
    void nothingIsSaidOfThoseWhoSetNothingUp() {
        assertThat(acme.delete(api() + "/users/" + leila.id()).status()).isEqualTo(200);
        assertThat(mailsTo(amira.email())).isEmpty();
    }
}
