package dev.banyan.whatsapp.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.failover.SenderHealthDetermined;
import dev.banyan.whatsapp.pools.PoolEventSocket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alerts in the API, as events and on their page.
@QuarkusTest
class AlertsApiTest {

    private static final String API = "/api/whatsapp/alerts";

    @Inject
    TestWorld world;

    @Inject
    Event<SenderHealthDetermined> judgements;

    private Person person;
    private TestClient acme;

    @BeforeEach
    void acmeIsIn() {
        person = world.acme();
        acme = TestClient.of(person);
    }

    @Test
    void settingsAreReadAndChangedFieldByField() {
        assertThat(data(acme.get(API + "/settings")).toString())
                .isEqualTo("{\"queueLength\":1000,\"queueMinutes\":10,\"quality\":80,\"mailMinutes\":0}");
        assertThat(data(acme.put(API + "/settings", Map.of("queueLength", 50, "mailMinutes", 20)))
                        .toString())
                .isEqualTo("{\"queueLength\":50,\"queueMinutes\":10,\"quality\":80,\"mailMinutes\":20}");

        refused(acme.put(API + "/settings", Map.of("quality", 101)), "quality must be between 0 and 100");
        refused(acme.put(API + "/settings", Map.of("mailMinutes", -1)), "mailMinutes must be between 0 and 1440");
        assertThat(acme.put(API + "/settings", Map.of("queue", 1)).status()).isEqualTo(400);
        assertThat(data(acme.get(API + "/settings")).path("queueLength").asInt())
                .isEqualTo(50);
    }

    @Test
    void anAlertIsAnEventAndInTheListAndOnThePage() {
        String id = data(201, acme.post("/api/whatsapp/masters", Map.of("displayName", "Alerted Desk")))
                .path("id")
                .asText();
        try (var socket =
                SocketClient.open("/api/whatsapp/events", Map.of("Authorization", "Bearer " + person.token()))) {
            assertThat(socket.next()).isEqualTo(PoolEventSocket.HELLO);
            judgements.fire(new SenderHealthDetermined(
                    new SenderKey(person.account(), new SenderId(id)),
                    new SenderId(id),
                    true,
                    "WhatsApp has banned it."));
            String frame = socket.next();
            while (!frame.contains("\"alert\"")) {
                frame = socket.next();
            }
            assertThat(frame)
                    .contains("\"type\":\"alert\"", "\"alert\":\"sender.failed\"", "\"sender\":\"" + id + "\"");
        }

        JsonNode list = data(acme.get(API + "?limit=1&open=true"));
        assertThat(list.path("alerts")).hasSize(1);
        assertThat(list.path("nextCursor").isTextual()).isTrue();
        JsonNode all = data(acme.get(API)).path("alerts");
        assertThat(all.toString()).contains("“Alerted Desk”: WhatsApp has banned it.", "\"tone\":\"bad\"");
        assertThat(acme.get("/admin/pools").text()).contains("Open alerts", "“Alerted Desk”");
        assertThat(acme.get("/admin/pools/alerts").text()).contains("Number failed", "“Alerted Desk”");
        assertThat(TestClient.of(world.rival()).get(API).text()).doesNotContain("Alerted Desk");
    }

    @Test
    void theFormSavesAndRefuses() {
        Answer saved = acme.form(
                "/admin/pools/alerts",
                "as",
                person.username(),
                "queueLength",
                "70",
                "queueMinutes",
                "",
                "quality",
                "90",
                "mail",
                "true",
                "mailMinutes",
                "30");
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(data(acme.get(API + "/settings")).toString())
                .isEqualTo("{\"queueLength\":70,\"queueMinutes\":0,\"quality\":90,\"mailMinutes\":30}");
        Answer refused = acme.form(
                "/admin/pools/alerts",
                "as",
                person.username(),
                "queueLength",
                "many",
                "queueMinutes",
                "20000",
                "quality",
                "90",
                "mail",
                "true",
                "mailMinutes",
                "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Enter a whole number", "Minutes is required");
        assertThat(data(acme.get(API + "/settings")).path("queueLength").asInt())
                .isEqualTo(70);
    }

    private static JsonNode data(Answer answer) {
        return data(200, answer);
    }

    private static JsonNode data(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }

    private static void refused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
    }
}
