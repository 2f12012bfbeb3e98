package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolsVisitor;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages of groups: ignored, unless the pool asks for them.
@QuarkusTest
class GroupMessagesTest {

    private static final String API = "/api/whatsapp";
    private static final String GROUP = "120363000000000001@g.us";
    private static final AtomicInteger NUMBER = new AtomicInteger(800);

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private FakeWaha waha;
    private String master;

    @BeforeEach
    void aNumber() {
        acme = TestClient.of(world.acme());
        waha = new FakeWaha(clock).with("GOWS", "2026.8.1");
        waha.hasLinked("shop", phone());
        String connection = data(
                        acme.post(
                                API + "/connections",
                                Map.of(
                                        "name",
                                        "Groups " + NUMBER.incrementAndGet(),
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
        master = data(acme.post(API + "/masters", Map.of("connection", connection, "remote", "shop")), 201)
                .path("id")
                .asText();
        Eventually.until(
                () -> {
                    waha.timePasses(Duration.ofMillis(200));
                    return data(acme.get(API + "/masters/" + master), 200)
                            .path("state")
                            .asText();
                },
                "linked"::equals);
    }

    @AfterEach
    void close() {
        waha.close();
        world.removeConnections();
    }

    private static Phone phone() {
        return new Phone("+971500000" + NUMBER.incrementAndGet());
    }

    private static JsonNode data(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }

    private String inbound() {
        return acme.get(API + "/inbound?master=" + master).text();
    }

    @Test
    void groupsAreIgnoredUntilThePoolAsksForThem() {
        Phone amal = phone();
        waha.contact("shop", amal, "Amal").in(GROUP).writes("Hello group");
        waha.contact("shop", amal, "Amal").writes("Hello shop");
        Eventually.until(this::inbound, text -> text.contains("Hello shop"));
        assertThat(inbound()).doesNotContain("Hello group");

        assertThat(acme.put(API + "/pools/" + master, Map.of("groups", "perhaps"))
                        .error())
                .isEqualTo("groups must be on or off");
        assertThat(data(acme.put(API + "/pools/" + master, Map.of("groups", "on")), 200)
                        .at("/settings/groups")
                        .asText())
                .isEqualTo("on");
        int wrote = NUMBER.get();
        Eventually.until(
                () -> {
                    waha.contact("shop", amal, "Amal").in(GROUP).writes("Cakes for all " + wrote);
                    return inbound();
                },
                text -> text.contains("Cakes for all " + wrote));
        JsonNode first = data(acme.get(API + "/inbound?master=" + master), 200)
                .path("messages")
                .path(0);
        assertThat(first.path("group").asText()).isEqualTo(GROUP);
        assertThat(first.path("from").asText()).isEqualTo(amal.e164());
        assertThat(first.path("name").asText()).isEqualTo("Amal");
        assertThat(PoolsVisitor.of(world.acme()).get("/admin/pools/" + master + "/messages?box=in"))
                .contains("Written in a group.");
    }

    @Test
    void thePageKeepsTheSetting() {
        var visitor = PoolsVisitor.of(world.acme());
        String path = "/admin/pools/" + master + "/settings";

        assertThat(visitor.get(path))
                .contains("Receive group messages")
                .doesNotContain("name=\"withGroups\" value=\"true\" checked");
        assertThat(visitor.post(
                                path,
                                "strategy",
                                "round-robin",
                                "uncertain",
                                "ask",
                                "zone",
                                "UTC",
                                "mostWaiting",
                                "100",
                                "withGroups",
                                "true")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.get(path)).contains("name=\"withGroups\" value=\"true\" checked");
    }

    /// Someone who says the word in a group doesn't mean us.
    @Test
    void groupsOptNoOneOut() {
        Phone omar = phone();
        data(acme.put(API + "/pools/" + master, Map.of("groups", "on")), 200);
        Eventually.until(
                () -> {
                    waha.contact("shop", omar, "Omar").in(GROUP).writes("stop");
                    return inbound();
                },
                text -> text.contains("\"stop\""));

        assertThat(acme.get(API + "/opt-outs").text()).doesNotContain(omar.digits());
    }
}
