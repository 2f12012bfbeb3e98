package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.SchemaCheck;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.attack.HookReceiver;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.simulator.DeliveryBehavior;
import dev.banyan.whatsapp.simulator.SimulatedPhones;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A key in test mode: how it is made, and what comes of the messages that it orders.
@QuarkusTest
class SendingInTestModeTest {

    private static final String KEYS = "/api/admin/apikeyscreate";
    private static final String PATH = "/api/whatsapp/messages";
    private static final String CONTACT = "+971500000203";
    private static final AtomicInteger PHONE = new AtomicInteger(6_700);

    /// Where something would be left of a message that isn't a test: of a number, and of a workspace.
    private static final Map<String, List<String>> REAL = Map.of(
            "master_id", List.of("outgoing_messages", "pool_contacts"),
            "sender_id", List.of("sender_hours"),
            "sub_client_id", List.of("contacts", "conversations", "inbox_threads", "messages", "workspace_usage"));

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    SimulatedPhones phones;

    private final HookReceiver receiver = new HookReceiver();
    private TestWorld world;
    private TestClient acme;
    private Workspace sales;
    private String client = "";

    @BeforeEach
    void acmeHasANumber() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        sales = rooms.workspace("Tried Out");
        Answer made = acme.post(
                "/api/whatsapp/client", Map.of("subClientId", sales.id().value()));
        client = made.json().at("/client/id").asText();
        rooms.scan(sales, client, "+97150000" + PHONE.incrementAndGet());
    }

    @AfterEach
    void deleteKeys() {
        receiver.close();
        world.sql("DELETE FROM webhook_endpoints");
        world.sql("DELETE FROM api_keys");
        world.sql("DELETE FROM test_messages");
    }

    private JsonNode made(Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", "Try it"));
        body.putAll(more);
        Answer made = acme.post(KEYS, body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("key");
    }

    private TestClient tries(String... permissions) {
        return TestClient.withBearer(made(Map.of("test", true, "permissions", permissions))
                .path("key")
                .asText());
    }

    private TestClient sends() {
        return TestClient.withBearer(made(Map.of("permissions", List.of("messages:send", "messages:read")))
                .path("key")
                .asText());
    }

    private Map<String, Object> message(String... more) {
        var body = new HashMap<String, Object>(
                Map.of("subClientId", sales.id().value(), "to", CONTACT, "text", "Order 1102"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return body;
    }

    private static JsonNode sent(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.json().path("data");
    }

    private static JsonNode get(TestClient program, String id) {
        Answer answer = program.get(PATH + "/" + id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("data");
    }

    private static List<String> listed(TestClient program) {
        return program.get(PATH + "?limit=100")
                .json()
                .at("/data/messages")
                .valueStream()
                .map(message -> message.path("id").asText())
                .toList();
    }

    /// The number and the workspace are new: whatever is there is left of this test.
    private void assertThatNothingIsLeft() {
        REAL.forEach((column, tables) -> tables.forEach(table -> assertThat(world.count(
                        "SELECT count(*) FROM " + table + " WHERE " + column + " = ?",
                        column.equals("sub_client_id") ? sales.id().value() : client))
                .as(table)
                .isZero()));
    }

    @Test
    void aTestKeySaysWhatItIsAndNeverChanges() {
        JsonNode tries = made(Map.of("test", true));
        JsonNode works = made(Map.of("permissions", List.of("messages:send")));

        assertThat(tries.path("test").asBoolean()).isTrue();
        assertThat(tries.path("permissions").toString()).isEqualTo("[\"messages:send\",\"messages:read\"]");
        assertThat(tries.path("key").asText()).matches("ltm_k[a-z0-9]{7}_test[a-z0-9]{28}");
        assertThat(works.has("test")).isFalse();
        assertThat(works.path("key").asText()).doesNotContain("_test");
        JsonNode keys = acme.get("/api/admin/apikeyslist").json().path("keys");
        assertThat(keys.valueStream().filter(key -> key.path("test").asBoolean()))
                .singleElement()
                .isEqualTo(keys.valueStream()
                        .filter(key -> key.path("keyId").equals(tries.path("keyId")))
                        .findFirst()
                        .orElseThrow());

        for (JsonNode key : List.of(tries, works)) {
            Answer refused = acme.put(
                    "/api/admin/apikeysupdate?keyId=" + key.path("keyId").asText(),
                    Map.of("permissions", List.of("messages:send"), "test", !key.has("test")));
            assertThat(refused.toString()).startsWith("400 ").contains("test can’t be changed. Create another key.");
        }
        for (Answer refused : List.of(
                acme.post(
                        KEYS,
                        Map.of("name", "No", "test", true, "permissions", List.of("messages:send", "contacts:manage"))),
                acme.put(
                        "/api/admin/apikeysupdate?keyId=" + tries.path("keyId").asText(),
                        Map.of("permissions", List.of("contacts:manage"))))) {
            assertThat(refused.toString())
                    .startsWith("400 ")
                    .contains(
                            "A key in test mode reads, and sends tests with messages:send. Leave out contacts:manage");
        }
        assertThat(acme.put(
                                "/api/admin/apikeysupdate?keyId="
                                        + works.path("keyId").asText(),
                                Map.of("permissions", List.of("contacts:manage")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePageOffersTestModeAndShowsIt() {
        Answer page = acme.get("/admin/api-keys");
        assertThat(page.text()).contains("name=\"test\"", "Messages sent with this key reach no one.");

        TestClient onPage = acme.onPagesOf(world.acme());
        Answer refused =
                onPage.form("/admin/api-keys", "name", "Try it", "permissions", "contacts:manage", "test", "true");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains(
                        "A key in test mode can only view things and send messages. Leave out Manage opt-outs.",
                        "value=\"true\" checked");
        Answer made = onPage.form("/admin/api-keys", "name", "Try it", "permissions", "messages:send", "test", "true");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.text()).contains("<span class=\"badge\">Test</span>", "_test");
        String id = world.select("SELECT id FROM api_keys WHERE name = 'Try it' AND is_test = 1")
                .getFirst();
        assertThat(acme.get("/admin/api-keys/" + id).text()).contains("<span class=\"badge\">Test</span>");
    }

    @Test
    void aTestIsAnsweredAsARealMessageAndReachesNoOne() {
        TestClient tries = tries();

        JsonNode test = sent(tries.post(PATH, message()));

        assertThat(test.path("state").asText()).isEqualTo("queued");
        assertThat(test.path("master").asText()).isEqualTo(client);
        String id = test.path("id").asText();
        var states = new ArrayList<String>();
        for (int second = 0; second < 6; second++) {
            JsonNode now = get(tries, id);
            assertThat(now.path("test").asBoolean()).isTrue();
            states.add(now.path("state").asText());
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(states).containsExactly("queued", "sent", "delivered", "delivered", "delivered", "read");
        assertThatNothingIsLeft();

        JsonNode real = sent(sends().post(PATH, message()));
        var fields = new ArrayList<>(TestClient.keys(test));
        assertThat(fields.remove("test")).isTrue();
        assertThat(fields).isEqualTo(TestClient.keys(real));
    }

    @Test
    void testsAndRealMessagesDoNotSeeEachOther() {
        TestClient works = sends();
        TestClient tries = tries();
        String real = sent(works.post(PATH, message())).path("id").asText();
        String test = sent(tries.post(PATH, message())).path("id").asText();

        assertThat(listed(tries)).containsExactly(test);
        assertThat(listed(tries("messages:read"))).containsExactly(test);
        assertThat(listed(works)).contains(real).doesNotContain(test);
        assertThat(listed(acme)).contains(real).doesNotContain(test);
        assertThat(works.get(PATH + "/" + test).status()).isEqualTo(404);
        assertThat(acme.get(PATH + "/" + test).status()).isEqualTo(404);
        assertThat(acme.post(PATH + "/" + test + "/cancel", Map.of()).status()).isEqualTo(404);
        assertThat(tries.get(PATH + "/" + real).status()).isEqualTo(404);
        assertThat(tries.post(PATH + "/" + real + "/cancel", Map.of()).status()).isEqualTo(404);
        TestClient ofRival = TestClient.of(world.rival());
        assertThat(ofRival.get(PATH + "/" + test).status()).isEqualTo(404);
        assertThat(tries.get(PATH + "?state=failed").json().at("/data/messages"))
                .isEmpty();
        assertThat(tries.get(PATH + "?text=1102&to=%2B971500000203").json().at("/data/messages"))
                .hasSize(1);

        world.sql("DELETE FROM api_keys"); // as many as the plan has
        String other = made(Map.of("test", true, "master", client)).path("key").asText();
        TestClient ofPool = TestClient.withBearer(other);
        assertThat(get(ofPool, test).path("id").asText()).isEqualTo(test);
        assertThat(ofPool.get(PATH).status()).isEqualTo(403);
        assertThat(ofPool.post(PATH, message()).status()).isEqualTo(404);
        var overPool = Map.of("master", client, "to", CONTACT, "text", "Hi");
        assertThat(sent(ofPool.post(PATH, overPool)).path("test").asBoolean()).isTrue();
    }

    @Test
    void aTestIsRefusedAsARealMessageIs() {
        TestClient works = sends();
        TestClient tries = tries();
        var wrong = new ArrayList<Map<String, Object>>();
        wrong.add(message("to", "12"));
        wrong.add(message("text", " "));
        wrong.add(message("text", "x".repeat(4_097)));
        wrong.add(message("type", "template"));
        wrong.add(message("type", "image", "media", UUID.randomUUID().toString()));
        wrong.add(message("key", "k".repeat(129)));
        wrong.add(message("sendAt", "2031-01-01T00:00:00Z"));
        wrong.add(message("expiresAt", "2020-01-01T00:00:00Z"));
        wrong.add(message("subClientId", "scl_1_aaaaaaaaa"));
        wrong.add(message("sound", "loud"));
        wrong.add(Map.of("master", "nobody", "to", CONTACT, "text", "Hi"));
        wrong.add(Map.of("to", CONTACT, "text", "Hi"));
        wrong.forEach(body -> {
            Answer real = works.post(PATH, body);
            assertThat(real.status()).as(body.toString()).isBetween(400, 499);
            assertThat(tries.post(PATH, body).toString()).isEqualTo(real.toString());
        });
        acme.post("/api/whatsapp/pools/" + client + "/pause", Map.of("mode", "drain"));
        Answer paused = works.post(PATH, message());
        assertThat(paused.status()).isEqualTo(409);
        assertThat(tries.post(PATH, message()).toString()).isEqualTo(paused.toString());
        rooms.suspend(sales);
        assertThat(tries.post(PATH, message()).toString())
                .isEqualTo(works.post(PATH, message()).toString())
                .startsWith("409 ");
        assertThat(world.count("SELECT count(*) FROM test_messages")).isZero();
    }

    @Test
    void keysOfRequestsAreNeverSharedWithRealMessages() {
        String given = UUID.randomUUID().toString();
        TestClient tries = tries();
        TestClient works = sends();

        String test = again(tries, given);
        String real = again(works, given);

        assertThat(real).isNotEqualTo(test);
        assertThat(again(tries, given)).isEqualTo(test);
        assertThat(again(works, given)).isEqualTo(real);
        assertThat(sent(tries.post(PATH, message("key", given))).path("id").asText())
                .isEqualTo(test);
        assertThat(sent(works.post(PATH, message("key", given))).path("id").asText())
                .isEqualTo(real);
        assertThat(tries.post(PATH, message("key", given, "text", "Another")).toString())
                .contains("This key was used for another message");
        assertThat(world.count("SELECT count(*) FROM test_messages")).isEqualTo(1);
    }

    private String again(TestClient program, String key) {
        return sent(program.with("Idempotency-Key", key).post(PATH, message()))
                .path("id")
                .asText();
    }

    @Test
    void webhooksHearOfATestAndThatItIsOne() {
        AccountId tenant = world.acme().account();
        var away = new Phone("+971500000204");
        assertThat(acme.post("/api/admin/webhooks", Map.of("url", receiver.url(), "events", List.of("message.*")))
                        .status())
                .isEqualTo(201);
        TestClient tries = tries();
        phones.setMood(tenant, away, DeliveryBehavior.MISSING);

        String read = sent(tries.post(PATH, message())).path("id").asText();
        String failed = sent(tries.post(PATH, message("to", "+971500000204")))
                .path("id")
                .asText();
        for (int second = 0; second < 6; second++) {
            clock.forward(Duration.ofSeconds(1));
        }

        Function<String, List<JsonNode>> of = id -> receiver.bodies().stream()
                .map(TestClient::parse)
                .filter(event -> event.at("/data/id").asText().equals(id))
                .toList();
        List<JsonNode> events = Eventually.until(() -> of.apply(read), told -> told.size() >= 5);
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .containsExactly(
                        "message.queued", "message.sending", "message.sent", "message.delivered", "message.read");
        assertThat(events).allMatch(event -> event.at("/data/test").asBoolean());
        JsonNode types = acme.get("/api/webhook-event-types").json().path("eventTypes");
        assertThat(events)
                .allSatisfy(event -> assertThat(types.valueStream()
                                .filter(type -> type.path("name").equals(event.path("type")))
                                .map(type -> new SchemaCheck(types).problems(type.path("schema"), event)))
                        .as(event.toString())
                        .containsExactly(Set.of()));
        List<JsonNode> ends = Eventually.until(() -> of.apply(failed), told -> told.size() >= 3);
        assertThat(ends.getLast().path("type").asText()).isEqualTo("message.failed");
        assertThat(ends.getLast().at("/data/error").asText()).isEqualTo("+971500000204 is not on WhatsApp.");
        assertThat(get(tries, failed).path("state").asText()).isEqualTo("failed");
        assertThat(get(tries, failed).path("error").asText()).isEqualTo("+971500000204 is not on WhatsApp.");
        phones.setMood(tenant, away, DeliveryBehavior.READS);
    }

    @Test
    void aScheduledTestIsCanceled() {
        TestClient tries = tries();
        String id = sent(tries.post(
                        PATH, message("sendAt", clock.instant().plusSeconds(60).toString())))
                .path("id")
                .asText();

        Answer canceled = tries.post(PATH + "/" + id + "/cancel", Map.of());
        assertThat(canceled.json().at("/data/state").asText())
                .as(canceled.toString())
                .isEqualTo("canceled");
        assertThat(canceled.json().at("/data/test").asBoolean()).isTrue();
        assertThat(tries.post(PATH + "/" + id + "/cancel", Map.of()).toString())
                .startsWith("409 ")
                .contains("This message is canceled");
        clock.forward(Duration.ofSeconds(70));
        assertThat(get(tries, id).path("state").asText()).isEqualTo("canceled");
    }

    @Test
    void aKeySendsAThousandTestsADay() {
        TestClient tries = tries();
        List<Map<String, String>> thousand = IntStream.range(0, 1_000)
                .mapToObj(place -> Map.of("to", CONTACT, "text", "Order " + place))
                .toList();
        Answer all = tries.post(PATH, Map.of("subClientId", sales.id().value(), "messages", thousand));
        assertThat(all.status()).as(all.toString()).isEqualTo(202);
        assertThat(all.json().at("/data/accepted").asInt()).isEqualTo(1_000);
        assertThat(all.json().at("/data/messages/0/test").asBoolean()).isTrue();

        Answer full = tries.post(PATH, message());

        assertThat(full.toString())
                .startsWith("429 ")
                .contains(
                        "A key in test mode can send 1,000 messages in 24 hours. Try again later, or use another key.");
        assertThat(full.header("Retry-After")).contains("86400");
        assertThat(tries().post(PATH, message()).status()).isEqualTo(202);
    }

    @Test
    void everythingElseIsClosedAndSaysWhy() {
        TestClient tries = tries("messages:send", "messages:read", "inbox:read", "campaigns:read", "templates:read");
        String thread = "/api/sub-client/inbox/threads/" + UUID.randomUUID();
        String id = sent(tries.post(PATH, message())).path("id").asText();

        var soft = new SoftAssertions();
        for (String route : List.of(
                "POST " + PATH + "/" + id + "/resend",
                "POST " + PATH + "/" + id + "/give-up",
                "POST " + PATH + "/requeue",
                "POST " + PATH + "/give-up",
                "POST " + PATH + "/cancel",
                "POST /api/sub-client/inbox/threads",
                "POST " + thread + "/messages",
                "PUT " + thread,
                "GET " + thread + "/messages",
                "GET /api/whatsapp/inbound",
                "POST /api/whatsapp/campaigns",
                "POST /api/whatsapp/campaigns/" + UUID.randomUUID() + "/start",
                "POST /api/whatsapp/campaigns/" + UUID.randomUUID() + "/test",
                "POST /api/whatsapp/connections/" + UUID.randomUUID() + "/templates/" + UUID.randomUUID() + "/test",
                "POST /api/whatsapp/simulator/messages",
                "POST /api/whatsapp/opt-outs",
                "POST /api/whatsapp/pools/" + client + "/pause",
                "POST /v1/CreatePage",
                "POST /v1/apikeyscreate",
                "POST /v1/webhooks")) {
            String[] parts = route.split(" ");
            Answer refused = tries.json(parts[0], parts[1], message());
            soft.assertThat(refused.status()).as(route + ": " + refused).isEqualTo(403);
            soft.assertThat(refused.error())
                    .as(route)
                    .isEqualTo("This API key is in test mode and can’t do this. Use a key without test mode.");
        }
        soft.assertAll();
        assertThatNothingIsLeft();
        assertThat(tries.get("/api/whatsapp/campaigns").status()).isEqualTo(200);
        assertThat(tries.get("/api/sub-client/inbox/threads?shortPath=" + sales.shortPath())
                        .status())
                .isIn(200, 404);
    }
}
