package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sending many messages at once, sent messages, and received messages, on the running server. The pool is not linked,
/// so ordered messages wait.
@QuarkusTest
class MessageListResourceTest {

    private static final String PATH = "/api/whatsapp/messages";
    private static final String INBOUND = "/api/whatsapp/inbound";
    private static final AtomicInteger POOL = new AtomicInteger();
    private static final AtomicInteger PHONE = new AtomicInteger(300);

    @Inject
    NumberRooms rooms;

    @Inject
    Senders senders;

    private TestWorld world;
    private TestClient acme;
    private SenderId pool;

    @BeforeEach
    void acmeHasAPool() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        pool = master("Newsletter");
    }

    private SenderId master(String name) {
        var wanted = new Senders.NewMaster(
                Optional.of(world.name("pool") + "-" + POOL.incrementAndGet()),
                name,
                Optional.empty(),
                MasterType.PRIMARY);
        return switch (senders.addMaster(world.acme().account(), Actor.SERVER, wanted)) {
            case Senders.Added.Done done -> done.sender().id();
            case Senders.Added other -> throw new AssertionError(other);
        };
    }

    private static Map<String, Object> item(String to, String text, String... key) {
        var item = new HashMap<String, Object>(Map.of("to", to, "text", text));
        for (String known : key) {
            item.put("key", known);
        }
        return item;
    }

    private Map<String, Object> many(List<?> messages) {
        return Map.of("master", pool.value(), "messages", messages);
    }

    private static JsonNode accepted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("data");
    }

    private static JsonNode list(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data");
    }

    private static List<String> of(JsonNode list, String field) {
        return StreamSupport.stream(list.path("messages").spliterator(), false)
                .map(message -> message.path(field).asText())
                .toList();
    }

    @Test
    void aThousandAreTakenAtOnceAndNoMore() {
        List<Map<String, Object>> thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> item("+97150000" + (1_000 + i), "Offer " + i))
                .toList();

        JsonNode data = accepted(acme.post(PATH, many(thousand)));

        assertThat(data.path("accepted").asInt()).isEqualTo(1_000);
        assertThat(data.path("refused").asInt()).isZero();
        assertThat(of(data, "state")).hasSize(1_000).containsOnly("queued");
        assertThat(world.count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", pool.value()))
                .isEqualTo(1_000);
        assertThat(acme.get(PATH + "/" + data.at("/messages/999/id").asText())
                        .json()
                        .at("/data/text")
                        .asText())
                .isEqualTo("Offer 999");

        var more = new ArrayList<>(thousand);
        more.add(item("+971500000999", "One too many"));
        Answer refused = acme.post(PATH, many(more));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("messages");
        assertThat(acme.post(PATH, many(List.of())).error()).isEqualTo("messages must be a list of 1 to 1000 messages");
    }

    @Test
    void whatIsWrongWithOneDoesNotKeepTheOthers() {
        JsonNode data = accepted(acme.post(
                PATH,
                many(List.of(
                        item("+971500000201", "Good morning"),
                        item("12", "To nobody"),
                        item("+971500000202", " "),
                        Map.of("text", "To nobody")))));

        assertThat(data.path("accepted").asInt()).isEqualTo(1);
        assertThat(data.path("refused").asInt()).isEqualTo(3);
        assertThat(data.at("/messages/1/error").asText()).isEqualTo("Invalid phone number");
        assertThat(data.at("/messages/1/field").asText()).isEqualTo("to");
        assertThat(data.at("/messages/2/error").asText()).isEqualTo("Message is required");
        assertThat(data.at("/messages/3/field").asText()).isEqualTo("to");

        Answer none = acme.post(PATH, many(List.of(item("12", "To nobody"))));
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.error()).isEqualTo("messages[0]: Invalid phone number");
        assertThat(none.json().at("/data/refused").asInt()).isEqualTo(1);
    }

    @Test
    void keysMakeManyThatAreOrderedTwiceOne() {
        var once = many(List.of(item("+971500000201", "One", "k1"), item("+971500000202", "Two", "k2")));
        JsonNode first = accepted(acme.post(PATH, once));
        JsonNode second = accepted(acme.post(PATH, once));

        assertThat(of(second, "id")).isEqualTo(of(first, "id"));
        assertThat(second.at("/messages/0/again").asBoolean()).isTrue();
        assertThat(first.at("/messages/0").has("again")).isFalse();
        assertThat(world.count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", pool.value()))
                .isEqualTo(2);
        JsonNode mixed = accepted(acme.post(
                PATH, many(List.of(item("+971500000201", "Another text", "k1"), item("+971500000203", "Three")))));
        assertThat(mixed.at("/messages/0/error").asText()).isEqualTo("This key was used for another message");
        assertThat(acme.post(PATH, Map.of("master", pool.value(), "to", "+971500000201", "text", "One", "key", "k1"))
                        .json()
                        .at("/data/id")
                        .asText())
                .as("one alone, with the same key")
                .isEqualTo(first.at("/messages/0/id").asText());
    }

    @Test
    void aHeaderMakesAWholeRequestOne() {
        TestClient keyed = acme.with("Idempotency-Key", UUID.randomUUID().toString());
        var twins = many(List.of(item("+971500000201", "Same"), item("+971500000201", "Same")));

        Answer first = keyed.post(PATH, twins);
        Answer second = keyed.post(PATH, twins);

        assertThat(accepted(first).path("accepted").asInt()).isEqualTo(2);
        assertThat(second.text()).isEqualTo(first.text());
        world.sql("DELETE FROM idempotency_keys"); // a day later
        assertThat(of(accepted(keyed.post(PATH, twins)), "id")).isEqualTo(of(accepted(first), "id"));
        assertThat(world.count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", pool.value()))
                .isEqualTo(2);
    }

    @Test
    void aFullPoolAsksToComeAgainLater() {
        assertThat(acme.put("/api/whatsapp/pools/" + pool, Map.of("mostWaiting", 2))
                        .status())
                .isEqualTo(200);
        Answer some = acme.post(
                PATH,
                many(List.of(
                        item("+971500000201", "One"), item("+971500000202", "Two"), item("+971500000203", "Three"))));

        JsonNode data = accepted(some);
        assertThat(data.path("accepted").asInt()).isEqualTo(2);
        assertThat(data.at("/messages/2/error").asText()).isEqualTo("Too many messages are waiting for this pool");
        assertThat(some.header("Retry-After")).contains("10");
        for (Object body : List.of(
                many(List.of(item("+971500000204", "Four"))),
                Map.of("master", pool.value(), "to", "+971500000204", "text", "Four"))) {
            Answer full = acme.with("Idempotency-Key", "four-" + pool).post(PATH, body);
            assertThat(full.status()).as(full.text()).isEqualTo(429);
            assertThat(full.error()).endsWith("Too many messages are waiting for this pool");
            assertThat(full.header("Retry-After")).contains("10");
        }
        assertThat(world.count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", pool.value()))
                .isEqualTo(2);
    }

    @Test
    void whatIsOrderedTogetherIsFoundTogether() {
        JsonNode sent =
                accepted(acme.post(PATH, many(List.of(item("+971500000201", "One"), item("+971500000202", "Two")))));
        accepted(acme.post(PATH, many(List.of(item("+971500000203", "Another")))));

        assertThat(found("?batch=" + sent.path("batch").asText())).containsExactlyInAnyOrderElementsOf(of(sent, "id"));
    }

    @Test
    void whatWasSentIsFoundByEveryWish() {
        SenderId other = master("Support");
        JsonNode sent = accepted(
                acme.post(PATH, many(List.of(item("+971500000201", "Grüße von uns"), item("+971500000202", "Hello")))));
        String first = sent.at("/messages/0/id").asText();
        String second = sent.at("/messages/1/id").asText();
        String third = accepted(
                        acme.post(PATH, Map.of("master", other.value(), "to", "+971500000201", "text", "From support")))
                .path("id")
                .asText();
        world.sql(
                "UPDATE outgoing_messages SET state = 'uncertain', sender_id = ?, reason = 'the only one'"
                        + " WHERE id = ?",
                pool.value(),
                second);

        assertThat(found("")).containsExactly(third, second, first);
        assertThat(found("?master=" + pool)).containsExactly(second, first);
        assertThat(found("?sender=" + pool)).containsExactly(second);
        assertThat(found("?to=%2B971500000201")).containsExactly(third, first);
        assertThat(found("?state=uncertain")).containsExactly(second);
        assertThat(found("?state=queued,uncertain&master=" + pool)).containsExactly(second, first);
        assertThat(found("?text=GRU")).containsExactly(first);
        assertThat(found("?text=support&to=00971500000201")).containsExactly(third);
        JsonNode one = acme.get(PATH + "/" + second).json().path("data");
        assertThat(one.path("reason").asText()).isEqualTo("the only one");
        assertThat(one.at("/history/0/state").asText()).isEqualTo("queued");
        assertThat(one.at("/history/1/state").asText()).isEqualTo("uncertain");

        JsonNode page = list(acme.get(PATH + "?limit=2"));
        accepted(acme.post(PATH, many(List.of(item("+971500000203", "Meanwhile")))));
        assertThat(found("?limit=2&after=" + page.path("nextCursor").asText())).containsExactly(first);
    }

    private List<String> found(String query) {
        return of(list(acme.get(PATH + query)), "id");
    }

    @Test
    void aParameterThatBreaksItsRuleIsNamed() {
        for (var wrong : Map.of(
                        "to=12",
                        "to must be a phone number such as +971500000201",
                        "state=gone",
                        "state must be scheduled, queued, sending, sent, delivered, read, failed, uncertain or canceled",
                        "batch=7",
                        "batch must be an id from an answer",
                        "text=" + "x".repeat(101),
                        "text must be 100 characters or less",
                        "limit=1001",
                        "limit must be a number from 1 to 1000",
                        "after=x",
                        "after must be the nextCursor of an answer")
                .entrySet()) {
            Answer answer = acme.get(PATH + "?" + wrong.getKey());
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo(wrong.getValue());
        }
        assertThat(acme.get(PATH + "?master=nobody").status()).isEqualTo(404);
        assertThat(acme.get(PATH + "?sender=no+id").status()).isEqualTo(404);
        assertThat(acme.get(PATH + "?subClientId=scl_1_aaaaaaaaa").error()).isEqualTo("Sub-client not found");
    }

    @Test
    void whatComesInToAPoolIsInItsList() {
        String phone = "+971500000" + PHONE.incrementAndGet();
        assertThat(acme.post("/api/whatsapp/masters/" + pool + "/link", "").status())
                .isEqualTo(200);
        assertThat(acme.post("/api/whatsapp/senders/" + pool + "/scan", Map.of("phone", phone))
                        .status())
                .isEqualTo(200);
        customerSays("+971500000201", "Is the clinic open?");
        customerSays("+971500000202", "Grüße");
        awaitArrivals(2);

        JsonNode all = list(acme.get(INBOUND));
        assertThat(of(all, "text")).containsExactly("Grüße", "Is the clinic open?");
        assertThat(all.at("/messages/0/from").asText()).isEqualTo("+971500000202");
        assertThat(all.at("/messages/0/name").asText()).isEqualTo("Amira Nasser");
        assertThat(all.at("/messages/0/master").asText()).isEqualTo(pool.value());
        assertThat(of(list(acme.get(INBOUND + "?from=%2B971500000201")), "text"))
                .containsExactly("Is the clinic open?");
        assertThat(of(list(acme.get(INBOUND + "?text=GRU&master=" + pool)), "text"))
                .containsExactly("Grüße");
        JsonNode page = list(acme.get(INBOUND + "?limit=1"));
        assertThat(of(
                        list(acme.get(INBOUND + "?limit=1&after="
                                + page.path("nextCursor").asText())),
                        "text"))
                .containsExactly("Is the clinic open?");
        assertThat(acme.get(INBOUND + "?master=nobody").status()).isEqualTo(404);
        assertThat(of(list(TestClient.of(world.rival()).get(INBOUND)), "text")).isEmpty();
    }

    /// Waits for received messages, which go through the actor of their number before they are stored.
    private void awaitArrivals(int number) {
        long arrived = Eventually.until(
                () -> world.count(
                        "SELECT count(*) FROM incoming_messages WHERE tenant_id = ?",
                        world.acme().account().toString()),
                now -> now >= number);
        assertThat(arrived).isEqualTo(number);
    }

    private void customerSays(String from, String text) {
        Answer answer = acme.post(
                "/api/whatsapp/simulator/messages",
                Map.of("sender", pool.value(), "from", from, "name", "Amira Nasser", "text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /// Only members may read an inbox: programs of the project's side see only messages ordered by programs.
    @Test
    void whatIsSaidInTheInboxOfAWorkspaceIsLeftOut() {
        Workspace sales = rooms.workspace("Sales Team");
        String client = acme.post(
                        "/api/whatsapp/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, client, "+971500000" + PHONE.incrementAndGet());
        String ordered = accepted(acme.post(
                        PATH, Map.of("subClientId", sales.id().value(), "to", "+971500000201", "text", "Reminder")))
                .path("id")
                .asText();
        String reply = new UUID(-1, PHONE.incrementAndGet()).toString(); // newer than what was ordered
        world.sql("""
                INSERT INTO outgoing_messages (id, tenant_id, master_id, phone, body, idempotency_key, state, attempts,
                    due_at, created_at, state_changed_at)
                VALUES (?, ?, ?, '+971500000201', 'Between us', ?, 'failed', 1, 0, 0, 0)
                """, reply, world.acme().account().toString(), client, reply);
        Answer said = acme.post(
                "/api/whatsapp/simulator/messages",
                Map.of("subClientId", sales.id().value(), "from", "+971500000201", "text", "A secret"));
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        awaitArrivals(1);

        assertThat(found("")).containsExactly(ordered);
        assertThat(found("?subClientId=" + sales.id())).containsExactly(ordered);
        assertThat(found("?limit=1")).as("not an empty page").containsExactly(ordered);
        assertThat(acme.get(PATH + "/" + reply).status()).isEqualTo(404);
        assertThat(acme.post(PATH + "/" + reply + "/resend", "{}").status()).isEqualTo(404);
        assertThat(of(list(acme.get(INBOUND)), "text")).isEmpty();
    }

    @Test
    void membersBrandsAndStrangersSeeNothingOfIt() {
        String id = accepted(acme.post(PATH, many(List.of(item("+971500000201", "Hello")))))
                .at("/messages/0/id")
                .asText();
        TestClient member = TestClient.of(world.salesAdmin()).cookieAsBearer();
        assertThat(member.get(PATH).status()).isEqualTo(403);
        assertThat(member.get(INBOUND).status()).isEqualTo(403);
        assertThat(TestClient.anonymous().get(PATH).status()).isEqualTo(401);
        TestClient rival = TestClient.of(world.rival());
        assertThat(of(list(rival.get(PATH)), "id")).isEmpty();
        assertThat(rival.get(PATH + "?master=" + pool).status()).isEqualTo(404);
        assertThat(rival.post(PATH, many(List.of(item("+971500000201", "Hello"))))
                        .status())
                .isEqualTo(404);
        String as = "?as=" + world.north().username();
        assertThat(acme.get(PATH + as).error()).isEqualTo("Missing subClientId");
        assertThat(acme.get(INBOUND + as).status()).isEqualTo(403);
        assertThat(acme.get(PATH + "/" + id + as).status()).isEqualTo(404);
    }
}
