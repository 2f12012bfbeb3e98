package dev.banyan.workspaces.inbox;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What programs and campaigns send, in the thread of the person who gets it.
@QuarkusTest
class SentPastTheInboxTest {

    private static final String API = "/api/whatsapp";
    private static final AtomicInteger PHONE = new AtomicInteger(9_500);

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private final String rania = "+97150001" + PHONE.incrementAndGet();
    private final String tomas = "+97150001" + PHONE.incrementAndGet();
    private TestClient acme;
    private TestClient admin;
    private Workspace sales;
    private String pool = "";

    @BeforeEach
    void aWorkspaceWithALinkedNumber() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        pool = acme.post(API + "/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, pool, "+97150001" + PHONE.incrementAndGet());
    }

    private void writes(String contact, String text) {
        var body = Map.of("subClientId", sales.id().value(), "from", contact, "name", "Someone", "text", text);
        data(acme.post(API + "/simulator/messages", body), 200);
    }

    private List<JsonNode> threads() {
        return data(admin.get("/api/sub-client/inbox/threads?shortPath=" + sales.shortPath()), 200)
                .path("threads")
                .valueStream()
                .toList();
    }

    private List<JsonNode> messages(JsonNode thread) {
        String path = "/api/sub-client/inbox/threads/" + thread.path("id").asText() + "/messages?shortPath=";
        return data(admin.get(path + sales.shortPath()), 200)
                .path("messages")
                .valueStream()
                .toList();
    }

    private List<String> texts(JsonNode thread) {
        return messages(thread).stream()
                .map(message -> message.path("text").asText())
                .toList();
    }

    private void orders(Map<String, Object> more) {
        var body = new HashMap<String, Object>(
                Map.of("to", rania, "key", UUID.randomUUID().toString()));
        body.putAll(more);
        assertThat(acme.post(API + "/messages", body).status()).isBetween(200, 202);
    }

    private void campaign(String text, String... contacts) {
        JsonNode created =
                data(acme.post(API + "/campaigns", Map.of("name", "Honey week", "master", pool, "text", text)), 201);
        String campaign = API + "/campaigns/" + created.path("id").asText();
        data(acme.send("POST", campaign + "/recipients", "text/csv", "phone\n" + String.join("\n", contacts)), 200);
        data(acme.post(campaign + "/start", Map.of()), 200);
        Eventually.until(
                () -> {
                    clock.forward(Duration.ofSeconds(2));
                    return data(acme.get(campaign), 200).at("/counts/pending").asInt(-1);
                },
                pending -> pending == 0);
    }

    @Test
    void whatProgramsOrderIsInTheThreadAndNoAnswer() {
        writes(rania, "Is it ready?");
        JsonNode before =
                Eventually.until(this::threads, all -> all.size() == 1).getFirst();

        orders(Map.of("subClientId", sales.id().value(), "text", "Your order 4711 is on its way"));
        orders(Map.of("master", pool, "text", "Your code is 123456"));
        String later = clock.instant().plus(Duration.ofHours(1)).toString();
        orders(Map.of("master", pool, "text", "How was it?", "sendAt", later));

        JsonNode after = threads().getFirst();
        assertThat(texts(after))
                .containsExactly("Is it ready?", "Your order 4711 is on its way", "Your code is 123456");
        assertThat(messages(after).getLast().path("origin").asText()).isEqualTo("api");
        assertThat(messages(after).getLast().path("role").asText()).isEqualTo("agent");
        assertThat(messages(after).getLast().path("delivery").asText()).isNotEmpty();
        for (String field : List.of("unread", "lastText", "lastMessageAt", "handedOver", "state")) {
            assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
        }
        assertThat(rooms.world()
                        .select("SELECT waiting_count FROM workspace_inboxes WHERE sub_client_id = '" + sales.id()
                                + "'"))
                .containsExactly("1");
        String page = "/s/" + sales.shortPath() + "/inbox/" + after.path("id").asText();
        assertThat(admin.get(page).text()).contains("Your order 4711 is on its way", "<bdi>Sent over the API</bdi>");

        clock.forward(Duration.ofHours(2));
        Eventually.until(() -> texts(after), all -> all.contains("How was it?"));
    }

    @Test
    void whoAnswersACampaignDoesNotStandAlone() {
        writes(rania, "Hello");
        Eventually.until(this::threads, all -> all.size() == 1);

        campaign("Honey cake for 20?", rania, tomas);

        assertThat(threads()).as("no thread by a campaign").hasSize(1);
        JsonNode known = threads().getFirst();
        assertThat(texts(known)).containsExactly("Hello", "Honey cake for 20?");
        assertThat(messages(known).getLast().path("origin").asText()).isEqualTo("campaign");
        assertThat(messages(known).getLast().at("/campaign/name").asText()).isEqualTo("Honey week");
        String page = "/s/" + sales.shortPath() + "/inbox/" + known.path("id").asText();
        assertThat(admin.get(page).text()).contains("<bdi>Campaign Honey week</bdi>");

        writes(tomas, "Yes, I want it");
        JsonNode begun = Eventually.until(
                        () -> threads().stream()
                                .filter(thread ->
                                        thread.path("lastText").asText().equals("Yes, I want it"))
                                .toList(),
                        all -> all.size() == 1)
                .getFirst();
        assertThat(texts(begun)).containsExactly("Honey cake for 20?", "Yes, I want it");
        assertThat(begun.path("unread").asInt()).isEqualTo(1);
    }

    @Test
    void theAssistantAnswersThoughAProgramWroteInBetween() {
        orders(Map.of("master", pool, "text", "Your order 4711 is on its way"));
        String assistant = "/api/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/assistant";
        data(acme.put(assistant, Map.of("forContacts", true, "fallback", "Automatic.")), 200);

        writes(rania, "xyzzy");

        JsonNode thread = Eventually.until(
                        this::threads,
                        all -> all.size() == 1
                                && all.getFirst().path("lastText").asText().endsWith("Automatic."))
                .getFirst();
        assertThat(texts(thread))
                .containsExactly(
                        "Your order 4711 is on its way",
                        "xyzzy",
                        "This is the automated assistant of " + sales.name() + ".\n\nAutomatic.");
    }
}
