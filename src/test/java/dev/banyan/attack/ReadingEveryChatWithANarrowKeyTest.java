package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.EventType;
import dev.banyan.platform.webhooks.MakerChecks;
import dev.banyan.platform.webhooks.Reading;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A program with a key that may only change integrations sets up a webhook to read what its key can’t, or uses the
/// webhook of an owner for that.
@QuarkusTest
class ReadingEveryChatWithANarrowKeyTest {

    private static final String ROUTE = "/api/admin/webhooks";

    /// The same for keys.
    private static final String FOR_KEYS = "/v1/";

    /// Where a key reads what an event tells, by [Reading]: the webhook may hear it exactly if this answers.
    private static final Map<Reading, String> READ_AT = Map.ofEntries(
            Map.entry(Reading.PAGES, FOR_KEYS + "GetPages"),
            Map.entry(Reading.LINKS, FOR_KEYS + "GetLinks"),
            Map.entry(Reading.SHORT_LINKS, FOR_KEYS + "getShortLinks"),
            Map.entry(Reading.DOMAINS, FOR_KEYS + "domains"),
            Map.entry(Reading.BRANDS, FOR_KEYS + "GetSubAccounts"),
            Map.entry(Reading.MEMBERS, FOR_KEYS + "UserManagerList"),
            Map.entry(Reading.SUBSCRIPTION, FOR_KEYS + "GetSubscription"),
            Map.entry(Reading.PROJECTS, "/api/projects"),
            Map.entry(Reading.WORKSPACES, "/api/projects/{projectId}/sub-clients"),
            Map.entry(Reading.USERS, "/api/projects/{projectId}/sub-clients/{subClientId}/users"),
            Map.entry(Reading.NUMBERS, "/api/whatsapp/senders"),
            Map.entry(Reading.POOLS, "/api/whatsapp/pools"),
            Map.entry(Reading.CAMPAIGNS, "/api/whatsapp/campaigns"),
            Map.entry(Reading.MESSAGES, "/api/whatsapp/messages"),
            Map.entry(Reading.CONTACTS, "/api/whatsapp/opt-outs"),
            Map.entry(Reading.VISITS, FOR_KEYS + "GetAnalytics"));

    @Inject
    TestWorld world;

    @Inject
    Webhooks webhooks;

    @Inject
    MakerChecks checks;

    @Inject
    Database database;

    private final HookReceiver receiver = new HookReceiver();
    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void listen() {
        acme = TestClient.of(world.acme());
    }

    @AfterEach
    void stop() {
        receiver.close();
        world.sql("DELETE FROM webhook_endpoints");
        world.sql("DELETE FROM api_keys");
    }

    private JsonNode made(String... permissions) {
        Answer made = acme.post("/api/admin/apikeyscreate", Map.of("name", "Narrow", "permissions", permissions));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("key");
    }

    private static TestClient with(JsonNode key) {
        return TestClient.withBearer(key.path("key").asText());
    }

    private Map<String, Object> wish(List<String> events) {
        return Map.of("url", receiver.url(), "events", events);
    }

    private Answer webhook(TestClient program, String... events) {
        return program.post(FOR_KEYS + "webhooks", wish(List.of(events)));
    }

    private static String id(Answer created) {
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().at("/webhook/id").asText();
    }

    private void tell(String type) {
        database.write(tx -> {
            webhooks.tell(
                    tx,
                    new Owner(world.acme().account(), world.acme().account()),
                    type,
                    type,
                    () -> Map.of("secret", "all that is said"));
            return type;
        });
    }

    private List<String> state(String id) {
        return world.select("SELECT is_active || ' ' || events FROM webhook_endpoints WHERE id = ?", id);
    }

    @Test
    void itHearsNothingThatItsKeyCannotRead() {
        TestClient narrow = with(made("update:apiauth"));
        for (String events : List.of("*", "message.*", "conversation.*", "message.received", "page.*", "account.*")) {
            Answer refused = webhook(narrow, events);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.error()).contains(events);
        }
        assertThat(world.count("SELECT count(*) FROM webhook_endpoints")).isZero();
    }

    @Test
    void everyEventNeedsWhatReadingItNeeds() {
        List<String> types = EventType.all().stream()
                .map(EventType::name)
                .filter(name -> !name.equals("webhook.test"))
                .toList();
        Set<String> permissions = new TreeSet<>();
        Stream.of(Reading.values()).forEach(reading -> reading.permission().ifPresent(permissions::add));
        for (String permission : permissions) {
            JsonNode key =
                    made(Stream.of("update:apiauth", permission).distinct().toArray(String[]::new));
            TestClient program = with(key);
            Set<Reading> readable = new TreeSet<>();
            READ_AT.forEach((reading, route) -> {
                if (program.get(at(route)).status() == 200) {
                    readable.add(reading);
                }
            });
            for (EventType type : EventType.all()) {
                if (type.reading() != Reading.NOTHING) {
                    assertThat(heardBy(program, type.name()))
                            .as("%s with %s", type.name(), permission)
                            .isEqualTo(readable.contains(type.reading()));
                }
            }
            world.sql("DELETE FROM webhook_endpoints");
            acme.delete("/api/admin/apikeysdelete?keyId=" + key.path("keyId").asText());
        }
        assertThat(types).as("some are for people only").anyMatch(name -> name.startsWith("conversation."));
        assertThat(READ_AT.keySet()).as("each kind of reading has its route").hasSize(Reading.values().length - 2);
    }

    private String at(String route) {
        return route.replace("{projectId}", world.sales().project().toString())
                .replace("{subClientId}", world.sales().id().value());
    }

    /// What is refused names what the key can’t read, so one request tells of one event, and changes nothing.
    private boolean heardBy(TestClient program, String type) {
        Answer answer = webhook(program, type, "conversation.closed");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        return !answer.error().replace("conversation.closed", "").contains(type) && !type.equals("conversation.closed");
    }

    @Test
    void theWebhookOfAnOwnerIsOfNoUseToIt() {
        String id = id(acme.post(ROUTE, wish(List.of("*"))));
        tell("message.received");
        Eventually.until(receiver::types, types -> types.contains("message.received"));
        String one = ROUTE + "/" + id;
        assertThat(acme.get(one + "/deliveries").text()).contains("all that is said");
        TestClient narrow = with(made("update:apiauth", "read:pages"));
        for (String route : List.of(one, FOR_KEYS + "webhooks/" + id)) {
            assertThat(narrow.get(route + "/deliveries").text()).doesNotContain("all that is said");
            assertThat(narrow.put(route, wish(List.of("page.*"))).status()).isBetween(400, 404);
            assertThat(narrow.post(route + "/replay", Map.of("failed", true)).status())
                    .isBetween(400, 404);
        }
    }

    /// Keys that work on workspaces reach the webhooks of these.
    @Test
    void theWebhookOfAWorkspaceIsOfNoUseToItEither() {
        String route = "/api"
                + WorkspacePaths.workspace(
                        world.sales().project(), world.sales().id()) + "/webhooks";
        Answer made = acme.post(route, wish(List.of("*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String one = route + "/" + made.json().findValue("id").asText();
        database.write(tx -> {
            webhooks.tell(
                    tx,
                    new EndpointOwner(
                            new Owner(world.acme().account(), world.acme().account()),
                            Optional.of(world.sales().id().value())),
                    "conversation.message_created",
                    "c",
                    () -> Map.of("secret", "all that is said"));
            return one;
        });
        Eventually.until(receiver::types, types -> types.contains("conversation.message_created"));
        TestClient narrow = with(made("manage:workspaces"));

        for (Answer answer : List.of(
                narrow.put(one, wish(List.of("*"))),
                narrow.put(one, wish(List.of("page.*"))),
                narrow.post(one + "/rotate", Map.of()),
                narrow.post(one + "/replay", Map.of("since", "2020-01-01T00:00:00Z")))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        }
        assertThat(narrow.get(one + "/deliveries").text()).doesNotContain("all that is said");
        assertThat(acme.get(one + "/deliveries").text()).contains("all that is said");
    }

    @Test
    void itIsNarrowedAndEndsWithItsKey() {
        JsonNode key = made("update:apiauth", "read:pages", "read:links");
        String id = id(webhook(with(key), "page.*", "link.updated"));
        tell("page.created");
        Eventually.until(receiver::types, types -> types.equals(List.of("page.created")));

        Answer narrowed = acme.put(
                "/api/admin/apikeysupdate?keyId=" + key.path("keyId").asText(),
                Map.of("permissions", List.of("update:apiauth", "read:links")));
        assertThat(narrowed.status()).as(narrowed.toString()).isEqualTo(200);
        assertThat(state(id)).containsExactly("1 link.updated");

        assertThat(acme.delete("/api/admin/apikeysdelete?keyId="
                                + key.path("keyId").asText())
                        .status())
                .isEqualTo(200);
        assertThat(state(id)).containsExactly("0 link.updated");
        assertThat(acme.get(ROUTE).text()).contains("The API key that set it up was deleted.");
    }

    /// The rights are looked at again when something is sent, whatever has changed them.
    @Test
    void whatItsKeyCannotReadAnyMoreIsNotSent() {
        JsonNode key = made("update:apiauth", "read:pages", "read:links");
        String id = id(webhook(with(key), "page.*", "link.updated"));
        world.sql("UPDATE api_keys SET permissions = 'update:apiauth read:links'");
        tell("page.created");
        tell("link.updated");
        Eventually.until(receiver::types, types -> types.contains("link.updated"));
        JsonNode refused = Eventually.until(
                () -> acme.get(ROUTE + "/" + id + "/deliveries?state=failed")
                        .json()
                        .path("deliveries"),
                found -> found.size() == 1);
        assertThat(refused.at("/0/error").asText()).contains("can’t read it");
        assertThat(receiver.types()).containsExactly("link.updated");

        checks.checkAll();
        assertThat(state(id)).containsExactly("1 link.updated");
        world.sql("UPDATE api_keys SET is_active = 0");
        tell("link.updated");
        Eventually.until(() -> state(id), state -> state.equals(List.of("0 link.updated")));
        assertThat(receiver.types()).containsExactly("link.updated");
    }

    @Test
    void aKeyThatWorksOnWorkspacesReadsNoConversationEither() {
        TestClient program = with(made("manage:workspaces"));
        String route = "/api"
                + WorkspacePaths.workspace(
                        world.sales().project(), world.sales().id()) + "/webhooks";
        var refused = new ArrayList<Answer>();
        for (String events : List.of("*", "conversation.*", "conversation.message_created")) {
            refused.add(program.post(route, wish(List.of(events))));
        }
        assertThat(refused)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(400));
        Answer made = program.post(route, wish(List.of("workspace.*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }
}
