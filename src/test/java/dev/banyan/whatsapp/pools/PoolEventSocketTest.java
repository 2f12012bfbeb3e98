package dev.banyan.whatsapp.pools;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The events of an account's pools sent to programs by the running server.
@QuarkusTest
class PoolEventSocketTest {

    private static final String PATH = "/api/whatsapp/events";

    @Inject
    TestWorld world;

    @Inject
    Senders senders;

    @Inject
    Linking linking;

    @Inject
    SimulatedContacts customers;

    @Inject
    Outgoing outgoing;

    @Inject
    Database database;

    @Inject
    PoolEventSocket sockets;

    private Person acme;
    private Sender master;

    @BeforeEach
    void acmeHasAMaster() {
        acme = world.acme();
        master = TestSenders.done(senders.addMaster(
                acme.account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.empty(), "Amira Nasser", Optional.empty(), MasterType.PRIMARY)));
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /// Returns once the server has registered it.
    private static SocketClient open(Person person) {
        var socket = SocketClient.open(PATH, bearer(person.token()));
        assertThat(socket.next()).isEqualTo(PoolEventSocket.HELLO);
        return socket;
    }

    private static JsonNode next(SocketClient socket, String type) {
        JsonNode frame = json(socket.next());
        while (!frame.path("type").asText().equals(type)) {
            frame = json(socket.next());
        }
        return frame;
    }

    private static JsonNode json(String text) {
        try {
            return TestClient.JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(text, failure);
        }
    }

    @Test
    void onlyWhoMaySeeThePoolsComesIn() {
        String as = PATH + "?as=";
        assertThat(SocketClient.knock(PATH, bearer(acme.token()))).isEqualTo(101);
        assertThat(SocketClient.knock(as + acme.username(), bearer(acme.token())))
                .isEqualTo(101);
        assertThat(SocketClient.knock(as + acme.username(), bearer(world.rival().token())))
                .isEqualTo(404);
        assertThat(SocketClient.knock(PATH, bearer("no-session"))).isEqualTo(401);
        assertThat(SocketClient.knock(as + world.north().username(), bearer(acme.token())))
                .isEqualTo(403);
        assertThat(SocketClient.knock(PATH, bearer(world.salesAdmin().token()))).isIn(401, 403);
        assertThat(SocketClient.knock(PATH, Map.of("Cookie", "banyan_session=" + acme.token())))
                .as("a program with a cookie, as over HTTP")
                .isEqualTo(101);
        assertThat(SocketClient.knock(
                        PATH, Map.of("Cookie", "banyan_session=" + acme.token(), "Origin", "https://evil.example")))
                .as("a page of another site")
                .isEqualTo(403);
    }

    @Test
    void aMessageIsToldFromStateToStateAndWithoutItsText() {
        linking.link(acme.account(), Actor.SERVER, master.id());
        linking.scan(acme.account(), master.id(), Phone.parse("+971500000105"));
        try (var socket = open(acme)) {
            UUID id = order("A secret");
            var states = new ArrayList<String>();
            JsonNode frame;
            do {
                frame = next(socket, "message");
                assertThat(frame.path("id").asText()).isEqualTo(id.toString());
                assertThat(frame.path("master").asText()).isEqualTo(master.id().value());
                assertThat(frame.toString()).doesNotContain("secret").doesNotContain("+971");
                states.add(frame.path("state").asText());
            } while (!states.contains("sent"));
            assertThat(states).isEqualTo(List.of("sending", "sent"));
            assertThat(frame.path("sender").asText()).isEqualTo(master.id().value());
        }
    }

    private UUID order(String text) {
        var order = new Outgoing.Order(
                master.id(),
                new Phone("+971500000201"),
                text,
                Optional.empty(),
                UUID.randomUUID().toString());
        return switch (database.<Outgoing.Ordered>write(
                tx -> outgoing.order(tx, acme.account(), Actor.SERVER, order))) {
            case Outgoing.Ordered.Done done -> done.message().id();
            case Outgoing.Ordered other -> throw new AssertionError(other);
        };
    }

    @Test
    void whatComesInAndWhatChangesIsTold() {
        linking.link(acme.account(), Actor.SERVER, master.id());
        linking.scan(acme.account(), master.id(), Phone.parse("+971500000106"));
        try (var socket = open(acme)) {
            senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
            assertThat(next(socket, "sender").path("sender").asText())
                    .isEqualTo(master.id().value());
            customers.write(
                    acme.account(), master.id(), new Phone("+971500000202"), "Omar", "A secret", Optional.empty());
            JsonNode frame = next(socket, "inbound");
            assertThat(frame.path("master").asText()).isEqualTo(master.id().value());
            assertThat(frame.path("sender").asText()).isEqualTo(master.id().value());
            assertThat(frame.toString())
                    .doesNotContain("secret")
                    .doesNotContain("Omar")
                    .doesNotContain("+971");
            JsonNode list =
                    TestClient.of(acme).get("/api/whatsapp/inbound").json().at("/data/messages");
            assertThat(list.at("/0/id").asText()).isEqualTo(frame.path("id").asText());
            assertThat(list.at("/0/text").asText()).isEqualTo("A secret");
        }
    }

    @Test
    void othersHearNothing() {
        try (var stranger = open(world.rival());
                var own = open(acme)) {
            senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
            next(own, "sender"); // all events so far have been sent
            assertThat(stranger.wasTold()).isFalse();
        }
    }

    @Test
    void aSocketEndsWithItsSessionOrWhenItTalks() {
        String token = world.newSession(acme.email());
        try (var socket = SocketClient.open(PATH, bearer(token))) {
            socket.next();
            sockets.heartbeat();
            senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
            next(socket, "sender");
            TestClient.withSession(token).form("/logout");
            sockets.heartbeat();
            assertThat(socket.closeCode()).isEqualTo(4401);
        }
        try (var socket = open(acme)) {
            socket.say("hello");
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aSocketEndsAtOnceWhenItsAccountIsSwitchedOffOrItsPersonWorksForItNoMore() {
        Person solo = world.solo();
        for (Person person : List.of(acme, solo)) {
            world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
        }
        TestClient.of(acme).post("/api/admin/UserManagerInvite", Map.of("email", solo.email(), "workspaces", true));
        TestClient.of(solo).form("/admin/invitations/" + acme.account() + "/accept", Map.of());
        String asAcme = PATH + "?as=" + acme.username();
        try (var manager = SocketClient.open(asAcme, bearer(solo.token()));
                var owner = open(acme)) {
            manager.next();
            TestClient.of(acme)
                    .post(
                            "/api/admin/UserManagerRemove",
                            Map.of("UserId", solo.account().toString()));
            assertThat(manager.closeCode()).isEqualTo(4401); // without a call of beat
            assertThat(owner.isOpen()).isTrue();
            Answer off = TestClient.withSession(world.operatorToken())
                    .form("/operator/accounts/" + acme.account() + "/disable", "reason", "security", "note", "");
            assertThat(off.status()).as(off.text()).isEqualTo(303);
            assertThat(owner.closeCode()).isEqualTo(4401);
        }
    }
}
