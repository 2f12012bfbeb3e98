package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TimeLimit;
import dev.banyan.whatsapp.drivers.cloud.FakeNumber;
import dev.banyan.whatsapp.templates.CloudShop;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Pools of an account live on one of two servers, and people, messages and webhooks come to the other one. When the
/// server with the numbers dies, stops or sleeps, they live on the other, and nothing is sent twice.
@TestInstance(Lifecycle.PER_CLASS)
class NumbersOnTwoServersTest {

    private static final Duration ELSEWHERE_WITHIN = Duration.ofSeconds(10);
    private static final int BEFORE = 20;
    private static final int MEANWHILE = 60;

    private ClusterServers servers;
    private ServerProcess stays;
    private ServerProcess has;
    private TestClient onStays;
    private TestClient onHas;
    private String account;
    private CloudShop shop;
    /// The pools that [Orders] go to, in turn.
    private List<String> pools = List.of();
    private int accounts;

    @BeforeAll
    void start(@TempDir Path folder) {
        servers = new ClusterServers(folder);
        stays = servers.start("stays");
        stays.awaitReady();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    /// A number at the Cloud API is linked on one server; webhooks come to the other one.
    @BeforeEach
    void aShop(TestInfo test) {
        account = "shop" + ++accounts;
        has = servers.start(test.getTestMethod().orElseThrow().getName());
        onHas = ClusterServers.owner(has, account);
        onStays = onHas.on(stays.awaitReady());
        shop = new CloudShop(onHas, stays.awaitReady(), Clock.systemUTC(), _ -> {});
        shop.meta.windows(false);
        shop.meta.sending().reportsByItself("sent", "delivered");
        pools = List.of(shop.master);
    }

    @AfterEach
    void end() {
        shop.close();
        has.close();
    }

    private String order(TestClient client, int number) {
        return CloudShop.data(
                        client.post(
                                "/api/whatsapp/messages",
                                Map.of(
                                        "master",
                                        pools.get(number % pools.size()),
                                        "to",
                                        "+97150000%04d".formatted(3_000 + number),
                                        "text",
                                        "Order " + number)),
                        202)
                .path("id")
                .asText();
    }

    private static JsonNode message(TestClient client, String id) {
        return CloudShop.data(client.get("/api/whatsapp/messages/" + id), 200);
    }

    private static String state(TestClient client, String id) {
        return message(client, id).path("state").asText();
    }

    private boolean isHealthy(TestClient client) {
        return CloudShop.data(client.get("/api/whatsapp/senders/" + shop.master), 200)
                .path("healthy")
                .asBoolean();
    }

    @Test
    void whatComesToTheOtherServerReachesTheNumber() {
        assertThat(isHealthy(onStays)).as("as both servers know").isTrue();

        String id = order(onStays, 1);

        Eventually.until(() -> state(onStays, id), "delivered"::equals); // which came by webhook
        assertThat(state(onHas, id)).isEqualTo("delivered");
        assertThat(shop.meta.sending().copies(id)).isEqualTo(1);
    }

    private String newNumber() {
        return CloudShop.data(onHas.post("/api/whatsapp/masters", Map.of("displayName", "Back office")), 201)
                .path("id")
                .asText();
    }

    /// The server that was asked can't say that it has died; what waits for its answer ends when the others notice.
    @Test
    void aQuestionToADeadServerEndsWithIt() {
        String link = "/api/whatsapp/masters/" + newNumber() + "/link";
        has.kill();
        long asked = System.nanoTime();

        assertThat(onStays.post(link, Map.of()).status()).isIn(503, 200);

        TimeLimit.assertKept(ELSEWHERE_WITHIN, Duration.ofNanos(System.nanoTime() - asked));
        assertThat(Eventually.until(() -> onStays.post(link, Map.of()).status(), status -> status != 503))
                .isEqualTo(200);
    }

    @Test
    void aCodeIsShownAndScannedOnEitherServer() {
        String number = newNumber();
        String link = "/api/whatsapp/masters/" + number + "/link";

        String code = CloudShop.data(onStays.post(link, Map.of()), 200)
                .at("/code/text")
                .asText();

        assertThat(code).startsWith("2@");
        assertThat(CloudShop.data(onHas.post(link, Map.of()), 200)
                        .at("/code/text")
                        .asText())
                .isEqualTo(code);
        JsonNode scanned = CloudShop.data(
                onStays.post("/api/whatsapp/senders/" + number + "/scan", Map.of("phone", "+971500000212")), 200);
        assertThat(scanned.path("state").asText()).isEqualTo("linked");
        assertThat(scanned.path("healthy").asBoolean()).isTrue();
    }

    @Test
    void theNumbersOfADeadServerLiveElsewhereWithinTenSeconds() throws InterruptedException {
        try (var orders = new Orders()) {
            orders.await(BEFORE);
            orders.more(MEANWHILE);
            long killed = System.nanoTime();
            has.kill();

            liveSince(killed);
            orders.endWell(true);
        }
    }

    /// A webhook may tell of numbers on both servers.
    @Test
    void poolsOfOneAccountLiveOnBothServersAndThenOnTheOneThatStays() throws InterruptedException {
        FakeNumber second = shop.meta.number("4000000000009" + accounts, "97150000070" + accounts, "Marina Bakery");
        String bakery = linked(onStays, second);
        pools = List.of(shop.master, bakery);
        assertThat(Eventually.until(this::servers, count -> count == 2)).isEqualTo(2);

        shop.meta.hooks().together(() -> {
            shop.meta.contacts().writes(shop.number, shop.contact("Ada"), "A cake, please");
            shop.meta.contacts().writes(second, shop.contact("Bo"), "A loaf, please");
            shop.meta.contacts().writes(shop.number, shop.contact("Ada"), "And candles");
        });
        shop.meta.hooks().repeat();

        Eventually.until(this::received, texts -> texts.size() >= 3);
        assertThat(received()).containsExactlyInAnyOrder("A cake, please", "A loaf, please", "And candles");
        try (var orders = new Orders()) {
            orders.await(BEFORE);
            orders.more(MEANWHILE);
            long killed = System.nanoTime();
            has.kill();

            liveSince(killed);
            orders.endWell(true);
        }
        assertThat(received()).as("once each").hasSize(3);
        assertThat(servers()).isEqualTo(1);
    }

    private String linked(TestClient on, FakeNumber number) {
        String master = CloudShop.data(
                        on.post("/api/whatsapp/masters", Map.of("connection", shop.connection, "remote", number.id())),
                        201)
                .path("id")
                .asText();
        Eventually.until(
                () -> CloudShop.data(on.get("/api/whatsapp/senders/" + master), 200)
                        .path("healthy")
                        .asBoolean(),
                Boolean::booleanValue);
        return master;
    }

    /// Returns how many servers have the pools.
    private int servers() {
        try (var connection = DriverManager.getConnection(servers.database);
                var statement = connection.prepareStatement(
                        "SELECT count(DISTINCT node_id) FROM pool_leases WHERE pool IN (?, ?)")) {
            statement.setString(1, pools.getFirst());
            statement.setString(2, pools.getLast());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<String> received() {
        return StreamSupport.stream(
                        CloudShop.data(onStays.get("/api/whatsapp/inbound"), 200)
                                .path("messages")
                                .spliterator(),
                        false)
                .map(one -> one.path("text").asText())
                .toList();
    }

    @Test
    void aServerThatStopsHandsItsNumbersOver() throws InterruptedException {
        try (var orders = new Orders()) {
            orders.await(BEFORE);
            orders.more(MEANWHILE);
            has.stop();
            assertThat(has.awaitExit()).isIn(0, 143);

            orders.endWell(false);
        }
    }

    /// What a balancer sends before it has noticed is answered as ever, and each answer ends its connection.
    @Test
    void aServerThatStopsAnswersUntilBalancersHaveNoticed() throws IOException {
        try (var kept = new Socket("127.0.0.1", has.awaitReady().getPort())) {
            kept.setSoTimeout(Eventually.MILLIS);
            ask(kept, "/readyz");
            assertThat(new String(kept.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");

            has.stop();
            Eventually.until(() -> onHas.get("/readyz").status(), status -> status == 503);
            String ordered = order(onHas, 1);
            ask(kept, "/healthz");

            assertThat(new String(kept.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsIgnoringCase("connection: close")
                    .contains("\r\n\r\nok\n");
            Eventually.until(() -> state(onStays, ordered), "delivered"::equals);
            assertThat(shop.meta.sending().copies(ordered)).isEqualTo(1);
        }
        assertThat(has.awaitExit()).isIn(0, 143);
    }

    private static void ask(Socket connection, String path) throws IOException {
        connection
                .getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aServerThatWakesUpKnowsThatItsNumbersAreGone() throws InterruptedException {
        try (var orders = new Orders()) {
            orders.await(BEFORE);
            orders.more(MEANWHILE);
            long paused = System.nanoTime();
            has.pause();
            liveSince(paused);

            orders.more(MEANWHILE);
            has.goOn();
            String through = Eventually.until(() -> order(onHas, 1_000), id -> !id.isEmpty());

            Eventually.until(() -> state(onStays, through), state -> state.equals("sent") || state.equals("delivered"));
            assertThat(shop.meta.sending().copies(through)).isEqualTo(1);
            orders.endWell(true);
        }
    }

    /// Waits until a message goes out over the server that stays.
    private void liveSince(long from) {
        Eventually.until(() -> isHealthy(onStays), Boolean::booleanValue);
        String id = order(onStays, 2_000);
        Eventually.until(() -> state(onStays, id), state -> !state.equals("queued") && !state.equals("sending"));
        TimeLimit.assertKept(ELSEWHERE_WITHIN, Duration.ofNanos(System.nanoTime() - from));
    }

    /// Someone who orders messages on the server that stays, one after the other.
    private final class Orders implements AutoCloseable {

        private final Queue<String> ids = new ConcurrentLinkedQueue<>();
        private final Semaphore wanted = new Semaphore(0);
        private final AtomicInteger left = new AtomicInteger();
        private final Thread writer = Thread.ofVirtual().start(this::write);

        private void write() {
            try {
                for (int number = 0; ; number++) {
                    wanted.acquire();
                    ids.add(order(onStays, number));
                    left.decrementAndGet();
                }
            } catch (InterruptedException _) {
                // That is all.
            }
        }

        void more(int orders) {
            left.addAndGet(orders);
            wanted.release(orders);
        }

        void await(int orders) {
            more(orders);
            await();
        }

        private void await() {
            Eventually.until(left::get, orders -> orders == 0);
        }

        /// All were sent once; what a dead server was sending may be uncertain, whether it was sent or not.
        ///
        /// @param mayBeUncertain whether the server had no time to end what it began
        void endWell(boolean mayBeUncertain) {
            await();
            int uncertain = 0;
            for (String id : ids) {
                String end = Eventually.until(
                        () -> state(onStays, id), state -> !state.equals("queued") && !state.equals("sending"));
                long copies = shop.meta.sending().copies(id);
                if (end.equals("uncertain")) {
                    uncertain++;
                    assertThat(copies).isLessThanOrEqualTo(1);
                } else {
                    assertThat(end).as(() -> message(onStays, id).toString()).isIn("sent", "delivered");
                    assertThat(copies).isEqualTo(1);
                }
            }
            assertThat(uncertain).isLessThanOrEqualTo(mayBeUncertain ? MEANWHILE / 2 : 0);
        }

        @Override
        public void close() throws InterruptedException {
            writer.interrupt();
            writer.join();
        }
    }
}
