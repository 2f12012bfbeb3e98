package dev.banyan.whatsapp.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestEvents;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.schema.DefaultSchema;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.messages.MessageNews;
import dev.banyan.whatsapp.messages.Outgoing.Decided;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/// The messages of keys in test mode, step by step.
@OnEveryDatabase
class TestMessagesContractTest {

    private static final Phone CONTACT = new Phone("+971500000201");
    private static final String KEY = "k1234567";

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final TestSenders world;
    private final Sender pool;
    private final TestMessages tests;

    TestMessagesContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.pool = world.linked(tenant, "+971500000101");
        this.tests = server();
    }

    /// A server, or the one that comes after it.
    private TestMessages server() {
        return new TestMessages(
                database,
                new MessageHistory(database),
                world.phones,
                new MessageNews(TestWebhooks.on(database, world.clock), new TestEvents<>(), new TestEvents<>()),
                world.timers,
                world.clock);
    }

    private Order wish(String key, MessageSchedule schedule) {
        return new Order(pool.id(), CONTACT, "Order 1102", Optional.empty(), OutgoingMessage.TEST_KEY + key, schedule);
    }

    private List<Ordered> order(Order... orders) {
        List<Order> all = List.of(orders);
        return database.write(tx -> tests.order(
                tx,
                tenant,
                KEY,
                all,
                world.outgoing.check(tx, tenant, Actor.SERVER, all),
                Optional.of(new UUID(7, 7))));
    }

    private OutgoingMessage ordered(String key) {
        return ordered(key, MessageSchedule.NONE);
    }

    private OutgoingMessage ordered(String key, MessageSchedule schedule) {
        assertThat(order(wish(key, schedule)).getFirst()).isInstanceOf(Ordered.Done.class);
        return database.read(tx -> new TestMessageStore(tx).findByKeys(tenant, Set.of(OutgoingMessage.TEST_KEY + key)))
                .values()
                .iterator()
                .next()
                .told();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return tests.find(tenant, message.id()).orElseThrow().message();
    }

    /// Returns how long after its order a message has each of its states.
    private Map<DeliveryState, Long> course(DeliveryBehavior behavior) {
        world.phones.setMood(tenant, CONTACT, behavior);
        OutgoingMessage message = ordered(behavior.key());
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.READS);
        var seen = new LinkedHashMap<DeliveryState, Long>();
        for (long second = 0; second < 30; second++) {
            seen.putIfAbsent(now(message).state(), second);
            world.clock.forward(Duration.ofSeconds(1));
        }
        return seen;
    }

    @Test
    void theStateFollowsFromTheAgeAndFromTheSimulatedPhone() {
        assertThat(course(DeliveryBehavior.READS).toString()).isEqualTo("{QUEUED=0, SENT=1, DELIVERED=2, READ=5}");
        assertThat(course(DeliveryBehavior.WAITS).toString()).isEqualTo("{QUEUED=0, SENT=1, DELIVERED=2}");
        assertThat(course(DeliveryBehavior.OFF).toString()).isEqualTo("{QUEUED=0, SENT=1}");
        assertThat(course(DeliveryBehavior.SLOW).toString())
                .isEqualTo("{QUEUED=0, SENDING=1, SENT=11, DELIVERED=12, READ=15}");
        assertThat(course(DeliveryBehavior.MISSING).toString()).isEqualTo("{QUEUED=0, FAILED=1}");
        OutgoingMessage failed = tests.list(
                        tenant,
                        new OutgoingQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(DeliveryState.FAILED),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        10)
                .messages()
                .getFirst()
                .message();
        assertThat(failed.error()).contains("+971500000201 is not on WhatsApp.");
        assertThat(failed.changedAt()).isEqualTo(failed.createdAt().plusSeconds(1));
    }

    @Test
    void nothingButTheTestAndItsWebhooksIsStored() {
        UUID endpoint = TestWebhooks.paused(database, new Owner(tenant, tenant), world.clock.instant(), "*");
        Map<String, Integer> before = rows();

        OutgoingMessage message = ordered("a");
        world.forward(Duration.ofSeconds(6));
        tests.tell();

        Map<String, Integer> changed = rows();
        changed.entrySet().removeIf(table -> table.getValue().equals(before.get(table.getKey())));
        assertThat(changed).containsOnlyKeys("test_messages", "webhook_deliveries");
        assertThat(now(message).state()).isEqualTo(DeliveryState.READ);
        assertThat(world.deliveryEvents.fired()).isEmpty();
        assertThat(bodies(endpoint)).allMatch(body -> body.at("/data/test").asBoolean());
    }

    private Map<String, Integer> rows() {
        return database.read(tx -> new TreeMap<>(DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .collect(Collectors.toMap(
                        table -> table.getName(), table -> tx.sql().fetchCount(DSL.table(table.getName()))))));
    }

    private List<JsonNode> bodies(UUID endpoint) {
        return TestWebhooks.waiting(database, new Owner(tenant, tenant), endpoint);
    }

    private List<String> told(UUID endpoint) {
        return bodies(endpoint).stream()
                .map(body -> body.path("type").asText().substring("message.".length()))
                .toList();
    }

    @Test
    void webhooksAreToldOfEachStepOnceByWhicheverServer() {
        UUID endpoint = TestWebhooks.paused(database, new Owner(tenant, tenant), world.clock.instant(), "message.*");
        OutgoingMessage message = ordered("a");
        assertThat(told(endpoint)).containsExactly("queued");

        // The server stops: what its timers knew is gone, and others have read the same due rows.
        world.clock.forward(Duration.ofSeconds(2));
        List<TestMessage> due = database.read(tx -> new TestMessageStore(tx)
                .due(world.clock.instant(), 10).stream()
                        .filter(test -> test.told().id().equals(message.id()))
                        .toList());
        server().tell();
        server().tell();
        assertThat(told(endpoint)).containsExactly("queued", "sending", "sent", "delivered");
        assertThat(due).hasSize(1);
        TestMessage late = due.getFirst();
        assertThat(database.<Boolean>write(
                        tx -> new TestMessageStore(tx).tell(tenant, late, late.toldAs(late.at(world.clock.instant())))))
                .isFalse();

        world.clock.forward(Duration.ofSeconds(60));
        server().tell();
        server().tell();
        assertThat(told(endpoint)).containsExactly("queued", "sending", "sent", "delivered", "read");
        JsonNode read = bodies(endpoint).getLast().path("data");
        assertThat(read.path("id").asText()).isEqualTo(message.id().toString());
        assertThat(read.path("master").asText()).isEqualTo(pool.id().value());
        assertThat(read.path("to").asText()).isEqualTo(CONTACT.e164());
        assertThat(read.path("test").asBoolean()).isTrue();
        assertThat(now(message).changedAt()).isEqualTo(message.createdAt().plusSeconds(5));
    }

    @Test
    void timersTellWithoutTheJob() {
        UUID endpoint = TestWebhooks.paused(database, new Owner(tenant, tenant), world.clock.instant(), "message.*");
        ordered("a");
        world.forward(Duration.ofSeconds(1));
        assertThat(told(endpoint)).containsExactly("queued", "sending", "sent");
        world.forward(Duration.ofSeconds(4));
        assertThat(told(endpoint)).containsExactly("queued", "sending", "sent", "delivered", "read");
    }

    @Test
    void aScheduledTestWaitsAndCanBeCanceled() {
        UUID endpoint = TestWebhooks.paused(database, new Owner(tenant, tenant), world.clock.instant(), "message.*");
        Instant begin = world.clock.instant().plusSeconds(60);
        OutgoingMessage one = ordered("a", new MessageSchedule(Optional.of(begin), Optional.empty()));
        OutgoingMessage other = ordered("b", new MessageSchedule(Optional.of(begin), Optional.empty()));
        assertThat(one.state()).isEqualTo(DeliveryState.SCHEDULED);
        assertThat(now(one).waiting().orElseThrow().retryAt()).isEqualTo(begin);

        assertThat(tests.cancel(tenant, other.id())).isInstanceOf(Decided.Done.class);
        assertThat(tests.cancel(tenant, other.id())).isInstanceOf(Decided.NotPossible.class);
        assertThat(tests.cancel(stranger, one.id())).isInstanceOf(Decided.NotFound.class);
        world.clock.forward(Duration.ofSeconds(62));
        tests.tell();

        assertThat(now(one).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(now(other).state()).isEqualTo(DeliveryState.CANCELED);
        assertThat(now(other).changedAt()).isEqualTo(other.createdAt());
        assertThat(tests.cancel(tenant, one.id())).isInstanceOf(Decided.NotPossible.class);
        assertThat(told(endpoint))
                .containsExactlyInAnyOrder(
                        "scheduled", "scheduled", "canceled", "queued", "sending", "sent", "delivered");
    }

    @Test
    void aTestThatExpiresInItsQueueFails() {
        OutgoingMessage message = ordered(
                "a",
                new MessageSchedule(
                        Optional.empty(), Optional.of(world.clock.instant().plusMillis(500))));
        world.clock.forward(Duration.ofSeconds(3));
        assertThat(now(message).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(message).error()).contains(TestMessage.EXPIRED);
        tests.tell();
        assertThat(now(message).error()).contains(TestMessage.EXPIRED);
    }

    @Test
    void ordersAreRefusedAsRealOnesAre() {
        assertThat(order(new Order(pool.id(), CONTACT, "", Optional.empty(), "api-test-a")))
                .singleElement()
                .isInstanceOf(Ordered.Rejected.class);
        var unknown = new SenderId("wa_nobody");
        assertThat(order(new Order(unknown, CONTACT, "Hi", Optional.empty(), "api-test-b")))
                .containsExactly(new Ordered.NoPool(unknown));
        assertThat(tests.list(tenant, OutgoingQuery.ALL, Optional.empty(), 10).messages())
                .isEmpty();
    }

    @Test
    void aRepeatedOrderIsTheSameTestAndNoRealMessage() {
        List<Ordered> twice = order(wish("a", MessageSchedule.NONE), wish("a", MessageSchedule.NONE));
        world.clock.forward(Duration.ofSeconds(2));
        List<Ordered> later = order(wish("a", MessageSchedule.NONE));

        assertThat(twice).allSatisfy(one -> assertThat(one).isInstanceOf(Ordered.Done.class));
        Ordered.Done first = (Ordered.Done) twice.getFirst();
        assertThat(first.again()).isFalse();
        assertThat(((Ordered.Done) twice.getLast()).again()).isTrue();
        assertThat(later).containsExactly(new Ordered.Done(now(first.message()), true));
        assertThat(now(first.message()).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(tests.list(tenant, OutgoingQuery.ALL, Optional.empty(), 10).messages())
                .singleElement()
                .satisfies(sent -> assertThat(sent.batch()).contains(new UUID(7, 7)));
        assertThat(tests.list(stranger, OutgoingQuery.ALL, Optional.empty(), 10).messages())
                .isEmpty();
        assertThat(tests.find(stranger, first.message().id())).isEmpty();
        assertThat(world.outgoing.find(tenant, first.message().id())).isEmpty();
    }

    @Test
    void aKeyHasRoomForAThousandOfADay() {
        ordered("a");
        ordered("b");
        world.clock.forward(Duration.ofHours(1));
        ordered("c");
        assertThat(full(KEY, TestMessages.MOST - 3)).isEmpty();
        assertThat(full(KEY, TestMessages.MOST - 2)).contains(Duration.ofHours(23));
        assertThat(full(KEY, TestMessages.MOST - 1)).contains(Duration.ofHours(23));
        assertThat(full(KEY, TestMessages.MOST)).contains(Duration.ofHours(24));
        assertThat(full("k7654321", TestMessages.MOST)).isEmpty();

        world.clock.forward(Duration.ofHours(23).plusSeconds(1));
        assertThat(tests.forgetExpired()).isGreaterThanOrEqualTo(2);
        assertThat(full(KEY, TestMessages.MOST - 1)).isEmpty();
        assertThat(tests.list(tenant, OutgoingQuery.ALL, Optional.empty(), 10).messages())
                .hasSize(1);
    }

    private Optional<Duration> full(String key, int more) {
        return database.read(tx -> tests.fullFor(tx, tenant, key, more));
    }
}
