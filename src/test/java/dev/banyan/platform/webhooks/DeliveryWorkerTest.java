package dev.banyan.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.outcome.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events on their way to a receiver on this machine, with a clock that the test moves.
@OnEveryDatabase
class DeliveryWorkerTest {

    private record Received(String id, String timestamp, String signature, String body) {}

    private final Database database;
    private final TestClock clock = new TestClock();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final TestEvents<EndpointDisabled> off = new TestEvents<>();
    private volatile int status = 204;
    private volatile String answer = "";

    @SuppressWarnings("NullAway.Init")
    private HttpServer receiver;

    private static final Endpoints.By BY =
            new Endpoints.By(Actor.SERVER, new Caller.SignedIn(new IdentityId(new UUID(0, 1)), "session"));

    @SuppressWarnings("NullAway.Init")
    private DeliveryWorker sending;

    @SuppressWarnings("NullAway.Init")
    private Webhooks webhooks;

    @SuppressWarnings("NullAway.Init")
    private Endpoints endpoints;

    @SuppressWarnings("NullAway.Init")
    private Owner owner;

    DeliveryWorkerTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
            if (status / 100 == 3) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            } catch (IOException _) {
                // The sender reads as much as it wants.
            }
        });
        receiver.start();
        owner = StoredAccounts.agency(database).owner();
        var uuids = new Uuids(clock);
        sending = TestWebhooks.sending(database, clock, off);
        webhooks = new Webhooks(
                sending, new Listeners(OtherNodes.NONE, database, clock), database, OtherNodes.NONE, clock, uuids);
        endpoints = new Endpoints(
                database,
                webhooks,
                TestWebhooks.ALL_HEAR,
                TestWebhooks.secrets(),
                LocalHttp.client(),
                TestAudit.on(database, clock),
                clock,
                uuids);
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private EndpointOwner whose() {
        return EndpointOwner.account(owner);
    }

    private static <T> T done(Outcome<T> outcome) {
        return outcome.fold(Function.identity(), refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private Endpoints.Shown created(String... events) {
        return created(receiver, events);
    }

    private Endpoints.Shown created(HttpServer at, String... events) {
        String url = "http://127.0.0.1:" + at.getAddress().getPort() + "/hooks";
        return done(endpoints.create(whose(), BY, new Endpoints.Wish(url, List.of(events), Optional.empty(), true)));
    }

    private void tell(String type, String subject) {
        database.write(tx -> {
            webhooks.tell(tx, owner, type, subject, () -> Map.of("id", subject));
            return type;
        });
    }

    private void tellVisits(String type, int events) {
        database.write(tx -> {
            for (int i = 0; i < events; i++) {
                webhooks.tellVisits(tx, owner, type, () -> Map.of("count", 100));
            }
            return type;
        });
    }

    @Test
    void visitsAreHeardAsSoonAsAnEndpointChoosesThemAndNoLonger() {
        created("*");
        tellVisits("page.viewed", 1);
        assertThat(webhooks.mayHearVisits(owner)).isFalse();

        Endpoint chosen = created("page.viewed").endpoint();
        assertThat(webhooks.mayHearVisits(owner)).isTrue();
        tellVisits("page.viewed", 1);
        tellVisits("link.clicked", 1);
        tried(chosen.id(), 1);
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().body()).contains("page.viewed");

        done(endpoints.delete(whose(), BY, chosen.id()));
        tellVisits("page.viewed", 1);
        assertThat(webhooks.mayHearVisits(owner)).isFalse();
    }

    /// However long a receiver is away, its visits don’t fill the database.
    @Test
    void visitsForAReceiverThatIsAwayAreBounded() {
        status = 500;
        UUID endpoint = created("page.viewed").endpoint().id();
        tellVisits("page.viewed", 1);
        tried(endpoint, 1);
        tellVisits("page.viewed", 1_100);

        Eventually.until(() -> countOf(endpoint, "waiting"), waiting -> waiting <= VisitDeliveries.WAITING_AT_MOST);
        assertThat(countOf(endpoint, "failed")).isPositive();
        assertThat(log(endpoint).getFirst().state()).as("the newest").isEqualTo(Delivery.State.WAITING);
    }

    private long countOf(UUID endpoint, String state) {
        return database.<Long>read(tx -> tx.sql()
                .fetchSingle(
                        "SELECT count(*) FROM webhook_deliveries WHERE endpoint_id = ? AND state = ?",
                        endpoint.toString(),
                        state)
                .get(0, Long.class));
    }

    private List<Delivery> log(UUID endpoint) {
        return done(endpoints.deliveries(
                whose(),
                BY,
                endpoint,
                new Delivery.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                100));
    }

    private Delivery tried(UUID endpoint, int attempts) {
        return Eventually.until(() -> log(endpoint).getFirst(), delivery -> delivery.attempts() == attempts);
    }

    /// Waits until nothing is being sent.
    private void free(UUID endpoint) {
        Eventually.until(
                () -> database.<Boolean>read(tx -> tx.sql()
                        .fetchSingle("SELECT free_at FROM webhook_endpoints WHERE id = ?", endpoint.toString())
                        .get(0, Long.class)
                        .equals(0L)),
                Boolean::booleanValue);
    }

    @Test
    void whatIsWantedArrivesSigned() {
        Endpoints.Shown made = created("page.*");

        tell("page.created", "p-1");
        tell("link.updated", "p-1");

        Delivery delivery = Eventually.until(
                () -> log(made.endpoint().id()).getFirst(), found -> found.state() == Delivery.State.DELIVERED);
        assertThat(received).hasSize(1);
        Received got = received.getFirst();
        assertThat(got.id()).isEqualTo(delivery.event()).startsWith("msg_");
        assertThat(got.body())
                .startsWith("{\"type\":\"page.created\",\"timestamp\":\"")
                .endsWith("\"data\":{\"id\":\"p-1\"}}");
        assertThat(got.signature())
                .isEqualTo(Signature.of(
                        List.of(made.secret()),
                        got.id(),
                        Instant.ofEpochSecond(Long.parseLong(got.timestamp())),
                        got.body()));
        assertThat(delivery.status()).contains(204);
    }

    @Test
    void eventsAboutOneThingArriveInTheirOrder() {
        UUID id = created("*").endpoint().id();
        for (int i = 0; i < 60; i++) {
            tell("page.updated", "p-" + i % 3);
        }

        Eventually.until(received::size, count -> count == 60);
        List<String> sent = log(id).reversed().stream()
                .filter(delivery -> delivery.subject().equals("p-1"))
                .map(Delivery::event)
                .toList();
        List<String> arrived = received.stream()
                .filter(one -> one.body().contains("p-1"))
                .map(Received::id)
                .toList();
        assertThat(arrived).isEqualTo(sent).hasSize(20);
    }

    @Test
    void anEndpointThatHangsKeepsNoneOfItsClaimWaiting() throws IOException {
        var mayAnswer = new CountDownLatch(1);
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", exchange -> {
            try (exchange) {
                mayAnswer.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        slow.start();
        try {
            UUID hanging = created(slow, "*").endpoint().id();
            UUID quick = created("*").endpoint().id();

            tell("page.created", "p-1");
            arrived(quick, 1);
            tell("page.created", "p-2");
            arrived(quick, 2);
            assertThat(log(hanging)).extracting(Delivery::attempts).containsOnly(0);

            mayAnswer.countDown();
            arrived(hanging, 2);
        } finally {
            slow.stop(0);
        }
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameIdUntilItIsGivenUp() {
        UUID id = created("*").endpoint().id();
        status = 500;
        answer = "Oops";
        tell("page.created", "p-1");

        Delivery first = tried(id, 1);
        assertThat(first.state()).isEqualTo(Delivery.State.WAITING);
        assertThat(first.error()).contains("It answered 500.");
        assertThat(first.answer()).contains("Oops");
        for (int attempt = 2; attempt <= DeliveryWorker.PAUSES.size() + 1; attempt++) {
            free(id);
            clock.forward(DeliveryWorker.PAUSES.get(attempt - 2).minusMillis(1));
            sending.sweep();
            clock.forward(Duration.ofMillis(1));
            sending.sweep();
            tried(id, attempt);
        }
        assertThat(log(id).getFirst().state()).isEqualTo(Delivery.State.FAILED);
        assertThat(received).hasSize(10).extracting(Received::id).containsOnly(first.event());
        assertThat(received).extracting(Received::body).containsOnly(first.body());
    }

    @Test
    void anEndpointThatFailsForFiveDaysIsSwitchedOff() {
        UUID id = created("*").endpoint().id();
        status = 500;
        tell("page.created", "p-1");
        tried(id, 1);
        free(id);

        clock.forward(DeliveryLedger.OFF_AFTER.plusSeconds(1));
        sending.sweep();

        Endpoint after = Eventually.until(() -> endpoints.find(whose(), id).orElseThrow(), found -> !found.active());
        assertThat(after.offReason()).contains("Nothing has arrived there for five days.");
        assertThat(off.fired()).hasSize(1);
        tell("page.created", "p-2");
        assertThat(log(id)).hasSize(1);
    }

    @Test
    void aClockThatJumpsNeitherSendsTwiceNorStopsSending() {
        UUID id = created("*").endpoint().id();
        tell("page.created", "p-1");
        arrived(id, 1);

        clock.forward(Duration.ofDays(2));
        sending.sweep();
        tell("page.created", "p-2");
        arrived(id, 2);
        status = 500;
        tell("page.created", "p-3");
        tried(id, 1);
        free(id);

        clock.forward(Duration.ofDays(-2));
        status = 204;
        sending.sweep();
        arrived(id, 3);
        free(id);
        tell("page.created", "p-4");
        arrived(id, 4);
        free(id);
        sending.sweep();
        clock.forward(Duration.ofDays(2));
        sending.sweep();
        tell("page.created", "p-5");
        arrived(id, 5);

        assertThat(received.stream().map(Received::id).distinct()).hasSize(5);
        assertThat(received).as("one failed, and was sent again").hasSize(6);
    }

    private void arrived(UUID endpoint, int count) {
        Eventually.until(
                () -> log(endpoint).stream()
                        .filter(delivery -> delivery.state() == Delivery.State.DELIVERED)
                        .count(),
                delivered -> delivered == count);
    }

    @Test
    void aRedirectIsNotFollowedAndALongAnswerIsCut() {
        UUID id = created("*").endpoint().id();
        status = 301;
        tell("page.created", "p-1");
        assertThat(tried(id, 1).error())
                .contains("It redirects (301), which is not followed. Enter the address that it leads to.");
        free(id);

        status = 200;
        answer = "x".repeat(10_000_000);
        clock.forward(Duration.ofMinutes(10));
        sending.sweep();
        Delivery long_ = tried(id, 2);
        assertThat(long_.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(long_.answer().orElseThrow()).hasSize(2_000);
        assertThat(received).as("nothing was asked elsewhere").hasSize(2);
    }

    @Test
    void aReplayHasTheSameIdAndBothSecretsSignAfterAChange() {
        Endpoints.Shown made = created("*");
        UUID id = made.endpoint().id();
        tell("page.created", "p-1");
        Delivery first =
                Eventually.until(() -> log(id).getFirst(), delivery -> delivery.state() == Delivery.State.DELIVERED);
        free(id);
        String fresh = done(endpoints.rotate(whose(), BY, id)).secret();

        assertThat(done(endpoints.replay(whose(), BY, id, new Replay.One(first.id()))))
                .isEqualTo(1);

        Eventually.until(received::size, count -> count == 2);
        Received again = received.getLast();
        assertThat(again.id()).isEqualTo(first.event());
        assertThat(again.signature())
                .isEqualTo(Signature.of(
                        List.of(fresh, made.secret()),
                        again.id(),
                        Instant.ofEpochSecond(Long.parseLong(again.timestamp())),
                        again.body()));
    }

    @Test
    void aTransactionThatIsRolledBackTellsNothing() {
        UUID id = created("*").endpoint().id();

        database.write(tx -> {
            webhooks.tell(tx, owner, "page.created", "p-1", () -> Map.of("id", "p-1"));
            return tx.undone("no");
        });

        assertThat(log(id)).isEmpty();
        assertThat(received).isEmpty();
    }
}
