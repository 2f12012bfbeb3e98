package dev.banyan.workspaces.number;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files that contacts send, fetched by programs: from a list, from the inbox and from a webhook.
@QuarkusTest
class ReceivedFilesTest {

    private static final String API = "/api/whatsapp";
    private static final String MENU = "%PDF-1.7 menu";
    private static final AtomicInteger PHONE = new AtomicInteger(100);

    @Inject
    NumberRooms rooms;

    private final List<String> hooks = new CopyOnWriteArrayList<>();
    private final String from = "+97150002" + (1_000 + PHONE.incrementAndGet());

    @SuppressWarnings("NullAway.Init")
    private HttpServer receiver;

    private TestWorld world;
    private TestClient acme;
    private TestClient rival;

    @BeforeEach
    void listen() throws IOException {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        rival = TestClient.of(world.rival());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            hooks.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
        var events = List.of("message.received", "conversation.message_created");
        assertThat(acme.post("/api/admin/webhooks", Map.of("url", url, "events", events))
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        JsonNode all = acme.get("/api/admin/webhooks").json().path("webhooks");
        all.forEach(webhook ->
                acme.delete("/api/admin/webhooks/" + webhook.path("id").asText()));
    }

    private void sendsAFile(Map<String, String> to) {
        byte[] content = MENU.getBytes(StandardCharsets.ISO_8859_1);
        Answer uploaded = acme.upload(API + "/media", Map.of(), "menu.pdf", content);
        var body = new HashMap<String, Object>(to);
        body.putAll(Map.of("from", from, "name", "Rania", "type", "document"));
        body.put("media", uploaded.json().at("/data/id").asText());
        data(acme.post(API + "/simulator/messages", body), 200);
    }

    /// What a webhook says of the file, as a path of this server.
    private JsonNode told(String event) {
        Supplier<Optional<JsonNode>> told = () -> hooks.stream()
                .map(TestClient::parse)
                .filter(hook -> hook.path("type").asText().equals(event))
                .filter(hook -> hook.at("/data/contact").asText().equals(from))
                .map(hook -> hook.at("/data/file"))
                .findFirst();
        JsonNode file = Eventually.until(told, Optional::isPresent).orElseThrow();
        assertThat(file.path("name").asText()).isEqualTo("menu.pdf");
        assertThat(file.path("type").asText()).isEqualTo("application/pdf");
        assertThat(file.path("size").asInt()).isEqualTo(MENU.length());
        return file;
    }

    private static String path(JsonNode file) {
        return URI.create(file.path("url").asText()).getPath();
    }

    private void assertThatItIsTheMenu(TestClient client, String path) {
        Answer file = client.get(path);
        assertThat(file.status()).as(path).isEqualTo(200);
        assertThat(file.text()).isEqualTo(MENU);
        assertThat(file.contentType()).isEqualTo("application/pdf");
        assertThat(file.header("Content-Length")).contains(String.valueOf(MENU.length()));
        assertThat(file.header("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("menu.pdf");
        assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
        Answer part = client.with("Range", "bytes=1-3").get(path);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PDF");
    }

    @Test
    void aFileToAPoolIsFetchedFromTheListAndFromAWebhook() {
        String pool = data(acme.post(API + "/masters", Map.of("displayName", "Desk " + from)), 201)
                .path("id")
                .asText();
        data(acme.post(API + "/masters/" + pool + "/link", Map.of()), 200);
        data(acme.post(API + "/senders/" + pool + "/scan", Map.of("phone", "+97150003" + from.substring(9))), 200);
        sendsAFile(Map.of("sender", pool));

        String path = path(told("message.received"));
        JsonNode listed = data(acme.get(API + "/inbound?from=" + from.replace("+", "%2B")), 200)
                .at("/messages/0");
        assertThat(listed.at("/media/url").asText()).isEqualTo(path);
        assertThatItIsTheMenu(acme, path);
        assertThat(rival.get(path).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(path).status()).isEqualTo(401);
        assertThat(acme.get(API + "/inbound/" + UUID.randomUUID() + "/file").status())
                .isEqualTo(404);
    }

    @Test
    void aFileToAWorkspaceIsFetchedByItsAccountItsAgentsAndItsKeysAlone() {
        Workspace sales = rooms.workspace("Sales Team");
        Workspace other = rooms.workspace("Other Team");
        String number = acme.post(
                        API + "/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, number, "+97150003" + from.substring(9));
        sendsAFile(Map.of("subClientId", sales.id().value()));

        String path = path(told("message.received"));
        assertThatItIsTheMenu(acme, path);
        assertThat(rival.get(path).status()).isEqualTo(404);

        String inInbox = path(told("conversation.message_created"));
        TestClient agent = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.AGENT).cookie());
        String thread = inInbox.substring(0, inInbox.indexOf("/files/"));
        JsonNode message = data(agent.get(thread + "/messages?shortPath=" + sales.shortPath()), 200)
                .at("/messages/0");
        assertThat(message.at("/files/0/url").asText()).isEqualTo(inInbox);
        assertThat(message.at("/files/0/size").asInt()).isEqualTo(MENU.length());
        assertThatItIsTheMenu(agent, inInbox + "?shortPath=" + sales.shortPath());

        assertThatItIsTheMenu(key(sales, "messages"), inInbox);
        assertThat(key(sales, "inbox").get(inInbox).status()).isEqualTo(403);
        assertThat(key(other, "messages").get(inInbox).status()).isEqualTo(404);
        TestClient user = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.USER).cookie());
        assertThat(user.get(inInbox + "?shortPath=" + sales.shortPath()).status())
                .isEqualTo(403);
        TestClient stranger = TestClient.anonymous()
                .with("Cookie", rooms.somebody(other, WorkspaceRole.ADMIN).cookie());
        assertThat(stranger.get(inInbox + "?shortPath=" + other.shortPath()).status())
                .isEqualTo(404);
    }

    /// A program with a key of a workspace.
    private TestClient key(Workspace workspace, String permission) {
        String keys = "/api/projects/" + workspace.project() + "/sub-clients/" + workspace.id() + "/api-keys";
        JsonNode made = data(acme.post(keys, Map.of("name", "Bot", "permissions", List.of(permission))), 201);
        return TestClient.withBearer(made.path("key").asText());
    }
}
