package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Everyone who is not the user tries all doors to what a user and the assistant wrote to each other. What the
/// assistant says about that must name those that open.
@QuarkusTest
class ReadingWhatAUserToldTheAssistantTest {

    private static final String SECRET = "zanzibarmoonlight";

    /// Who gets in where. The assistant says so: the people who run the workspace export conversations.
    private static final Map<String, Set<String>> OPEN = Map.of(
            "owner", Set.of("/projects/{projectId}/sub-clients/{subClientId}/export"),
            "admin", Set.of(),
            "agent", Set.of(),
            "other user", Set.of(),
            "key of the account", Set.of());

    @Inject
    NumberRooms rooms;

    private final HookReceiver receiver = new HookReceiver();

    @SuppressWarnings("NullAway.Init")
    private Workspace sales;

    @SuppressWarnings("NullAway.Init")
    private TestClient user;

    private TestClient acme = TestClient.anonymous();
    private String conversation = "";

    @BeforeEach
    void aUserWrites() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(world().acme());
        for (String route : List.of(
                "/api/admin/webhooks", "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/webhooks")) {
            assertThat(acme.post(route, Map.of("url", receiver.url(), "events", List.of("*")))
                            .status())
                    .isEqualTo(201);
        }
        user = member(WorkspaceRole.USER);
        Answer sent = say(SECRET + " is my wish");
        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        conversation = world().select(
                        "SELECT id FROM conversations WHERE sub_client_id = ?",
                        sales.id().value())
                .getFirst();
    }

    @AfterEach
    void stop() {
        receiver.close();
        world().sql("DELETE FROM webhook_endpoints");
    }

    private TestWorld world() {
        return rooms.world();
    }

    private TestClient member(WorkspaceRole role) {
        return TestClient.anonymous().with("Cookie", rooms.somebody(sales, role).cookie());
    }

    private Answer say(String text) {
        return user.post("/api/sub-client/chat/send", Map.of("shortPath", sales.shortPath(), "message", text));
    }

    @Test
    void theDoorsThatOpenAreThoseThatTheAssistantNames() {
        Answer made = acme.post(
                "/api/admin/apikeyscreate", Map.of("name", "All", "permissions", List.of("manage:workspaces")));
        var clients = new LinkedHashMap<String, TestClient>();
        clients.put("owner", acme);
        clients.put("admin", member(WorkspaceRole.ADMIN));
        clients.put("agent", member(WorkspaceRole.AGENT));
        clients.put("other user", member(WorkspaceRole.USER));
        clients.put(
                "key of the account",
                TestClient.withBearer(made.json().at("/key/key").asText()));
        clients.forEach((who, client) -> assertThat(opened(client)).as(who).isEqualTo(new TreeSet<>(OPEN.get(who))));

        say("who sees what I write? privacy");
        String said = user.get("/api/sub-client/chat/messages?shortPath=" + sales.shortPath())
                .text();
        assertThat(said)
                .contains(SECRET)
                .contains("export them", "connect programs", "in their inbox")
                .doesNotContain("Only you");
    }

    private Set<String> opened(TestClient client) {
        var opened = new TreeSet<String>();
        for (Routes.Route route : Routes.all()) {
            boolean isOfWorkspace = route.pathParams().contains("subClientId")
                    || route.pathParams().contains("shortPath")
                    || route.path().startsWith("/api/sub-client")
                    || route.path().startsWith("/api/inboxes")
                    || route.path().startsWith("/admin/inboxes")
                    || route.path().startsWith("/api/admin/search")
                    || route.path().startsWith("/api/admin/webhooks")
                    || route.path().startsWith("/api/admin/audit");
            if (route.verb().equals("GET") && isOfWorkspace && contains(client.get(path(route)))) {
                opened.add(route.path());
            }
        }
        return opened;
    }

    private String path(Routes.Route route) {
        String path = route.path()
                .replaceAll("\\{projectId[^}]*}", sales.project().toString())
                .replaceAll("\\{subClientId[^}]*}", sales.id().value())
                .replaceAll("\\{shortPath[^}]*}", sales.shortPath())
                .replaceAll("\\{[^}]*}", conversation);
        return path + "?shortPath=" + sales.shortPath() + "&as="
                + world().acme().username() + "&q=" + SECRET + "&search=" + SECRET + "&query=" + SECRET
                + "&conversationId=" + conversation;
    }

    private static boolean contains(Answer answer) {
        // Forms and links repeat what was searched for.
        String text = answer.text();
        return answer.status() == 200
                && (text.contains(SECRET + " is my wish") || text.startsWith("PK") && isIn(answer.bytes()));
    }

    private static boolean isIn(byte[] archive) {
        try (var files = new ZipInputStream(new ByteArrayInputStream(archive))) {
            while (files.getNextEntry() != null) {
                if (new String(files.readAllBytes(), StandardCharsets.UTF_8).contains(SECRET)) {
                    return true;
                }
            }
            return false;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void webhooksTellThatItWasWrittenAndNotWhat() {
        Eventually.until(
                receiver::types,
                types -> types.stream()
                                .filter("conversation.message_created"::equals)
                                .count()
                        == 4);
        assertThat(receiver.bodies()).noneMatch(body -> body.contains(SECRET));
        assertThat(acme.get("/api/admin/webhooks").text()).doesNotContain(SECRET);
    }

    @Test
    void whoAsksForAPersonIsReadByPeopleAndPrograms() {
        say("I want a person");
        say("tell the team about the lighthouse");
        Eventually.until(receiver::bodies, bodies -> bodies.stream().anyMatch(body -> body.contains("lighthouse")));
        assertThat(receiver.bodies()).noneMatch(body -> body.contains(SECRET));
    }
}
