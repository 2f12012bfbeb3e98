package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The fake is as strict and as unreliable as the real server.
class FakeWahaTest {

    private final WahaWorld world = new WahaWorld();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        world.close();
    }

    private HttpResponse<byte[]> call(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(world.waha.url() + path));
        headers.forEach(request::header);
        return client.send(
                request.method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return call(method, path, body, Map.of("X-Api-Key", FakeWaha.KEY));
    }

    @Test
    void theKeyIsWantedInTheHeaderOrTheQuery() throws IOException, InterruptedException {
        var refused = call("GET", "/api/sessions", "", Map.of());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"message\":\"Unauthorized\",\"statusCode\":401}");
        assertThat(call("GET", "/api/sessions?x-api-key=" + FakeWaha.KEY, "", Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("GET", "/ping", "", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionExistsOnceAndStoppedOnesAreHidden() throws IOException, InterruptedException {
        String body = "{\"name\":\"shop-dubai\",\"start\":false}";
        assertThat(call("POST", "/api/sessions", body).statusCode()).isEqualTo(201);
        assertThat(call("POST", "/api/sessions", body).statusCode()).isEqualTo(422);
        assertThat(FakeJson.read(call("GET", "/api/sessions", "").body())).isEmpty();
        assertThat(FakeJson.read(call("GET", "/api/sessions?all=true", "").body()))
                .hasSize(1);
        assertThat(call("GET", "/api/sessions/other", "").statusCode()).isEqualTo(404);
        assertThat(FakeJson.read(call("GET", "/api/sessions/shop-dubai/me", "").body())
                        .isNull())
                .isTrue();
    }

    @Test
    void changingARunningSessionRestartsIt() throws IOException, InterruptedException {
        var line = world.linked();

        call("PUT", "/api/sessions/" + line.remote(), "{\"config\":{}}");

        assertThat(world.waha.session(SESSION).statuses)
                .extracting(FakeSession.Was::status)
                .containsExactly("STOPPED", "STARTING", "WORKING");
    }

    @Test
    void aCallInAnotherStateNamesTheStatesThatItWants() throws IOException, InterruptedException {
        world.linked();
        world.waha.connectionBreaks(SESSION);

        var answer = call("POST", "/api/sendText", "{\"session\":\"shop-dubai\",\"chatId\":\"x\",\"text\":\"y\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode body = FakeJson.read(answer.body());
        assertThat(body.path("status").asText()).isEqualTo("STARTING");
        assertThat(body.path("expected").path(0).asText()).isEqualTo("WORKING");
    }

    @Test
    void theCodeIsAPictureOrJson() throws IOException, InterruptedException {
        call("POST", "/api/sessions", "{\"name\":\"shop-dubai\"}");

        var picture = call("GET", "/api/shop-dubai/auth/qr", "");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
        var json = call(
                "GET", "/api/shop-dubai/auth/qr", "", Map.of("X-Api-Key", FakeWaha.KEY, "Accept", "application/json"));
        assertThat(FakeJson.read(json.body()).path("mimetype").asText()).isEqualTo("image/png");
    }

    @Test
    void anEnginesErrorRepeatsTheRequest() throws IOException, InterruptedException {
        world.linked();
        world.waha.restricts(SESSION, world.clock.instant().plus(Duration.ofHours(1)));

        var answer = call(
                "POST",
                "/api/sendText",
                "{\"session\":\"shop-dubai\",\"chatId\":\"971500000101@c.us\",\"text\":\"secret text\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("server returned error 463")
                .contains("secret text");
    }

    @Test
    void idsOfOursAreSuppliedOnDemand() throws IOException, InterruptedException {
        world.linked();

        var id = FakeJson.read(call("GET", "/api/shop-dubai/new-message-id", "").body());

        assertThat(id.path("id").asText()).matches("3EB0[0-9A-F]{16}");
    }

    @Test
    void webhooksAreRepeatedWithTheSameIdsUntilTheyAreAcceptedAlsoAfter4xx() {
        world.linked();
        world.door.answers = 404;
        int before = world.door.requests.size();
        world.amal().writes("Hello");
        world.waha.timePasses(Duration.ofSeconds(2));
        world.waha.timePasses(Duration.ofSeconds(4));
        world.door.answers = 200;
        world.waha.timePasses(Duration.ofSeconds(8));
        world.waha.timePasses(Duration.ofHours(1));

        var posts = world.door.requests.subList(before, world.door.requests.size());
        assertThat(posts).hasSize(4);
        assertThat(posts)
                .extracting(post -> post.header("x-webhook-request-id").orElseThrow())
                .containsOnly(posts.getFirst().header("x-webhook-request-id").orElseThrow());
        assertThat(posts)
                .extracting(post -> post.header("x-webhook-timestamp").orElseThrow())
                .containsOnly(posts.getFirst().header("x-webhook-timestamp").orElseThrow());
        assertThat(posts)
                .extracting(HookRequest::body)
                .containsOnly(posts.getFirst().body());
        assertThat(posts.getFirst().header("user-agent")).contains("WAHA/2026.9.2");
    }

    @Test
    void afterTheLastAttemptAWebhookIsLost() {
        world.linked();
        world.door.answers = 500;
        int before = world.door.requests.size();
        world.amal().writes("Hello");

        world.waha.timePasses(Duration.ofDays(3));

        assertThat(world.door.requests).hasSize(before + 15);
    }

    @Test
    void aGlobalWebhookDoublesEverything() {
        world.linked();
        var hook = FakeJson.object().put("url", world.access().hook().toString());
        hook.putArray("events").add("message.any");
        hook.putObject("hmac").put("key", WahaWorld.SECRET);
        world.waha.globalHook = Optional.of(hook);

        world.amal().writes("Hello");

        assertThat(world.events(HookEvent.Message.class))
                .hasSize(2)
                .extracting(HookEvent.Message::provider)
                .hasSize(2)
                .containsOnly(world.waha
                        .session(SESSION)
                        .messages
                        .getFirst()
                        .path("id")
                        .asText()
                        .split("_", -1)[2]);
    }

    @Test
    void webhooksMayArriveTwiceAndInReverse() {
        world.linked();
        world.waha.deliverWebhooksTwice();
        world.amal().writes("One");
        assertThat(world.events(HookEvent.Message.class)).hasSize(2);

        world.waha.holdWebhooks();
        world.amal().writes("Two");
        world.amal().writes("Three");
        world.waha.releaseWebhooksInReverse();
        assertThat(world.events(HookEvent.Message.class))
                .extracting(HookEvent.Message::text)
                .containsExactly("Three", "Two");
    }

    @Test
    void whatIsNotDeliveredWhenTheServerDiesIsLostAndHistoryHasIt() {
        world.linked();
        world.door.answers = 500;
        world.amal().writes("Hello");
        world.waha.kill();
        world.door.answers = 200;
        world.forgetEvents();
        world.waha.restart();
        world.waha.timePasses(Duration.ofHours(1));

        assertThat(world.events(HookEvent.Message.class)).isEmpty();
        assertThat(world.waha.session(SESSION).messages).hasSize(1);
        assertThat(world.waha.status(SESSION)).isEqualTo("WORKING");
    }

    @Test
    void whatAContactWritesWhileTheConnectionIsAwayComesWithIt() {
        world.linked();
        world.waha.connectionBreaks(SESSION);
        world.amal().writes("Hello?");
        assertThat(world.events(HookEvent.Message.class)).isEmpty();

        world.waha.timePasses(Duration.ofMinutes(1));

        assertThat(world.events(HookEvent.Message.class)).hasSize(1);
    }

    @Test
    void loggingOutShowsCodesAgain() throws IOException, InterruptedException {
        world.linked();

        call("POST", "/api/sessions/shop-dubai/logout", "{}");

        assertThat(world.waha.status(SESSION)).isEqualTo("SCAN_QR_CODE");
        world.waha.phoneScans(SESSION, SHOP);
        assertThat(world.waha.status(SESSION)).isEqualTo("WORKING");
    }

    @Test
    void eventsCarryWhatTheSessionsOwnerHasMarked() {
        world.linked();
        world.amal().writes("Hello");

        JsonNode envelope = FakeJson.read(world.door.requests.getLast().body());
        assertThat(envelope.path("id").asText()).matches("evt_[0-9a-z]{26}");
        assertThat(envelope.path("metadata").path("banyan.sender").asText()).isEqualTo("marina");
        assertThat(envelope.path("environment").path("engine").asText()).isEqualTo("GOWS");
        assertThat(envelope.path("payload")
                        .path("_data")
                        .path("Info")
                        .path("SenderAlt")
                        .asText())
                .isEqualTo(FakeShapes.lid(AMAL));
    }
}
