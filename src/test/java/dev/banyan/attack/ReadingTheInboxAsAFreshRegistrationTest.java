package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stranger registers in a workspace without any proof, and tries to read messages of its customers.
@QuarkusTest
class ReadingTheInboxAsAFreshRegistrationTest {

    /// A word that only a customer has written.
    private static final String SECRET = "Saltmarsh";

    private static final Pattern INBOX =
            Pattern.compile("(/api/sub-client|/s/\\{shortPath})/(inbox|saved-replies)(/.*)?");

    @Inject
    TestWorld world;

    private Workspace sales;
    private Guest customer;
    private TestClient admin;
    private TestClient stranger;
    private String cookie;
    private String thread;

    @BeforeEach
    void aCustomerWaitsForAnAnswer() {
        var acme = world.context(world.acme());
        sales = world.workspace(acme, world.project(acme, "Plates"), "Sales");
        customer = world.guest(acme, sales, world.name("lina"), WorkspaceRole.USER);
        admin = TestClient.of(world.guest(acme, sales, world.name("amira"), WorkspaceRole.ADMIN));
        TestClient.of(customer)
                .post(
                        "/api/sub-client/chat/send",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "message",
                                "I would like to talk to a person about " + SECRET));
        thread = Eventually.until(
                () -> admin.get(threads()).json().at("/data/threads/0/id").asText(), id -> !id.isEmpty());
        assertThat(admin.get(messages()).text()).contains(SECRET);
        Answer registered = register("mallory");
        assertThat(registered.json().at("/data/user/role").asText()).isEqualTo("user");
        cookie = "banyan_ws_" + sales.id() + "="
                + registered.json().at("/data/session/token").asText();
        stranger = TestClient.anonymous().with("Cookie", cookie);
    }

    private Answer register(String stem) {
        String name = world.name(stem);
        Answer registered = TestClient.anonymous()
                .post(
                        "/api/sub-client/register",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "email",
                                name + "@strangers.example",
                                "username",
                                name,
                                "password",
                                TestWorld.PASSWORD));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        return registered;
    }

    private String messages() {
        return "/api/sub-client/inbox/threads/" + thread + "/messages?shortPath=" + sales.shortPath();
    }

    private String threads() {
        return "/api/sub-client/inbox/threads?shortPath=" + sales.shortPath();
    }

    @Test
    void aRegisteredUserIsRefusedEveryInboxRoute() {
        String before = inbox();
        List<Route> routes = Routes.all().stream()
                .filter(route -> INBOX.matcher(route.path()).matches())
                .toList();
        assertThat(routes).hasSizeGreaterThan(20);
        var softly = new SoftAssertions();
        for (Route route : routes) {
            for (TestClient way : List.of(stranger, stranger.cookieAsBearer())) {
                Answer answer = call(way, route);
                softly.assertThat(answer.status())
                        .as("%s: %s", route, answer.text())
                        .isEqualTo(403);
                softly.assertThat(answer.text()).as("%s", route).doesNotContain(SECRET);
            }
        }
        softly.assertAll();
        assertThat(inbox()).isEqualTo(before);
    }

    private Answer call(TestClient client, Route route) {
        String path = route.path()
                .replace("{shortPath}", sales.shortPath())
                .replace("{threadId}", thread)
                .replaceAll("\\{[^}]+}", "01900000-0000-7000-8000-000000000000");
        if (route.isJson()) {
            String at = path + "?shortPath=" + sales.shortPath();
            return switch (route.verb()) {
                case "GET" -> client.get(at);
                case "DELETE" -> client.delete(at);
                default -> client.json(route.verb(), at, body(route));
            };
        }
        var fields = Map.of("message", "Hello", "key", "k1", "to", "me", "add", "tag", "name", "x");
        if (route.verb().equals("GET")) {
            return client.get(path);
        }
        return route.formParams().isEmpty() ? client.multipart(path, fields) : client.form(path, fields);
    }

    /// Returns what the route takes: it is the role that is refused here, not a field.
    private static Map<String, String> body(Route route) {
        var body = new HashMap<>(Map.of("message", "Hello", "name", "x", "text", "x"));
        body.keySet()
                .retainAll(route.body().stream()
                        .flatMap(type -> Routes.fields(type).stream())
                        .map(Routes::wireName)
                        .toList());
        return body;
    }

    @Test
    void aRegisteredUserOpensNoInboxSocket() {
        String socket = "/s/" + sales.shortPath() + "/inbox/ws";
        assertThat(SocketClient.knock(socket, SocketClient.headers(cookie))).isEqualTo(403);
        assertThat(SocketClient.knock("/s/" + sales.shortPath() + "/chat/ws", SocketClient.headers(cookie)))
                .isEqualTo(101);
    }

    @Test
    void aRegisteredUserSeesNoWayToTheInbox() {
        String chat = stranger.get("/s/" + sales.shortPath() + "/chat").text();
        assertThat(chat).doesNotContain("/inbox", "/saved-replies", SECRET);
    }

    @Test
    void whoIsWaitingStillSeesTheirOwnChatAndNothingElse() {
        TestClient waiting = TestClient.of(customer);
        assertThat(waiting.get("/s/" + sales.shortPath() + "/chat").text()).contains(SECRET);
        assertThat(waiting.get(threads()).status()).isEqualTo(403);
    }

    @Test
    void anAgentReadsAndAnswersUntilTheyAreOneNoLonger() {
        var acme = world.context(world.acme());
        Guest omar = world.guest(acme, sales, world.name("omar"), role("agent"));
        TestClient agent = TestClient.of(omar);
        assertThat(agent.get(messages()).text()).contains(SECRET);
        assertThat(assign(omar.id()).status()).isEqualTo(200);
        String socket = "/s/" + sales.shortPath() + "/inbox/ws";
        String role =
                "/api/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/users/" + omar.id() + "/role";
        try (SocketClient open = SocketClient.open(socket, SocketClient.headers(omar.cookie()));
                SocketClient chat = SocketClient.open(
                        "/s/" + sales.shortPath() + "/chat/ws", SocketClient.headers(omar.cookie()))) {
            open.say("ping");
            assertThat(open.next()).contains("pong");

            assertThat(admin.put(role, Map.of("role", "user")).status()).isEqualTo(200);

            assertThat(open.closeCode()).isEqualTo(4401);
            assertThat(chat.isOpen()).isTrue();
        }
        assertThat(SocketClient.knock(socket, SocketClient.headers(omar.cookie())))
                .isEqualTo(403);
        assertThat(agent.get(threads()).status()).isEqualTo(403);
        assertThat(admin.get(threads()).text()).contains(thread).doesNotContain("assignee");
    }

    @Test
    void aConversationIsGivenToNobodyWhoMayNotReadIt() {
        Answer refused = assign(customer.id());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("agent");
        assertThat(admin.get("/s/" + sales.shortPath() + "/inbox/" + thread).text())
                .doesNotContain("value=\"" + customer.id() + "\"");
    }

    private Answer assign(int user) {
        return admin.put(
                "/api/sub-client/inbox/threads/" + thread, Map.of("shortPath", sales.shortPath(), "assigneeId", user));
    }

    private static WorkspaceRole role(String key) {
        return WorkspaceRole.of(key).orElseThrow();
    }

    private String inbox() {
        return world.select(
                        "SELECT t.conversation_id || t.state || t.unread_count || COALESCE(t.assignee_id, 0) || count(m.id)"
                                + " FROM inbox_threads t LEFT JOIN messages m ON m.conversation_id = t.conversation_id"
                                + " WHERE t.sub_client_id = ? GROUP BY t.conversation_id, t.state, t.unread_count,"
                                + " t.assignee_id ORDER BY 1",
                        sales.id().value())
                .toString();
    }
}
