package dev.banyan.workspaces.audit;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was done in a workspace, as its admins and the project's side read it.
@QuarkusTest
class WorkspaceAuditTest {

    @Inject
    TestWorld world;

    private Workspace room;
    private Workspace other;
    private TestClient acme;
    private Guest admin;

    @BeforeEach
    void twoWorkspacesOfOneProject() {
        var context = world.context(world.acme());
        room = world.workspace(context, world.project(), "Audited");
        other = world.workspace(context, world.project(), "Silent");
        acme = TestClient.withSession(world.newSession(world.acme().email()));
        admin = world.guest(context, room, "layla", WorkspaceRole.ADMIN);
        world.guest(context, other, "stranger", WorkspaceRole.ADMIN);
        // the world made them as the server; here a person of the project did
        world.changeAudit(
                world.acme().account(),
                "UPDATE audit_events SET identity_id = (SELECT id FROM identities WHERE email = ?), ip = '203.0.113.9'"
                        + " WHERE action IN ('WorkspaceCreated', 'WorkspaceUserAdded') AND ip = 'server' AND target IN (?, ?)",
                world.acme().email(),
                room.id().value(),
                other.id().value());
    }

    private static String of(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
    }

    private static List<JsonNode> entries(TestClient reader, Workspace workspace, String query) {
        Answer answer = reader.get(of(workspace) + "/audit" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/data/entries").valueStream().toList();
    }

    private static List<String> actions(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("action").asText()).toList();
    }

    @Test
    void anAdminReadsTheirWorkspaceAlone() {
        TestClient reader = TestClient.of(admin);
        assertThat(reader.post(
                                of(room) + "/users",
                                Map.of(
                                        "username",
                                        "omar",
                                        "email",
                                        "omar@guests.example",
                                        "password",
                                        TestWorld.PASSWORD))
                        .status())
                .isEqualTo(201);
        List<JsonNode> mine = entries(reader, room, "");
        assertThat(actions(mine))
                .containsExactly(
                        "WorkspaceUserAdded", "WorkspaceUserSignedIn", "WorkspaceUserAdded", "WorkspaceCreated");
        assertThat(mine.getFirst().path("who").asText()).isEqualTo("layla");
        assertThat(mine.getLast().path("who").asText()).isEqualTo("Project team");
        assertThat(mine.getLast().path("ip").asText()).isEmpty();
        assertThat(mine.toString())
                .doesNotContain(world.acme().email())
                .doesNotContain("stranger")
                .doesNotContain("Silent");
        assertThat(entries(acme, room, "").getLast().path("who").asText())
                .isEqualTo(world.acme().email());
        assertThat(reader.get(of(other) + "/audit").status()).isEqualTo(404);
        assertThat(TestClient.of(world.rival()).get(of(room) + "/audit").status())
                .isEqualTo(404);
    }

    @Test
    void wrongPasswordsAreCounted() {
        var wrong = Map.of("shortPath", room.shortPath(), "usernameOrEmail", "layla", "password", "wrong password");
        for (int i = 0; i < 3; i++) {
            assertThat(TestClient.anonymous()
                            .post("/api/sub-client/login", wrong)
                            .status())
                    .isEqualTo(401);
        }
        world.writeDenials();
        List<JsonNode> failed = entries(acme, room, "?action=WorkspaceSignInFailed");
        assertThat(failed.stream()
                        .mapToInt(entry -> entry.at("/details/times").asInt())
                        .sum())
                .isEqualTo(3);
        assertThat(failed.getFirst().path("who").asText()).isEqualTo("Not signed in");
        assertThat(failed.getFirst().path("ip").asText()).isNotEmpty();
        assertThat(entries(acme, other, "?action=WorkspaceSignInFailed")).isEmpty();
    }

    @Test
    void itIsSearchedByActionAndActor() {
        Answer made = TestClient.of(admin)
                .post(of(room) + "/api-keys", Map.of("name", "Robot", "permissions", List.of("users")));
        TestClient program = TestClient.withBearer(made.json().at("/data/key").asText());
        String key = made.json().at("/data/apiKey/id").asText();
        assertThat(program.post(
                                of(room) + "/users",
                                Map.of(
                                        "username",
                                        "omar",
                                        "email",
                                        "omar@guests.example",
                                        "password",
                                        TestWorld.PASSWORD))
                        .status())
                .isEqualTo(201);
        TestClient reader = TestClient.of(admin);

        assertThat(actions(entries(reader, room, "?actor=layla")))
                .containsExactly("WorkspaceKeyCreated", "WorkspaceUserSignedIn");
        assertThat(actions(entries(reader, room, "?actor=LAYLA@guests.example")))
                .hasSize(2);
        assertThat(entries(reader, room, "?actor=" + key))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("who").asText()).isEqualTo("API key Robot"));
        assertThat(actions(entries(reader, room, "?actor=team")))
                .containsExactly("WorkspaceUserAdded", "WorkspaceCreated");
        assertThat(actions(entries(reader, room, "?actor=layla&action=WorkspaceKeyCreated")))
                .hasSize(1);
        assertThat(entries(reader, room, "?actor=omar")).isEmpty();
        assertThat(entries(
                        reader, room, "?actor=" + TestClient.encode(world.acme().email())))
                .as("admins can't find people of the project")
                .isEmpty();
        assertThat(entries(
                        acme, room, "?actor=" + TestClient.encode(world.acme().email())))
                .hasSize(2);
        assertThat(reader.get(of(room) + "/audit?action=Nothing").status()).isEqualTo(400);
        assertThat(reader.get(of(room) + "/audit?limit=x").status()).isEqualTo(400);
        assertThat(program.get(of(room) + "/audit").status()).isEqualTo(403);
    }

    @Test
    void itIsReadInPages() {
        TestClient reader = TestClient.of(admin);
        var all = new ArrayList<String>();
        String after = "";
        do {
            JsonNode page = reader.get(of(room) + "/audit?limit=2&after=" + after)
                    .json()
                    .path("data");
            page.path("entries").forEach(entry -> all.add(entry.path("id").asText()));
            after = page.path("nextCursor").asText();
        } while (!after.isEmpty());
        assertThat(all)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(entries(reader, room, "").stream()
                        .map(entry -> entry.path("id").asText())
                        .toList());
    }

    @Test
    void webhooksOfTheWorkspaceAreInIt() {
        assertThat(acme.post(
                                of(room) + "/webhooks",
                                Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("conversation.*")))
                        .status())
                .isEqualTo(201);
        assertThat(actions(entries(acme, room, ""))).startsWith("WebhookAdded");
    }

    @Test
    void bothSidesHaveThePageAndTheFile() {
        String page = WorkspacePaths.workspace(room.project(), room.id()) + "/audit";
        String own = "/s/" + room.shortPath() + "/audit";
        TestClient reader = TestClient.of(admin);
        assertThat(acme.get(page).text())
                .contains("Created the workspace", world.acme().email());
        assertThat(reader.get(own).text())
                .contains("Created the workspace", "Project team")
                .doesNotContain(world.acme().email());
        assertThat(reader.get(own + "?action=WorkspaceUserSignedIn").text())
                .contains("Signed in to a workspace as layla")
                .doesNotContain("Project team");
        assertThat(reader.get(own + "?action=Nothing").text()).contains("Choose an action from the list.");
        Answer file = reader.get(own + ".csv?actor=layla");
        assertThat(file.contentType()).startsWith("text/csv");
        assertThat(file.text().lines()).hasSize(2);
        assertThat(file.text())
                .contains("WorkspaceUserSignedIn")
                .doesNotContain(world.acme().email());
        assertThat(acme.get(page + ".csv").text()).contains(world.acme().email());
        Guest agent = world.guest(world.context(world.acme()), room, "agent", WorkspaceRole.AGENT);
        assertThat(TestClient.of(agent).get(own).status()).isEqualTo(403);
        assertThat(TestClient.of(agent).get(own + ".csv").status()).isEqualTo(403);
    }
}
