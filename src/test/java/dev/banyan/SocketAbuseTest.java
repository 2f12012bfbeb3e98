package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient.Answer;
import dev.banyan.console.session.ConsoleEndpoint;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.webhooks.ListenSocket;
import dev.banyan.whatsapp.pools.BoardSocket;
import dev.banyan.whatsapp.pools.PoolEventSocket;
import dev.banyan.workspaces.chat.ChatSocket;
import dev.banyan.workspaces.inbox.InboxSocket;
import dev.banyan.workspaces.number.NumberSocket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.OpenConnections;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks every socket of the server. Afterwards the server still works: it responds, has released its resources, and
/// serves proper clients.
@QuarkusTest
class SocketAbuseTest {

    /// The sockets of the server; a test below compares them with the classes. A new one needs a line here and in
    /// [#door(Which)].
    enum Which {
        CHAT("workspace-chat", 10),
        INBOX("workspace-inbox", 10),
        NUMBERS("workspace-number", 100),
        BOARDS("pools-live", 100),
        POOL_EVENTS("pools-events", 100),
        WEBHOOKS("webhooks-listen", 20),
        CONSOLE("console", Integer.MAX_VALUE);

        private final String endpoint;
        /// Limit of open sockets per visitor.
        private final int most;

        Which(String endpoint, int most) {
            this.endpoint = endpoint;
            this.most = most;
        }
    }

    /// How to connect to a socket.
    ///
    /// @param headers required for access, except for the origin
    /// @param greeting sends a request and checks the response
    private record Door(String path, Map<String, String> headers, Consumer<RawSocket> greeting) {

        Map<String, String> from(String origin) {
            var all = new HashMap<>(headers);
            all.put("Origin", origin);
            return all;
        }

        Map<String, String> good() {
            return from(TestServer.uri().toString());
        }

        RawSocket open() {
            return RawSocket.open(path, good());
        }
    }

    private static final int FLOOD = 2_000;
    private static final long KEPT_AT_MOST = 48L << 20;
    private static final byte[] NOTHING = {};

    @Inject
    TestWorld world;

    @Inject
    OpenConnections connections;

    @Inject
    ChatSocket chats;

    @Inject
    InboxSocket inboxes;

    @Inject
    NumberSocket numbers;

    @Inject
    BoardSocket boards;

    @Inject
    PoolEventSocket poolEvents;

    @Inject
    ListenSocket listeners;

    @Inject
    ConsoleEndpoint console;

    @Inject
    Settings settings;

    private String key = "";

    /// What the server kept when it was last measured, which takes seconds beside all other tests; 0: not yet.
    private static long before;

    @BeforeEach
    void howMuchIsKept() {
        chats.heartbeat(); // forgets what tests before this one may have left
        inboxes.heartbeat();
        boards.heartbeat();
        poolEvents.heartbeat();
        listeners.heartbeat();
        if (before == 0) {
            before = kept();
        }
    }

    private Door door(Which which) {
        return switch (which) {
            case CHAT ->
                new Door(
                        "/s/" + world.sales().shortPath() + "/chat/ws",
                        Map.of("Cookie", world.salesAdmin().cookie()),
                        SocketAbuseTest::pingsInWords);
            case INBOX ->
                new Door(
                        "/s/" + world.sales().shortPath() + "/inbox/ws",
                        Map.of("Cookie", world.salesAdmin().cookie()),
                        SocketAbuseTest::pingsInWords);
            case NUMBERS ->
                new Door(
                        "/api/whatsapp/ws",
                        Map.of("Cookie", world.salesAdmin().cookie()),
                        SocketAbuseTest::pingsInWords);
            case BOARDS ->
                new Door(
                        "/admin/pools/live?as=" + world.acme().username(),
                        Map.of("Cookie", "banyan_session=" + world.acme().token()),
                        socket -> assertThat(socket.next().orElseThrow().text()).hasSize(36));
            case POOL_EVENTS ->
                new Door(
                        "/api/whatsapp/events?as=" + world.acme().username(),
                        Map.of("Cookie", "banyan_session=" + world.acme().token()),
                        socket -> assertThat(socket.next().orElseThrow().text()).isEqualTo("{\"type\":\"hello\"}"));
            case WEBHOOKS ->
                new Door(
                        "/api/webhooks/listen",
                        Map.of("Authorization", "Bearer " + key()),
                        socket -> assertThat(socket.say("hello").closeCode()).isEqualTo(1008));
            case CONSOLE ->
                new Door(
                        "/api/console",
                        Map.of("Authorization", "Bearer " + consoleToken()),
                        socket -> assertThat(socket.say("hello").closeCode()).isEqualTo(1003));
        };
    }

    private String key() {
        if (key.isEmpty()) {
            key = TestClient.of(world.acme())
                    .post(
                            "/api/admin/apikeyscreate",
                            Map.of("name", "Listener", "permissions", List.of("webhooks:manage")))
                    .json()
                    .at("/key/key")
                    .asText();
        }
        return key;
    }

    private static void pingsInWords(RawSocket socket) {
        socket.say("{\"type\":\"ping\"}");
        String said = socket.next().orElseThrow().text();
        while (!said.equals("{\"type\":\"pong\"}")) { // other windows of the same person may have sent requests
            said = socket.next().orElseThrow().text();
        }
    }

    private String consoleToken() {
        Path file = settings.data().resolve("run/console.token");
        try {
            if (!Files.exists(file)) {
                console.open(); // as Startup does once the server is listening
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @AfterEach
    void theServerIsWell() {
        assertThat(TestClient.anonymous().get("/healthz").status()).isEqualTo(200);
        for (Which which : Which.values()) {
            await(
                    which + " is forgotten",
                    () -> connections.findByEndpointId(which.endpoint).isEmpty());
        }
        await(
                "nobody is listed",
                () -> chats.size() == 0
                        && inboxes.size() == 0
                        && numbers.size() == 0
                        && boards.size() == 0
                        && poolEvents.size() == 0
                        && listeners.size() == 0);
        for (Which which : Which.values()) {
            Door door = door(which);
            try (var guest = door.open()) {
                door.greeting().accept(guest);
            }
        }
        if (used() - before >= KEPT_AT_MOST) {
            long now = kept();
            assertThat(now - before).as("bytes kept").isLessThan(KEPT_AT_MOST);
            before = now;
        }
        world.sql("DELETE FROM api_keys");
    }

    private static long kept() {
        System.gc();
        return used();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void await(String what, BooleanSupplier condition) {
        try {
            Eventually.holds(condition);
        } catch (AssertionError late) {
            throw new AssertionError("It does not come true that " + what, late);
        }
    }

    @Test
    void everySocketIsHere() {
        assertThat(Routes.sockets())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Which.values()).map(which -> which.endpoint).toList());
    }

    // Refused connections

    @ParameterizedTest
    @EnumSource
    void withoutASession(Which which) {
        Door door = door(which);
        for (var headers : List.of(
                Map.of("Origin", TestServer.uri().toString()),
                Map.of("Origin", TestServer.uri().toString(), "Cookie", "banyan_session=x; banyan_ws_scl_1=x"),
                Map.of("Authorization", "Bearer nonsense"))) {
            assertThat(knock(door.path(), headers)).as(headers.toString()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONSOLE") // browsers don't send its token automatically
    void fromAPageOfAnotherSite(Which which) {
        Door door = door(which);
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1", "")) {
            assertThat(knock(door.path(), door.from(origin))).as(origin).isEqualTo(403);
        }
        // Browsers always say where a page is from; one that leaves out the origin says it in another word.
        var unnamed = new HashMap<>(door.headers());
        unnamed.put("Sec-Fetch-Site", "cross-site");
        assertThat(knock(door.path(), unnamed)).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void atAnAddressThatIsNone(Which which) {
        Door door = door(which);
        String path = door.path().replaceFirst("\\?.*", "");
        for (String other : List.of(path + "/more", path + "x", path.replace("/ws", "/wss") + "%00", "/" + which)) {
            assertThat(knock(other, door.good())).as(other).isBetween(300, 499);
        }
    }

    static Stream<String> badHandshakes() {
        return Stream.of(
                "GET => POST",
                "HTTP/1.1 => HTTP/1.0",
                "Sec-WebSocket-Version: 13 => Sec-WebSocket-Version: 99",
                "Sec-WebSocket-Version: 13 => X-Nothing: 1",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== => X-Nothing: 1",
                "Connection: Upgrade => Connection: close",
                "Upgrade: websocket => Upgrade: h2c",
                "Upgrade: websocket => X-Nothing: 1");
    }

    @ParameterizedTest
    @MethodSource("badHandshakes")
    void withAHandshakeThatIsNone(String change) {
        String[] parts = change.split(" => ");
        for (Which which : Which.values()) {
            Door door = door(which);
            String request = RawSocket.handshake(door.path(), door.good());
            try (var socket = RawSocket.connect(0)) {
                int status = socket.write(request.replace(parts[0], parts[1])).status();
                assertThat(status).as(which + ": " + change).isIn(0, 400, 401, 403, 404, 405, 406, 426);
            }
        }
    }

    private static int knock(String path, Map<String, String> headers) {
        try (var socket = RawSocket.connect(0)) {
            return socket.shake(path, headers);
        }
    }

    // Protocol violations

    /// @param codes the expected close codes
    private record Broken(String what, byte[] bytes, Set<Integer> codes) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static final Set<Integer> TOO_LARGE = Set.of(1009, 1006);
    private static final Set<Integer> NOT_THE_PROTOCOL = Set.of(1002, 1006);
    /// The underlying server passes some of them on as texts, which are invalid then.
    private static final Set<Integer> NOT_THE_PROTOCOL_OR_NONSENSE = Set.of(1002, 1007, 1006, 1000, 1003, 1008);

    static Stream<Broken> brokenFrames() {
        return Stream.of(
                new Broken("one that says it is a terabyte", RawSocket.frame(0x81, true, 1L << 40, NOTHING), TOO_LARGE),
                new Broken("one of a negative length", RawSocket.frame(0x81, true, -1, NOTHING), NOT_THE_PROTOCOL),
                new Broken("one too large", RawSocket.frame(true, RawSocket.TEXT, new byte[70_000]), TOO_LARGE),
                new Broken("one without a mask", RawSocket.frame(0x81, false, 2, new byte[2]), NOT_THE_PROTOCOL),
                new Broken("one of a kind that is none", RawSocket.frame(0x83, true, 0, NOTHING), NOT_THE_PROTOCOL),
                new Broken("a long ping", RawSocket.frame(0x89, true, 200, new byte[200]), NOT_THE_PROTOCOL),
                new Broken("a ping in pieces", RawSocket.frame(0x09, true, 0, NOTHING), NOT_THE_PROTOCOL),
                new Broken("a piece of nothing", RawSocket.frame(0x80, true, 1, new byte[1]), NOT_THE_PROTOCOL),
                new Broken(
                        "one with reserved bits",
                        RawSocket.frame(0xf1, true, 0, NOTHING),
                        NOT_THE_PROTOCOL_OR_NONSENSE),
                new Broken(
                        "one that is no UTF-8",
                        RawSocket.frame(true, RawSocket.TEXT, new byte[] {(byte) 0xc3, 0x28}),
                        NOT_THE_PROTOCOL_OR_NONSENSE));
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void aBrokenFrame(Broken broken) {
        for (Which which : Which.values()) {
            try (var socket = door(which).open()) {
                socket.write(broken.bytes());
                socket.tryWrite(RawSocket.frame(true, RawSocket.CLOSE, new byte[] {3, (byte) 0xe8}));
                assertThat(socket.closeCode()).as(which.toString()).isIn(broken.codes());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatNeverEnds(Which which) {
        try (var socket = door(which).open()) {
            byte[] piece = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
            socket.write(RawSocket.frame(false, RawSocket.TEXT, piece));
            byte[] more = RawSocket.frame(false, RawSocket.CONTINUATION, piece);
            for (int i = 0; i < 1_000 && socket.tryWrite(more); i++) {
                // until the server closes it
            }
            assertThat(socket.closeCode()).isIn(1009, 1006);
        }
    }

    @ParameterizedTest
    @EnumSource
    void piecesOfNothingWithoutEnd(Which which) {
        try (var socket = door(which).open()) {
            socket.write(RawSocket.frame(false, RawSocket.TEXT, NOTHING));
            byte[] more = RawSocket.frame(false, RawSocket.CONTINUATION, NOTHING);
            for (int i = 0; i < 20_000 && socket.tryWrite(more); i++) {
                // until the server closes it, if it does
            }
            socket.reset();
        }
    }

    @ParameterizedTest
    @EnumSource
    void binaryWhereTextIsSpoken(Which which) {
        try (var socket = door(which).open()) {
            socket.write(RawSocket.frame(true, RawSocket.BINARY, new byte[1_000]));
            socket.write(RawSocket.frame(true, RawSocket.CLOSE, new byte[] {3, (byte) 0xe8}));
            assertThat(socket.closeCode()).isIn(1000, 1003, 1008, 1011, 1006);
        }
    }

    // Too many requests

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "INBOX", "NUMBERS"})
    void aFloodOfWords(Which which) {
        try (var socket = door(which).open()) {
            byte[] words =
                    RawSocket.frame(true, RawSocket.TEXT, "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < FLOOD && socket.tryWrite(words); i++) {
                    // without waiting for a response
                }
            });
            for (int i = 0; i < FLOOD; i++) {
                assertThat(socket.next().orElseThrow().text()).isEqualTo("{\"type\":\"pong\"}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "INBOX", "NUMBERS"})
    void aFloodOfNonsense(Which which) {
        try (var socket = door(which).open()) {
            for (int i = 0; i < FLOOD; i++) {
                socket.say("[".repeat(i % 100));
            }
            for (int i = 0; i < FLOOD; i++) {
                assertThat(socket.next().orElseThrow().text()).contains("\"error\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BOARDS", "POOL_EVENTS", "WEBHOOKS"})
    void whereNothingIsToBeSaid(Which which) {
        try (var socket = door(which).open()) {
            for (int i = 0; i < FLOOD && socket.tryWrite(RawSocket.frame(true, RawSocket.TEXT, NOTHING)); i++) {
                // until it closes the connection
            }
            assertThat(socket.closeCode()).isIn(1008, 1006);
        }
    }

    /// Pings are answered by the underlying server. Responses to a client that doesn't read must not pile up in memory.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONSOLE")
    void pingsWithoutReadingTheAnswers(Which which) {
        Door door = door(which);
        long most = 200_000_000;
        byte[] ping = RawSocket.frame(true, RawSocket.PING, new byte[125]);
        byte[] many = new byte[ping.length * 100];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(ping, 0, many, i * ping.length, ping.length);
        }
        var sent = new AtomicLong();
        try (var socket = RawSocket.open(door.path(), door.good(), 4_096)) {
            Thread sender = Thread.ofPlatform().start(() -> {
                while (sent.get() < most && socket.tryWrite(many)) {
                    sent.addAndGet(many.length);
                }
            });
            await("the server takes no more", () -> !sender.isAlive() || stands(sent));
            assertThat(sent.get()).as("bytes taken").isLessThan(most / 4);
            socket.reset();
            await("the sender has ended", () -> !sender.isAlive());
        }
    }

    /// Unread data waits in memory, with a limit: a client that falls too far behind is closed, and may reconnect.
    @Test
    void whoNeverReads() {
        Door door = door(Which.CHAT);
        var writer = TestClient.of(world.salesAdmin());
        int most = 4_000;
        try (var _ = RawSocket.open(door.path(), door.good(), 4_096)) {
            await(
                    "it is listed",
                    () -> !connections.findByEndpointId(Which.CHAT.endpoint).isEmpty());
            int said = 0;
            for (;
                    said < most
                            && !connections
                                    .findByEndpointId(Which.CHAT.endpoint)
                                    .isEmpty();
                    said++) {
                Answer answer = writer.post(
                        "/api/sub-client/chat/send",
                        Map.of("shortPath", world.sales().shortPath(), "message", "x".repeat(4_000)));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            }
            assertThat(said).as("messages until it is closed").isBetween(100, most - 1);
        }
    }

    private static boolean stands(AtomicLong number) {
        long then = number.get();
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            if (number.get() != then) {
                return false;
            }
            Eventually.pause();
        }
        return true;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONSOLE")
    void moreSocketsThanOneMayHave(Which which) {
        Door door = door(which);
        var open = new ArrayList<RawSocket>();
        try {
            for (int i = 0; i < which.most + 40; i++) {
                open.add(door.open());
            }
            await(
                    "those above are closed",
                    () -> connections.findByEndpointId(which.endpoint).size() == which.most);
            // Sockets are counted concurrently, so it is unpredictable which ones exceed the limit.
            var told = new HashSet<RawSocket>();
            await("they are told so", () -> {
                open.stream().filter(SocketAbuseTest::isToldThatThereAreTooMany).forEach(told::add);
                return told.size() == 40;
            });
        } finally {
            open.forEach(RawSocket::close);
        }
    }

    private static boolean isToldThatThereAreTooMany(RawSocket socket) {
        while (socket.hasSomething()) {
            RawSocket.Frame frame = socket.next().orElseThrow();
            if (frame.kind() == RawSocket.CLOSE) {
                return frame.closeCode() == 4429;
            }
        }
        return false;
    }

    // Connecting and disconnecting, and idle connections

    @Test
    void handshakesThatAreNeverFinished() {
        var open = new ArrayList<RawSocket>();
        try {
            for (Which which : Which.values()) {
                Door door = door(which);
                String request = RawSocket.handshake(door.path(), door.good());
                for (int i = 0; i < 100; i++) {
                    open.add(RawSocket.connect(0).write(request.substring(0, request.length() - 2 - i % 50)));
                }
            }
            assertThat(TestClient.anonymous().get("/healthz").status()).isEqualTo(200);
            Door chat = door(Which.CHAT);
            try (var guest = chat.open()) {
                chat.greeting().accept(guest);
            }
        } finally {
            open.forEach(RawSocket::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goneInTheMiddle(Which which) {
        Door door = door(which);
        byte[] frame = RawSocket.frame(true, RawSocket.TEXT, new byte[100]);
        for (int i = 0; i < 60; i++) {
            var socket = RawSocket.connect(0);
            String request = RawSocket.handshake(door.path(), door.good());
            switch (i % 6) {
                case 0 -> socket.write(request.substring(0, 30)).reset();
                case 1 -> socket.write(request).reset();
                case 2 -> {
                    assertThat(socket.shake(door.path(), door.good())).isEqualTo(101);
                    socket.reset();
                }
                case 3 -> {
                    assertThat(socket.shake(door.path(), door.good())).isEqualTo(101);
                    socket.write(Arrays.copyOf(frame, frame.length / 2)).reset();
                }
                case 4 -> {
                    assertThat(socket.shake(door.path(), door.good())).isEqualTo(101);
                    socket.write(RawSocket.frame(true, RawSocket.CLOSE, NOTHING))
                            .close();
                }
                default -> {
                    assertThat(socket.shake(door.path(), door.good())).isEqualTo(101);
                    socket.close();
                }
            }
        }
    }

    @Test
    void aMessageIsSentAndItsSenderIsGone() {
        Door door = door(Which.CHAT);
        for (int i = 0; i < 30; i++) {
            door.open()
                    .say("{\"type\":\"message\",\"key\":\"gone-" + i + "\",\"text\":\"Hello\"}")
                    .reset();
        }
        await(
                "what was said is stored",
                () -> world.count(
                                "SELECT COUNT(*) FROM messages WHERE sub_client_id = ? AND role = 'user'",
                                world.sales().id().value())
                        > 0);
    }
}
