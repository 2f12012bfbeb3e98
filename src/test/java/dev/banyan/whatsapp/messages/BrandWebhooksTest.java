package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderBrands;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers belong to the agency, and a pool may work for a brand: the brand's webhooks hear of it, those of other
/// brands don't. Nothing listens at their addresses: what is sent is in their logs.
@QuarkusTest
class BrandWebhooksTest {

    private static final String HOOKS = "/api/admin/webhooks";

    @Inject
    TestWorld world;

    @Inject
    SenderBrands brands;

    private TestClient acme = TestClient.anonymous();
    private String master = "";
    private String ofAgency = "";
    private String ofNorth = "";
    private String ofSouth = "";

    @BeforeEach
    void aPoolThatWorksForABrand() {
        acme = TestClient.of(world.acme());
        master = acme.post("/api/whatsapp/masters", Map.of("displayName", "Harbour"))
                .json()
                .at("/data/id")
                .asText();
        Outcomes.value(brands.assign(
                tenant(), Actor.SERVER, new SenderId(master), world.north().username()));
        ofAgency = hook("");
        ofNorth = hook("?as=" + world.north().username());
        ofSouth = hook("?as=" + world.south().username());
    }

    @AfterEach
    void deleted() {
        world.sql("DELETE FROM webhook_endpoints WHERE tenant_id = ?", tenant().toString());
    }

    private AccountId tenant() {
        return world.acme().account();
    }

    private String hook(String as) {
        Answer made = acme.post(
                HOOKS + as,
                Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("message.*", "pool.*", "sender.*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().at("/webhook/id").asText();
    }

    private List<JsonNode> log(String id, String as) {
        JsonNode found = acme.get(HOOKS + "/" + id + "/deliveries" + as).json().path("deliveries");
        return StreamSupport.stream(found.spliterator(), false).toList();
    }

    private void toldOnceToTheBrand(String type) {
        for (List<JsonNode> log :
                List.of(log(ofAgency, ""), log(ofNorth, "?as=" + world.north().username()))) {
            List<JsonNode> events = log.stream()
                    .filter(delivery -> delivery.path("type").asText().equals(type))
                    .toList();
            assertThat(events).as(type).hasSize(1);
            assertThat(events.getFirst().at("/request/data/account").asText())
                    .isEqualTo(world.north().id().toString());
        }
        assertThat(log(ofSouth, "?as=" + world.south().username())).isEmpty();
    }

    @Test
    void anActOnItIsTold() {
        Answer paused = acme.post("/api/whatsapp/pools/" + master + "/pause", Map.of("mode", "hold"));
        assertThat(paused.status()).as(paused.toString()).isEqualTo(200);

        toldOnceToTheBrand("pool.paused");
    }

    @Test
    void aNewMessageIsTold() {
        Answer ordered = acme.post(
                "/api/whatsapp/messages",
                Map.of("to", "+971500000777", "text", "Your order is ready.", "master", master));
        assertThat(ordered.status()).as(ordered.toString()).isBetween(200, 202);

        toldOnceToTheBrand("message.queued");
    }
}
