package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.pools.BoardSocket;
import dev.banyan.whatsapp.pools.PoolEventSocket;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.inbox.InboxSocket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A program with a narrow key opens a socket to hear more than it may read.
@QuarkusTest
class ListeningOutsideOfAKeysLimitsTest {

    private static final String EVENTS = "/api/whatsapp/events";
    private static final String BOARD = "/admin/pools/live";
    private static final String MESSAGES = "/api/whatsapp/messages";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    PoolEventSocket events;

    @Inject
    BoardSocket boards;

    @Inject
    InboxSocket inboxes;

    @Inject
    Event<InboxChanged> changed;

    private TestWorld world;
    private TestClient acme;
    private Workspace sales;
    private Workspace support;

    @BeforeEach
    void acmeHasTwoWorkspaces() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        sales = rooms.workspace("Sales Team");
        support = rooms.workspace("Support");
    }

    @AfterEach
    void deleteKeys() {
        world.sql("DELETE FROM api_keys");
    }

    private record Key(String id, Map<String, String> header) {}

    private Key key(Map<String, Object> limits, String... permissions) {
        var body = new HashMap<String, Object>(limits);
        body.put("name", "Listener");
        body.put("permissions", List.of(permissions));
        Answer made = acme.post("/api/admin/apikeyscreate", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Key(
                made.json().at("/key/keyId").asText(),
                Map.of("Authorization", "Bearer " + made.json().at("/key/key").asText()));
    }

    private String linked(Workspace workspace, String phone) {
        String client = acme.post(
                        "/api/whatsapp/client",
                        Map.of("subClientId", workspace.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(workspace, client, phone);
        return client;
    }

    private static String inbox(Workspace workspace) {
        return "/s/" + workspace.shortPath() + "/inbox/ws";
    }

    private void send(String pool) {
        Answer sent = acme.post(MESSAGES, Map.of("master", pool, "to", "+971500000201", "text", "A secret"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
    }

    private static String typeOf(String frame) {
        return TestClient.parse(frame).path("type").asText();
    }

    @Test
    void aKeyHearsWhatItMayFetch() {
        String pool = linked(sales, "+971500000631");
        String other = linked(support, "+971500000632");
        Key messages = key(Map.of(), "messages:read");
        Key numbers = key(Map.of(), "numbers:read");
        Key ofPool = key(Map.of("master", pool), "messages:read", "numbers:read");
        try (var own = SocketClient.open(EVENTS, ofPool.header());
                var all = SocketClient.open(EVENTS, messages.header());
                var none = SocketClient.open(EVENTS, numbers.header())) {
            for (SocketClient socket : List.of(own, all, none)) {
                assertThat(socket.next()).isEqualTo(PoolEventSocket.HELLO);
            }
            send(other);
            assertThat(TestClient.parse(all.next()).path("master").asText()).isEqualTo(other);
            send(pool);
            assertThat(TestClient.parse(own.next()).path("master").asText())
                    .as("nothing came before")
                    .isEqualTo(pool);
            acme.put("/api/whatsapp/masters/" + pool, Map.of("displayName", "Renamed"));
            assertThat(typeOf(none.next())).isEqualTo("sender");
        }
        assertThat(SocketClient.knock(BOARD, numbers.header())).isEqualTo(101);
        assertThat(SocketClient.knock(BOARD, messages.header())).isEqualTo(403);
        assertThat(SocketClient.knock(BOARD, ofPool.header())).isEqualTo(403);
        assertThat(SocketClient.knock(
                        EVENTS,
                        Map.of(
                                "Authorization",
                                Objects.requireNonNull(messages.header().get("Authorization")),
                                "Origin",
                                "https://evil.example")))
                .isEqualTo(403);
        assertThat(SocketClient.knock(EVENTS, Map.of("Authorization", "Bearer ltm_k1_unknown")))
                .isEqualTo(401);
    }

    @Test
    void aKeyThatMayReadNothingOfItOpensNothing() {
        assertThat(SocketClient.knock(EVENTS, key(Map.of(), "pages:read").header()))
                .isEqualTo(403);
        assertThat(SocketClient.knock(
                        EVENTS,
                        key(Map.of("brands", List.of(world.north().username())), "messages:read")
                                .header()))
                .isIn(403, 404);
        assertThat(SocketClient.knock(
                        EVENTS,
                        key(Map.of("networks", List.of("203.0.113.0/24")), "messages:read")
                                .header()))
                .isEqualTo(403);
    }

    @Test
    void aKeyOfAWorkspaceHearsNoOtherInbox() {
        Workspace theirs = rooms.workspace(world.context(world.rival()), "Theirs");
        Key ofSales = key(Map.of("subClientId", sales.id().value()), "inbox:read");
        Key whole = key(Map.of(), "inbox:read");
        assertThat(SocketClient.knock(inbox(support), ofSales.header())).isEqualTo(404);
        assertThat(SocketClient.knock(inbox(theirs), whole.header())).isEqualTo(404);
        assertThat(SocketClient.knock(inbox(sales), key(Map.of(), "pages:read").header()))
                .isEqualTo(403);
        assertThat(SocketClient.knock("/s/" + sales.shortPath() + "/chat/ws", whole.header()))
                .as("conversations with the assistant")
                .isIn(401, 403);
        try (var own = SocketClient.open(inbox(sales), ofSales.header());
                var other = SocketClient.open(inbox(support), whole.header())) {
            pong(own);
            pong(other);
            changed.fire(
                    new InboxChanged(sales.id(), new ConversationId(UUID.randomUUID()), InboxChanged.What.MESSAGE));
            assertThat(typeOf(own.next())).isEqualTo("changed");
            pong(other);
        }
    }

    /// A key that was made in a workspace hears the inbox of that workspace, if it may list it.
    @Test
    void aWorkspacesOwnKeyHearsItsInboxAlone() {
        TestClient fresh = TestClient.withSession(world.newSession(world.acme().email()));
        String keys = "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/api-keys";
        Answer made = fresh.post(keys, Map.of("name", "Board", "permissions", List.of("inbox")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var header =
                Map.of("Authorization", "Bearer " + made.json().at("/data/key").asText());
        Answer reading = fresh.post(keys, Map.of("name", "Reader", "permissions", List.of("contacts", "messages")));

        assertThat(SocketClient.knock(
                        inbox(sales),
                        Map.of(
                                "Authorization",
                                "Bearer " + reading.json().at("/data/key").asText())))
                .isEqualTo(403);
        assertThat(SocketClient.knock(inbox(support), header)).isEqualTo(404);
        assertThat(SocketClient.knock(EVENTS, header)).isEqualTo(401);
        assertThat(SocketClient.knock("/s/" + sales.shortPath() + "/chat/ws", header))
                .isIn(401, 403);
        assertThat(SocketClient.knock(inbox(sales), Map.of("Authorization", "Bearer wsk_w0000000_" + "0".repeat(32))))
                .isEqualTo(401);
        try (var socket = SocketClient.open(inbox(sales), header)) {
            pong(socket);
            changed.fire(
                    new InboxChanged(sales.id(), new ConversationId(UUID.randomUUID()), InboxChanged.What.MESSAGE));
            assertThat(typeOf(socket.next())).isEqualTo("changed");
            inboxes.heartbeat();
            pong(socket);
            fresh.delete(keys + "/" + made.json().at("/data/apiKey/id").asText());
            assertThat(socket.closeCode()).isEqualTo(4401); // without a call of beat
        }
    }

    /// Nothing came before it.
    private static void pong(SocketClient socket) {
        socket.say("ping");
        assertThat(typeOf(socket.next())).isEqualTo("pong");
    }

    @Test
    void aSocketEndsWithItsKey() {
        Key revoked = key(Map.of(), "messages:read", "inbox:read");
        Key changedKey = key(Map.of(), "messages:read", "inbox:read");
        Key kept = key(Map.of(), "messages:read", "inbox:read");
        try (var first = SocketClient.open(EVENTS, revoked.header());
                var second = SocketClient.open(inbox(sales), revoked.header());
                var third = SocketClient.open(EVENTS, changedKey.header());
                var stays = SocketClient.open(inbox(sales), kept.header())) {
            assertThat(first.next()).isEqualTo(PoolEventSocket.HELLO);
            assertThat(third.next()).isEqualTo(PoolEventSocket.HELLO);
            pong(second);
            pong(stays);
            acme.delete("/api/admin/apikeysdelete?keyId=" + revoked.id());
            assertThat(first.closeCode()).isEqualTo(4401); // without a call of beat
            assertThat(second.closeCode()).isEqualTo(4401);
            assertThat(third.isOpen()).isTrue();
            acme.put("/api/admin/apikeysupdate?keyId=" + changedKey.id(), Map.of("permissions", List.of("pages:read")));
            assertThat(third.closeCode()).isEqualTo(4401);
            pong(stays);
        }
    }

    @Test
    void aSocketEndsAtTheEndOfItsKey() {
        Key key = key(
                Map.of("expiresAt", clock.instant().plus(Duration.ofHours(1)).toString()),
                "messages:read",
                "numbers:read",
                "inbox:read");
        try (var pools = SocketClient.open(EVENTS, key.header());
                var board = SocketClient.open(BOARD, key.header());
                var open = SocketClient.open(inbox(sales), key.header())) {
            pools.next();
            board.next();
            pong(open);
            events.heartbeat();
            boards.heartbeat();
            inboxes.heartbeat();
            pong(open);
            assertThat(pools.isOpen() && board.isOpen()).isTrue();
            clock.forward(Duration.ofHours(1));
            events.heartbeat();
            boards.heartbeat();
            inboxes.heartbeat();
            for (SocketClient socket : List.of(pools, board, open)) {
                assertThat(socket.closeCode()).isEqualTo(4401);
            }
        }
    }
}
