package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Brand;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.MessageProgress;
import dev.banyan.whatsapp.pools.PoolEventSocket;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The numbers of one brand have failed, and those of another one stand in for them. Programs of the other brand read
/// what they send, or stop it. The numbers aren’t linked, so messages wait.
@QuarkusTest
class ReadingMessagesOfABrandWhoseNumbersFailedTest {

    private static final String MESSAGES = "/api/whatsapp/messages";

    @Inject
    NumberRooms rooms;

    @Inject
    Event<MessageProgress> progress;

    private TestWorld world;
    private TestClient acme;
    private Desk north;
    private Desk south;

    /// A workspace of a brand with its number.
    private record Desk(Brand brand, Workspace workspace, String number) {

        String as(String path) {
            return path + "?subAccountId=" + brand.id();
        }

        Map<String, Object> all() {
            return Map.of("filter", Map.of("subClientId", workspace.id().value()));
        }
    }

    @BeforeEach
    void twoBrandsHaveNumbers() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        north = desk(world.north());
        south = desk(world.south());
    }

    @AfterEach
    void deleteKeys() {
        world.sql("DELETE FROM api_keys");
    }

    private Desk desk(Brand brand) {
        Workspace workspace = rooms.workspace(world.context(world.acme(), brand.username()), "Desk");
        Answer made = acme.post(
                "/api/whatsapp/client?subAccountId=" + brand.id(),
                Map.of("subClientId", workspace.id().value()));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return new Desk(brand, workspace, made.json().at("/client/id").asText());
    }

    private String send(Desk from) {
        Answer sent = acme.post(
                from.as(MESSAGES),
                Map.of("subClientId", from.workspace().id().value(), "to", "+971500000201", "text", "A secret"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        return sent.json().at("/data/id").asText();
    }

    /// Moves a message to the queue of another pool, as a failover does.
    private void lend(String message, String pool) {
        world.sql("UPDATE outgoing_messages SET home_master_id = master_id, master_id = ? WHERE id = ?", pool, message);
    }

    private Answer one(Desk by, String message) {
        return acme.get(by.as(MESSAGES + "/" + message));
    }

    private List<String> listed(Desk by) {
        Answer list =
                acme.get(by.as(MESSAGES) + "&subClientId=" + by.workspace().id());
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        return list.json().at("/data/messages").findValuesAsText("id");
    }

    private JsonNode cancelAll(Desk by) {
        Answer done = acme.post(by.as(MESSAGES + "/cancel"), by.all());
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        return done.json().path("data");
    }

    @Test
    void theBrandThatOrderedItFollowsItAndNoOtherDoes() {
        String lent = send(north);
        String own = send(south);
        lend(lent, south.number());

        assertThat(one(north, lent).status()).isEqualTo(200);
        assertThat(one(south, lent).status()).isEqualTo(404);
        assertThat(listed(south)).containsExactly(own);
        assertThat(listed(north)).containsExactly(lent);
        assertThat(acme.post(south.as(MESSAGES + "/" + lent + "/cancel"), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(acme.post(south.as(MESSAGES + "/cancel"), Map.of("ids", List.of(lent)))
                        .status())
                .isEqualTo(404);
        assertThat(cancelAll(south).path("done").asInt()).as("its own").isEqualTo(1);
        assertThat(one(north, lent).json().at("/data/state").asText()).isEqualTo("queued");
        assertThat(cancelAll(north).path("done").asInt()).isEqualTo(1);
        assertThat(one(north, lent).json().at("/data/state").asText()).isEqualTo("canceled");
    }

    @Test
    void whatAnInboxSentStaysThereWhenAPoolOfTheAgencyStandsInForIt() {
        Answer made = acme.post("/api/whatsapp/masters", Map.of("displayName", "Spare"));
        String spare = made.json().at("/data/id").asText();
        String reply = send(north);
        world.sql("UPDATE outgoing_messages SET idempotency_key = ? WHERE id = ?", "reply-" + reply, reply);
        lend(reply, spare);

        assertThat(acme.get(MESSAGES + "/" + reply).status()).isEqualTo(404);
        assertThat(acme.get(MESSAGES + "?master=" + spare).json().at("/data/messages"))
                .isEmpty();
        Answer canceled = acme.post(MESSAGES + "/cancel", Map.of("filter", Map.of("master", spare)));
        assertThat(canceled.json().at("/data/matched").asInt()).isZero();
    }

    private Map<String, String> keyFor(Desk desk) {
        Answer made = acme.post(
                "/api/admin/apikeyscreate",
                Map.of("name", "Pool", "permissions", List.of("messages:read"), "master", desk.number()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return Map.of("Authorization", "Bearer " + made.json().at("/key/key").asText());
    }

    private Answer one(Map<String, String> key, String message) {
        return TestClient.anonymous()
                .with("Authorization", Objects.requireNonNull(key.get("Authorization")))
                .get(MESSAGES + "/" + message);
    }

    @Test
    void aKeyForAPoolFollowsWhatWasOrderedForIt() {
        String lent = send(north);
        lend(lent, south.number());
        Map<String, String> ofNorth = keyFor(north);
        Map<String, String> ofSouth = keyFor(south);

        assertThat(one(ofNorth, lent).status()).isEqualTo(200);
        assertThat(one(ofSouth, lent).status()).isEqualTo(404);
        String events = "/api/whatsapp/events";
        try (var hearing = SocketClient.open(events, ofNorth);
                var deaf = SocketClient.open(events, ofSouth)) {
            assertThat(hearing.next()).isEqualTo(PoolEventSocket.HELLO);
            assertThat(deaf.next()).isEqualTo(PoolEventSocket.HELLO);
            tell(lent, Optional.of(north.number()));
            assertThat(TestClient.parse(hearing.next()).path("id").asText()).isEqualTo(lent);
            String own = UUID.randomUUID().toString();
            tell(own, Optional.empty());
            assertThat(TestClient.parse(deaf.next()).path("id").asText())
                    .as("nothing came before")
                    .isEqualTo(own);
        }
    }

    private void tell(String message, Optional<String> home) {
        progress.fire(new MessageProgress(
                world.acme().account(),
                UUID.fromString(message),
                new SenderId(south.number()),
                home.map(SenderId::new),
                Optional.empty(),
                DeliveryState.SENDING,
                Instant.EPOCH));
    }
}
