package dev.banyan.accounts.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.webhooks.Signature;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks over the API and on their pages, with a receiver on this machine.
@QuarkusTest
class WebhooksResourceTest {

    private static final String ROUTE = "/api/admin/webhooks";

    @Inject
    TestWorld world;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders());
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        JsonNode all = owner().get(ROUTE).json().path("webhooks");
        all.forEach(webhook -> owner().delete(ROUTE + "/" + webhook.path("id").asText()));
    }

    private TestClient owner() {
        return TestClient.of(world.acme());
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
    }

    private JsonNode created(TestClient owner, String... events) {
        Answer answer = owner.post(ROUTE, Map.of("url", url(), "events", List.of(events)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("webhook");
    }

    private JsonNode deliveries(String id, String query) {
        return owner().get(ROUTE + "/" + id + "/deliveries" + query).json().path("deliveries");
    }

    @Test
    void whatIsChangedIsTold() {
        owner().post("/api/admin/CreatePage", Map.of("slug", "first-one", "name", "First")); // which can’t be deleted
        JsonNode webhook = created(owner(), "page.created", "page.deleted");
        assertThat(webhook.path("secret").asText()).startsWith("whsec_");
        assertThat(owner().get(ROUTE).text()).doesNotContain("whsec_");
        assertThat(world.select("SELECT secret FROM webhook_endpoints WHERE id = '"
                        + webhook.path("id").asText() + "'"))
                .noneMatch(stored -> stored.contains("whsec_"));

        String page = owner().post("/api/admin/CreatePage", Map.of("slug", "told", "name", "Told"))
                .json()
                .at("/page/id")
                .asText();
        owner().put("/api/admin/UpdatePage", Map.of("id", page, "name", "Told again"));
        owner().delete("/api/admin/DeletePage?id=" + page);

        Eventually.until(received::size, count -> count == 2);
        assertThat(received.getFirst()).contains("\"type\":\"page.created\"", page, "\"slug\":\"told\"");
        assertThat(received.getLast()).contains("\"type\":\"page.deleted\"", page);
        JsonNode log = Eventually.until(
                () -> deliveries(webhook.path("id").asText(), "?state=delivered"), found -> found.size() == 2);
        assertThat(log.at("/0/type").asText()).isEqualTo("page.deleted");
        assertThat(log.at("/0/status").asInt()).isEqualTo(204);
        assertThat(log.at("/0/request/data/id").asText()).isEqualTo(page);
    }

    @Test
    void aBrandsWebhookHearsTheBrandAlone() {
        String as = "?as=" + world.north().username();
        Answer made = owner().post(ROUTE + as, Map.of("url", url(), "events", List.of("page.*")));

        owner().post("/api/admin/CreatePage", Map.of("slug", "agency-own", "name", "Agency"));
        owner().post("/api/admin/CreatePage" + as, Map.of("slug", "brand-own", "name", "Brand"));

        Eventually.until(received::size, count -> count == 1);
        assertThat(received.getFirst()).contains("brand-own");
        assertThat(owner().get(ROUTE).json().path("webhooks")).isEmpty();
        assertThat(owner().delete(ROUTE + "/" + made.json().at("/webhook/id").asText() + as)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTestEventAndAReplayArrive() {
        String id = created(owner(), "page.*").path("id").asText();

        assertThat(owner().post(ROUTE + "/" + id + "/test", Map.of()).status()).isEqualTo(200);
        JsonNode first = Eventually.until(() -> deliveries(id, "?state=delivered"), found -> found.size() == 1)
                .path(0);
        assertThat(first.path("type").asText()).isEqualTo("webhook.test");
        Answer replayed = owner().post(
                        ROUTE + "/" + id + "/replay",
                        Map.of("delivery", first.path("id").asText()));
        assertThat(replayed.json().path("replayed").asInt()).isEqualTo(1);

        Eventually.until(received::size, count -> count == 2);
        assertThat(received.getFirst()).isEqualTo(received.getLast());
        Answer rotated = owner().post(ROUTE + "/" + id + "/rotate", Map.of());
        assertThat(rotated.json().at("/webhook/secret").asText()).startsWith("whsec_");
    }

    @Test
    void aSecretOfOnesOwnIsTakenLaterToo() {
        JsonNode made = created(owner(), "page.*");
        String id = made.path("id").asText();
        String first = made.path("secret").asText();
        String own = Signature.newSecret();
        Map<String, Object> wish = Map.of("url", url(), "events", List.of("page.*"), "secret", own);

        assertThat(owner().put(ROUTE + "/" + id, wish).status()).isEqualTo(200);
        assertThat(owner().put(ROUTE + "/" + id, wish).status())
                .as("the same once more")
                .isEqualTo(200);
        owner().post(ROUTE + "/" + id + "/test", Map.of());

        Eventually.until(received::size, count -> count == 1);
        Headers sent = headers.getFirst();
        assertThat(sent.getFirst("webhook-signature"))
                .as("both sign for a day")
                .isEqualTo(Signature.of(
                        List.of(own, first),
                        sent.getFirst("webhook-id"),
                        Instant.ofEpochSecond(Long.parseLong(sent.getFirst("webhook-timestamp"))),
                        received.getFirst()));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(refused(Map.of("events", List.of("*")))).isEqualTo("URL is required");
        assertThat(refused(Map.of("url", "ftp://a.example/", "events", List.of("*"))))
                .isEqualTo("Enter an address that begins with https:// or http://");
        assertThat(refused(Map.of("url", url()))).isEqualTo("Choose 1 to 60 events");
        assertThat(refused(Map.of("url", url(), "events", List.of("page.eaten"))))
                .isEqualTo("Unknown event: page.eaten");
        assertThat(refused(Map.of("url", url(), "events", List.of("*"), "secret", "short")))
                .isEqualTo("A secret is whsec_ and 24 to 64 random bytes in Base64");
        String id = created(owner(), "*").path("id").asText();
        assertThat(owner().post(ROUTE + "/" + id + "/replay", Map.of()).error())
                .isEqualTo("Name exactly one of delivery, since and failed");
        assertThat(owner().post(ROUTE + "/" + id + "/replay", Map.of("delivery", "no id", "failed", true))
                        .error())
                .as("what can't be read isn't left out")
                .isEqualTo("Name exactly one of delivery, since and failed");
        assertThat(owner().get(ROUTE + "/" + id + "/deliveries?state=eaten").status())
                .isEqualTo(400);
        assertThat(owner().get(ROUTE + "/" + id + "/deliveries?limit=0").status())
                .isEqualTo(400);
        assertThat(owner().get(ROUTE + "/nothing/deliveries").status()).isEqualTo(404);
        assertThat(TestClient.of(world.rival()).delete(ROUTE + "/" + id).status())
                .isEqualTo(404);
    }

    private String refused(Map<String, ?> body) {
        Answer answer = owner().post(ROUTE, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        return answer.error();
    }

    @Test
    void theTypesHaveSchemasAndAPage() {
        JsonNode types =
                TestClient.anonymous().get("/api/webhook-event-types").json().path("eventTypes");
        assertThat(types.findValuesAsText("name")).contains("page.created", "message.received", "pool.failed_over");
        assertThat(types.at("/0/schema/properties/data/properties").size()).isPositive();
        JsonNode received = types.valueStream()
                .filter(type -> type.path("name").asText().equals("message.received"))
                .findFirst()
                .orElseThrow()
                .at("/schema/properties/data/properties");
        assertThat(received.at("/ad/type").asText()).isEqualTo("object");
        assertThat(received.at("/from/type")).hasToString("[\"string\",\"null\"]");
        assertThat(TestClient.anonymous().get("/docs/api/events").text()).contains("page.created", "message.received");
        assertThat(TestClient.anonymous().get("/docs/api").status()).isEqualTo(200);
    }

    @Test
    void thePagesDoTheSame() {
        Answer made =
                owner().form("/admin/integrations", Map.of("as", world.acme().username(), "url", url(), "events", "*"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text()).contains("whsec_", "Copy the secret now.");
        String id = owner().get(ROUTE).json().at("/webhooks/0/id").asText();
        String home = "/admin/integrations/" + id;

        assertThat(owner().form(home + "/test", Map.of("as", world.acme().username()))
                        .status())
                .isEqualTo(303);
        Eventually.until(() -> deliveries(id, "?state=delivered"), found -> !found.isEmpty());
        assertThat(owner().get(home).text()).contains("webhook.test", "Delivered", "Send again");
        assertThat(owner().form(home + "/replay", Map.of("as", world.acme().username()))
                        .status())
                .isEqualTo(303);
        assertThat(owner().form(home, Map.of("as", world.acme().username(), "url", "nothing", "events", "*"))
                        .status())
                .isEqualTo(422);
        assertThat(owner().form(home, Map.of("as", world.acme().username(), "url", url(), "events", "page.*"))
                        .status())
                .isEqualTo(303);
        assertThat(owner().get(ROUTE).json().at("/webhooks/0/active").asBoolean())
                .as("the box was not checked")
                .isFalse();
        assertThat(owner().form(home + "/rotate", Map.of("as", world.acme().username()))
                        .text())
                .contains("whsec_");
        assertThat(owner().form(home + "/delete", Map.of("as", world.acme().username()))
                        .status())
                .isEqualTo(303);
        assertThat(owner().get(home).status()).isEqualTo(404);
    }
}
