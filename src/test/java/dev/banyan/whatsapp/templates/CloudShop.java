package dev.banyan.whatsapp.templates;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.cloud.FakeCloud;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;
import dev.banyan.whatsapp.drivers.cloud.FakeNumber;
import dev.banyan.whatsapp.drivers.cloud.FakeSending;

/// A shop whose number is at the Cloud API's fake, adopted by a running server through the API.
public final class CloudShop implements AutoCloseable {

    public static final String API = "/api/whatsapp";

    private static final AtomicInteger NUMBER = new AtomicInteger(100);

    public final FakeCloud meta;
    public final FakeNumber number;
    public final String connection;
    public final String master;

    private final TestClient owner;
    private final int place = NUMBER.incrementAndGet();

    public CloudShop(TestClient owner, Clock clock) {
        this(owner, clock, _ -> {});
    }

    /// @param before prepares the number at WhatsApp
    public CloudShop(TestClient owner, Clock clock, Consumer<FakeNumber> before) {
        this(owner, TestServer.uri(), clock, before);
    }

    /// @param hooks the server that gets the webhooks
    public CloudShop(TestClient owner, URI hooks, Clock clock, Consumer<FakeNumber> before) {
        this(owner, hooks, clock, before, Optional.empty());
    }

    /// Its number joins the pool of another shop. Meta doesn’t tell yet whose it is.
    public CloudShop(TestClient owner, Clock clock, CloudShop other) {
        this(owner, TestServer.uri(), clock, _ -> {}, Optional.of(other));
    }

    private CloudShop(
            TestClient owner, URI hooks, Clock clock, Consumer<FakeNumber> before, Optional<CloudShop> other) {
        this.owner = owner;
        this.meta = new FakeCloud(clock);
        this.number = meta.number("3000000000009" + place, "971500000" + place, "Marina Sweets");
        before.accept(number);
        other.ifPresent(_ -> meta.portfolio(Optional.empty()));
        meta.templates()
                .add(
                        "order_ready",
                        "en",
                        "UTILITY",
                        "",
                        "Hi {{customer}}, order {{order}} is ready.",
                        GatewayHttp.JSON.createArrayNode());
        this.connection = data(
                        owner.post(
                                API + "/connections",
                                Map.of(
                                        "name",
                                        "Cloud " + place,
                                        "driver",
                                        "cloud",
                                        "url",
                                        meta.url().toString() + "/v26.0",
                                        "credentials",
                                        FakeCloud.CREDENTIALS,
                                        "webhook",
                                        Map.of("url", hooks.toString()))),
                        201)
                .path("id")
                .asText();
        meta.subscribe();
        meta.hooksTo(URI.create(hooks.toString().replaceAll("/$", "") + "/hooks/whatsapp/" + connection));
        this.master = data(
                        other.map(one -> owner.post(
                                        API + "/servants",
                                        Map.of("master", one.master, "connection", connection, "remote", number.id())))
                                .orElseGet(() -> owner.post(
                                        API + "/masters", Map.of("connection", connection, "remote", number.id()))),
                        201)
                .path("id")
                .asText();
        Eventually.until(
                () -> data(owner.get(API + "/senders/" + master), 200)
                        .path("state")
                        .asText(),
                "linked"::equals);
        // A gateway whose number connects is looked at beside it, and its templates are forgotten once that is noted.
        Eventually.until(
                () -> data(owner.get(API + "/connections/" + connection), 200).path("checkedAt"), JsonNode::isTextual);
    }

    public static JsonNode data(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }

    /// A phone of a contact that no other test uses.
    public Contact contact(String name) {
        return new Contact("97150000" + (1_000 + place * 10 + name.length() % 10), name);
    }

    public String templates() {
        return API + "/connections/" + connection + "/templates";
    }

    /// Returns WhatsApp's id of a template.
    public String template(String name) {
        for (JsonNode one : data(owner.get(templates()), 200).path("templates")) {
            if (one.path("name").asText().equals(name)) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("No template " + name);
    }

    public List<FakeSending.Sent> sent() {
        return meta.sending().sent();
    }

    @Override
    public void close() {
        meta.close();
    }
}
