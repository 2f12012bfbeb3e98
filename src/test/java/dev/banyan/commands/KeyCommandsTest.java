package dev.banyan.commands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.platform.webhooks.ListenSocket;
import dev.banyan.platform.webhooks.Signature;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands that act with an API key on the running server.
@QuarkusTest
class KeyCommandsTest {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    private record Received(Headers headers, String body) {}

    private record Run(int code, String out, String err) {}

    @Inject
    TestWorld world;

    @Inject
    ListenSocket sockets;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private TestClient acme;
    private HttpServer program;

    @BeforeEach
    void acmeHasAProgram() throws IOException {
        world.sql("DELETE FROM webhook_endpoints"); // of other tests
        acme = TestClient.of(world.acme());
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/hook", exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        program.start();
    }

    @AfterEach
    void stop() {
        program.stop(0);
        world.sql("DELETE FROM api_keys");
    }

    private String key(String... permissions) {
        return acme.post("/api/admin/apikeyscreate", Map.of("name", "Tools", "permissions", List.of(permissions)))
                .json()
                .at("/key/key")
                .asText();
    }

    private interface Command {
        int run(List<String> typed, Map<String, String> environment, PrintStream out, PrintStream err);
    }

    private static Run run(Command command, String key, String... typed) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = command.run(
                List.of(typed),
                Map.of("BANYAN_API_KEY", key, "BANYAN_SERVER", TestServer.uri().toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void oneOperationIsOneRequest() {
        String key = key("pages:read", "pages:manage", "keys:create", "projects:manage", "projects:read");
        Run made = run(ApiCommand::run, key, "createPage", "slug=by-command", "name=2026");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(TestClient.parse(made.out()).at("/page/name").asText()).isEqualTo("2026");
        Run listed = run(ApiCommand::run, key, "getPages");
        assertThat(listed.out()).contains("by-command").contains("\n");
        Run project = run(ApiCommand::run, key, "createProject", "name=Kiosk");
        assertThat(project.code()).as(project.toString()).isZero();
        String id = TestClient.parse(project.out()).at("/data/project/id").asText();
        Run shown = run(ApiCommand::run, key, "getProject", "projectId=" + id);
        assertThat(shown.out()).as(shown.toString()).contains("Kiosk");
        Run narrowed = run(
                ApiCommand::run,
                key,
                "createApiKey",
                "name=Next",
                "permissions=pages:read",
                "permissions=projects:read",
                "requestsPerMinute=7");
        assertThat(narrowed.code()).as(narrowed.toString()).isZero();
        assertThat(world.select("SELECT permissions FROM api_keys WHERE name = 'Next'"))
                .containsExactly("pages:read projects:read");
    }

    @Test
    void theExitCodeSaysHowItEnded() {
        String key = key("pages:read");
        assertThat(run(ApiCommand::run, key, "createPage", "slug=x", "name=X").code())
                .isEqualTo(4);
        assertThat(run(ApiCommand::run, "ltm_k_unknown", "getPages").code()).isEqualTo(4);
        Run unknown = run(ApiCommand::run, key, "getPages", "zebra=1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("unknown field “zebra”");
        assertThat(run(ApiCommand::run, key, "getpage").err()).contains("did you mean getPages");
        assertThat(run(ApiCommand::run, key, "shortLinksGet").err()).contains("getShortLinks");
        assertThat(run(ApiCommand::run, key, "zzz").err())
                .contains("--list shows all")
                .doesNotContain("did you mean");
        assertThat(run(ApiCommand::run, key, "paintPage").code()).isEqualTo(2);
        Run alone = run(ApiCommand::run, key, "getPages", "--server", "http://127.0.0.1:9");
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.err()).contains("http://127.0.0.1:9: the connection was refused");
        assertThat(run(ApiCommand::run, key, "--list").out()).contains("createPage ");
        assertThat(run(ApiCommand::run, key, "createPage", "--fields").out()).contains("slug ");
    }

    @Test
    void eventsAreForwardedWhileItListensAndNothingIsLeft() throws InterruptedException {
        String key = key("webhooks:manage", "pages:read");
        String hook = "http://127.0.0.1:" + program.getAddress().getPort() + "/hook";
        var ended = new CompletableFuture<Run>();
        Thread listening = Thread.ofVirtual()
                .start(() -> ended.complete(run(ListenCommand::run, key, "--forward", hook, "--secret", SECRET)));
        Eventually.until(() -> sockets.isListed(world.acme().account()), Boolean::booleanValue);
        acme.post("/api/projects", Map.of("name", "Not for this key"));
        acme.post("/api/admin/CreatePage", Map.of("slug", "heard", "name", "Heard"));
        Received event = received.poll(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(TestClient.parse(event.body()).path("type").asText())
                .as("what the key may not read did not come before")
                .isEqualTo("page.created");
        String id = event.headers().getFirst("webhook-id");
        Instant at = Instant.ofEpochSecond(Long.parseLong(event.headers().getFirst("webhook-timestamp")));
        assertThat(event.headers().getFirst("webhook-signature"))
                .isEqualTo(Signature.of(List.of(SECRET), id, at, event.body()));
        assertThat(world.select("SELECT id FROM webhook_endpoints")).isEmpty();
        assertThat(world.select("SELECT id FROM webhook_deliveries")).isEmpty();
        listening.interrupt();
        assertThat(ended.join().code()).as(ended.join().toString()).isZero();
        Eventually.until(() -> sockets.isListed(world.acme().account()), listed -> !listed);
    }

    @Test
    void onlyWhoMaySetUpAWebhookListens() {
        String hook = "http://127.0.0.1:" + program.getAddress().getPort() + "/hook";
        Run refused = run(ListenCommand::run, key("pages:read"), "--forward", hook);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("webhooks:manage");
        assertThat(run(ListenCommand::run, "ltm_k_unknown", "--forward", hook).err())
                .contains("doesn't accept this key");
        assertThat(run(ListenCommand::run, "", "--forward", hook).code()).isEqualTo(2);
    }

    /// A key that ended while there was no connection doesn't come back.
    @Test
    void aListenerDoesNotTryAgainWithAKeyThatIsNotAccepted() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + server.getLocalPort();
            var ended = new CompletableFuture<Run>();
            Thread.ofVirtual()
                    .start(() -> ended.complete(
                            run(ListenCommand::run, "ltm_k_x", "--forward", address, "--server", address)));
            try (Socket first = server.accept()) {
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((header(first, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                .getBytes(StandardCharsets.US_ASCII));
                answer(
                        first,
                        "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + Base64.getEncoder().encodeToString(digest));
            }
            try (Socket busy = server.accept()) {
                header(busy, "Host");
                answer(busy, "503 Service Unavailable\r\nContent-Length: 0");
            }
            try (Socket again = server.accept()) {
                header(again, "Host");
                answer(again, "401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0");
            }
            assertThat(ended.join().code()).isEqualTo(1);
            assertThat(ended.join().err()).contains("doesn't accept this key");
        }
    }

    private static String header(Socket from, String name) throws IOException {
        var in = new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.US_ASCII));
        String value = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            value = line.startsWith(name + ": ") ? line.substring(name.length() + 2) : value;
        }
        return value;
    }

    private static void answer(Socket to, String head) throws IOException {
        to.getOutputStream().write(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aListenerEndsWithItsKey() {
        String key = key("webhooks:manage", "pages:read");
        String hook = "http://127.0.0.1:" + program.getAddress().getPort() + "/hook";
        var ended = new CompletableFuture<Run>();
        Thread.ofVirtual().start(() -> ended.complete(run(ListenCommand::run, key, "--forward", hook)));
        Eventually.until(() -> sockets.isListed(world.acme().account()), Boolean::booleanValue);
        world.sql("DELETE FROM api_keys");
        acme.post("/api/admin/CreatePage", Map.of("slug", "unheard", "name", "Unheard"));
        sockets.heartbeat();
        assertThat(ended.join().code()).isEqualTo(1);
        assertThat(received).isEmpty();
    }
}
