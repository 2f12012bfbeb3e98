package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;

/// An account with a connection to a fake WAHA, entered over the API.
public final class WahaShop implements AutoCloseable {

    /// As a browser at WhatsApp makes it.
    public static final Map<String, Object> CREDENTIAL = Map.of(
            "id",
            "c",
            "rawId",
            "c",
            "type",
            "public-key",
            "response",
            Map.of("clientDataJSON", "e30", "signature", "s"));

    private static final String API = "/api/whatsapp";
    private static final AtomicInteger NUMBER = new AtomicInteger(400);

    public final FakeWaha waha;
    private final TestClient client;

    public WahaShop(TestClock clock, TestClient client) {
        this(clock, client, "GOWS");
    }

    public WahaShop(TestClock clock, TestClient client, String engine) {
        this.waha = new FakeWaha(clock).with(engine, "2026.8.1");
        this.client = client;
    }

    @Override
    public void close() {
        waha.close();
    }

    public static Phone phone() {
        return new Phone("+971500000" + NUMBER.incrementAndGet());
    }

    public static JsonNode data(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }

    /// Adds a connection and returns its id.
    public String connection(String name) {
        return data(
                        client.post(
                                API + "/connections",
                                Map.of(
                                        "name",
                                        name,
                                        "driver",
                                        "waha",
                                        "url",
                                        waha.url().toString(),
                                        "credentials",
                                        Map.of("apiKey", FakeWaha.KEY),
                                        "webhook",
                                        Map.of("url", TestServer.uri().toString()))),
                        201)
                .path("id")
                .asText();
    }

    public String connection() {
        return connection("WAHA " + NUMBER.incrementAndGet());
    }

    /// Adds a master and returns its id.
    public String master(Map<String, Object> fields) {
        var body = new HashMap<String, Object>(fields);
        body.putIfAbsent("displayName", "Shop " + NUMBER.incrementAndGet());
        return data(client.post(API + "/masters", body), 201).path("id").asText();
    }

    public JsonNode sender(String id) {
        return data(client.get(API + "/senders/" + id), 200);
    }

    /// Returns what the gateway calls a number.
    public String session(String id) {
        return sender(id).path("remote").asText();
    }

    /// Waits for a state while the time of the fake and of the server passes.
    public void becomes(String id, String state) {
        eventually(() -> sender(id).path("state").asText(), state);
    }

    public void eventually(Supplier<String> is, String wanted) {
        Eventually.until(
                () -> {
                    waha.timePasses(Duration.ofMillis(200));
                    return is.get();
                },
                wanted::equals);
    }

    /// Links a number up to the passkey.
    public void scanUntilPasskey(String id, Phone phone, boolean withCode) {
        assertThat(client.post(API + "/masters/" + id + "/link", Map.of()).status())
                .isEqualTo(200);
        waha.wantsPasskey(session(id), withCode);
        waha.phoneScans(session(id), phone);
        becomes(id, "passkey-required");
    }
}
