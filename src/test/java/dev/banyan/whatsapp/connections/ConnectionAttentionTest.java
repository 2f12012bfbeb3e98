package dev.banyan.whatsapp.connections;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What those who work on numbers read on their start page about connections that were stored before addresses were
/// checked.
@QuarkusTest
class ConnectionAttentionTest {

    @Inject
    TestWorld world;

    @AfterEach
    void forget() {
        world.removeConnections();
    }

    @Test
    void aConnectionThatIsNeverCalledIsNamed() {
        TestWorld.Person owner = world.agency("gateways");
        TestClient client = TestClient.of(owner);
        String start = "/admin/dashboard?as=" + owner.username();
        Answer made = client.post(
                "/api/whatsapp/connections",
                Map.of(
                        "name",
                        "Old gateway",
                        "driver",
                        "waha",
                        "url",
                        "http://127.0.0.1:9",
                        "credentials",
                        Map.of("apiKey", FakeWaha.KEY)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(client.get(start).text()).doesNotContain("can’t be reached");

        String id = made.json().findValue("id").asText();
        world.sql(
                "UPDATE whatsapp_connections SET url = 'http://10.0.0.1:3000' WHERE id = ?",
                id); // as it was stored then
        assertThat(client.get(start).text())
                .contains(
                        "The connection “Old gateway” can’t be reached.",
                        "10.0.0.1",
                        "BANYAN_OUTBOUND_ALLOW",
                        "/admin/pools/connections/" + id);
        assertThat(TestClient.of(world.rival())
                        .get("/admin/dashboard?as=" + world.rival().username())
                        .text())
                .doesNotContain("Old gateway");
    }
}
