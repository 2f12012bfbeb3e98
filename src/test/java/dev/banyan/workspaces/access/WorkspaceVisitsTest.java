package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People of the project's side enter a workspace without a user of their own.
@QuarkusTest
class WorkspaceVisitsTest {

    @Inject
    ChatRooms rooms;

    private TestWorld world;
    private Workspace sales;
    private String tab;
    private String home;

    @BeforeEach
    void thereIsAWorkspace() {
        world = rooms.world();
        sales = rooms.workspace("Sales Team");
        tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id();
        home = "/s/" + sales.shortPath();
    }

    private String asAcme() {
        return "?as=" + world.acme().username();
    }

    private static TestClient inside(TestWorld.Person person, Answer entered) {
        String cookie = entered.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return TestClient.anonymous().with("Cookie", "banyan_session=" + person.token() + "; " + cookie);
    }

    @Test
    void theOwnerEntersAndIsSeenToBeOne() {
        TestClient acme = TestClient.of(world.acme());
        assertThat(acme.get(home + "/inbox").location())
                .as("entering is an act of its own")
                .startsWith(home + "/login?");

        Answer entered = acme.get(tab + "/inbox" + asAcme());

        assertThat(entered.location()).isEqualTo(home + "/inbox");
        assertThat(world.count(
                        "SELECT count(*) FROM audit_events WHERE action = 'WorkspaceEntered' AND target = ?",
                        sales.id().value()))
                .isEqualTo(1);
        TestClient owner = inside(world.acme(), entered);
        for (String page : new String[] {"/inbox", "/users", "/invitations", "/whatsapp", "/assistant", "/settings"}) {
            Answer answer = owner.get(home + page);
            assertThat(answer.status()).as(page).isEqualTo(200);
            assertThat(answer.text()).as(page).contains("You are here as owner of the project", "Leave workspace");
        }
        assertThat(owner.get(home + "/chat").location())
                .as("conversations with the assistant belong to users")
                .isEqualTo(home + "/inbox");
        assertThat(owner.get(home + "/inbox").text()).doesNotContain(home + "/chat\"", home + "/profile");
        assertThat(owner.form(
                                home + "/users",
                                "username",
                                "lina",
                                "email",
                                "lina@sales.example",
                                "password",
                                TestWorld.PASSWORD,
                                "role",
                                "agent")
                        .location())
                .contains("done=user-added");
        assertThat(world.count(
                        "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                        sales.id().value()))
                .as("no user was made for the owner")
                .isEqualTo(1);

        Answer left = owner.form(home + "/leave", Map.of());
        assertThat(left.location()).isEqualTo(tab + asAcme());
        assertThat(left.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }

    @Test
    void theCookieAloneOpensNothing() {
        Answer entered = TestClient.of(world.acme()).get(tab + "/inbox" + asAcme());
        assertThat(inside(world.rival(), entered).get(home + "/inbox").location())
                .startsWith(home + "/login?");
        String cookie = entered.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(TestClient.anonymous()
                        .with("Cookie", cookie)
                        .get(home + "/users")
                        .location())
                .startsWith(home + "/login?");
        assertThat(TestClient.of(world.rival())
                        .get(tab + "/inbox?as=" + world.rival().username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void managersEnterIfTheirRoleIncludesWorkspaces() {
        world.confirm(world.acme());
        world.confirm(world.solo());
        TestClient acme = TestClient.of(world.acme());
        acme.form(
                "/admin/users/people",
                Map.of(
                        "as",
                        world.acme().username(),
                        "email",
                        world.solo().email(),
                        "role",
                        "manager",
                        "scope",
                        "all",
                        "workspaces",
                        "true"));
        TestClient solo = TestClient.of(world.solo());
        solo.form("/admin/invitations/" + world.acme().account() + "/accept", Map.of());

        Answer entered = solo.get(tab + "/inbox" + asAcme());

        TestClient manager = inside(world.solo(), entered);
        assertThat(manager.get(home + "/inbox").text()).contains("You are here as manager of the project");
        acme.form(
                "/admin/users/people/" + world.solo().identity(),
                Map.of("as", world.acme().username(), "role", "manager", "scope", "all"));
        assertThat(manager.get(home + "/inbox").location())
                .as("the right is checked on every request")
                .startsWith(home + "/login?");
        assertThat(solo.get(tab + "/inbox" + asAcme()).status()).isEqualTo(403);
    }
}
