package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld.Guest;
import dev.banyan.whatsapp.Phone;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.trash.WorkspaceErasures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks of workspaces: the project's side manages them, and they hear of their workspace alone. Nothing listens at
/// their addresses: what is sent is in their logs.
@QuarkusTest
class WorkspaceWebhooksTest {

    private static final AtomicInteger PHONE = new AtomicInteger(8_600);
    private static final Phone RANIA = new Phone("+971500000302");
    private static final Map<String, Object> WISH =
            Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("conversation.*", "workspace.*"));

    @Inject
    WorkspaceErasures erasures;

    @Inject
    NumberRooms rooms;

    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void aWorkspace() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
    }

    private static String route(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id()) + "/webhooks";
    }

    private JsonNode created(Workspace workspace) {
        Answer answer = acme.post(route(workspace), WISH);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().at("/data/webhook");
    }

    @Test
    void theyHaveAPage() {
        String page = WorkspacePaths.workspace(sales.project(), sales.id()) + "/webhooks";
        String as = rooms.world().acme().username();
        TestClient pages = acme.onPagesOf(rooms.world().acme());
        assertThat(pages.get(page + "?as=" + as).text()).contains("in this workspace alone", sales.name());
        Answer made = pages.form(page, "as", as, "url", "http://127.0.0.1:9/page", "events", "workspace.*");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.text()).contains("whsec_", page + "/");
        String id = acme.get(route(sales))
                .json()
                .at("/data/webhooks")
                .valueStream()
                .filter(one -> one.path("url").asText().endsWith("/page"))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
        assertThat(pages.form(page + "/" + id + "/test", "as", as).location())
                .isEqualTo(page + "/" + id + "?as=" + as + "&done=webhook-tested");
        assertThat(pages.get(page + "/" + id + "?as=" + as).text()).contains("webhook.test", page);
        assertThat(pages.form(page + "/" + id + "/rotate", "as", as).text()).contains("whsec_");
        Answer saved = pages.form(
                page + "/" + id, "as", as, "url", "http://127.0.0.1:9/page", "events", "message.*", "active", "on");
        assertThat(saved.location()).endsWith("&done=webhook-saved");
        assertThat(pages.get("/admin/integrations/" + id + "?as=" + as).status())
                .as("not among the account's")
                .isEqualTo(404);
        assertThat(TestClient.of(rooms.world().rival())
                        .get(page + "/" + id + "?as=" + rooms.world().rival().username())
                        .status())
                .isEqualTo(404);
        assertThat(pages.form(page + "/" + id + "/delete", "as", as).location()).contains("webhook-deleted");
        assertThat(pages.get(page + "/" + id + "?as=" + as).status()).isEqualTo(404);
    }

    private TestClient withKey(List<String> permissions) {
        Answer created = acme.post("/api/admin/apikeyscreate", Map.of("name", "Projects", "permissions", permissions));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return TestClient.withBearer(created.json().at("/key/key").asText());
    }

    @Test
    void keysOfTheAccountManageThemAndProjects() {
        TestClient program = withKey(List.of("manage:workspaces"));
        Answer projects = program.get("/api/projects");
        assertThat(projects.status()).as(projects.toString()).isEqualTo(200);
        assertThat(projects.header("X-RateLimit-Limit-Minute")).isPresent();
        assertThat(program.post(route(sales), WISH).error())
                .as("what is said in conversations is for people")
                .contains("conversation.*");
        Answer made =
                program.post(route(sales), Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("workspace.*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().at("/data/webhook/id").asText();
        assertThat(program.get(route(sales) + "/" + id + "/deliveries").status())
                .isEqualTo(200);
        assertThat(program.delete(route(sales) + "/" + id).status()).isEqualTo(200);
        assertThat(program.post("/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/api-keys", Map.of())
                        .status())
                .as("never more than they hold")
                .isEqualTo(403);
        assertThat(program.get("/api/whatsapp/masters").status())
                .as("without numbers:read")
                .isEqualTo(403);
        assertThat(program.get("/api/admin/GetPages").status()).isEqualTo(401);
    }

    @Test
    void otherKeysDoNot() {
        assertThat(withKey(List.of("read:pages")).get("/api/projects").status()).isEqualTo(403);
        assertThat(TestClient.withBearer("ltm_k1234567_" + "a".repeat(32))
                        .get("/api/projects")
                        .status())
                .isEqualTo(401);
        Answer rivals = TestClient.of(rooms.world().rival())
                .post("/api/admin/apikeyscreate", Map.of("name", "Other", "permissions", List.of("manage:workspaces")));
        assertThat(rivals.status()).as(rivals.toString()).isEqualTo(201);
        assertThat(TestClient.withBearer(rivals.json().at("/key/key").asText())
                        .get(route(sales))
                        .status())
                .isEqualTo(404);
    }

    private List<JsonNode> log(Workspace workspace, String id) {
        Answer answer = acme.get(route(workspace) + "/" + id + "/deliveries?limit=200");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/data/deliveries").valueStream().toList().reversed();
    }

    private List<String> types(Workspace workspace, String id) {
        return log(workspace, id).stream()
                .map(delivery -> delivery.path("type").asText())
                .toList();
    }

    @Test
    void itIsMadeChangedTestedAndDeleted() {
        JsonNode made = created(sales);
        String one = route(sales) + "/" + made.path("id").asText();
        assertThat(made.path("secret").asText()).startsWith("whsec_");
        assertThat(acme.get(route(sales)).text())
                .contains(made.path("id").asText())
                .doesNotContain("whsec_");
        assertThat(acme.get("/api/admin/webhooks").text())
                .as("it is not the account’s")
                .doesNotContain(made.path("id").asText());
        assertThat(acme.delete("/api/admin/webhooks/" + made.path("id").asText())
                        .status())
                .isEqualTo(404);

        assertThat(acme.post(one + "/test", Map.of()).status()).isEqualTo(200);
        assertThat(types(sales, made.path("id").asText())).containsExactly("webhook.test");
        assertThat(acme.post(one + "/replay", Map.of("failed", true))
                        .json()
                        .at("/data/replayed")
                        .isInt())
                .isTrue();
        assertThat(acme.post(one + "/replay", Map.of()).error())
                .isEqualTo("Name exactly one of delivery, since and failed");
        assertThat(acme.post(one + "/rotate", Map.of())
                        .json()
                        .at("/data/webhook/secret")
                        .asText())
                .startsWith("whsec_");
        Answer changed =
                acme.put(one, Map.of("url", "http://127.0.0.1:9/other", "events", List.of("*"), "active", false));
        assertThat(changed.json().at("/data/webhook/active").asBoolean(true)).isFalse();
        assertThat(acme.get(one + "/deliveries?state=eaten").error())
                .isEqualTo("state must be waiting, delivered, failed or all");
        assertThat(acme.post(route(sales), Map.of("url", "nothing", "events", List.of("*")))
                        .status())
                .isEqualTo(400);
        assertThat(acme.delete(one).status()).isEqualTo(200);
        assertThat(acme.delete(one).error()).isEqualTo("Webhook not found");
    }

    @Test
    void theProjectsSideAloneManagesThem() {
        Workspace support = rooms.workspace("Support");
        String id = created(sales).path("id").asText();
        NumberRooms.Insider admin = rooms.somebody(sales, WorkspaceRole.ADMIN);
        NumberRooms.Insider elsewhere = rooms.somebody(support, WorkspaceRole.ADMIN);

        Answer refused = TestClient.anonymous().with("Cookie", admin.cookie()).get(route(sales));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("Only the project owner can manage the webhooks of a sub-client");
        assertThat(TestClient.anonymous()
                        .with("Cookie", elsewhere.cookie())
                        .post(route(sales), WISH)
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(rooms.world().rival()).get(route(sales)).status())
                .isEqualTo(404);
        assertThat(acme.get(route(support) + "/" + id + "/deliveries").error()).isEqualTo("Webhook not found");
        assertThat(TestClient.anonymous().get(route(sales)).status()).isEqualTo(401);
    }

    @Test
    void itHearsOfItsWorkspaceAloneAndTheAccountOfAll() {
        Workspace support = rooms.workspace("Support");
        String ofSales = created(sales).path("id").asText();
        String ofSupport = created(support).path("id").asText();
        String ofAccount =
                acme.post("/api/admin/webhooks", WISH).json().at("/webhook/id").asText();

        acme.put(route(sales).replace("/webhooks", ""), Map.of("name", "Sales and Service"));

        assertThat(types(sales, ofSales)).containsExactly("workspace.updated");
        assertThat(types(support, ofSupport)).isEmpty();
        assertThat(acme.get("/api/admin/webhooks/" + ofAccount + "/deliveries").text())
                .contains("workspace.updated");
        acme.delete("/api/admin/webhooks/" + ofAccount);
    }

    @Test
    void itIsErasedWithItsWorkspace() {
        String id = created(sales).path("id").asText();
        String workspace = route(sales).replace("/webhooks", "");
        rooms.suspend(sales);

        assertThat(acme.delete(workspace).status()).isEqualTo(200);
        assertThat(acme.get(route(sales)).status()).isEqualTo(404);

        rooms.world()
                .sql(
                        "UPDATE sub_clients SET deleted_at = 1 WHERE id = ?",
                        sales.id().value());
        erasures.run();
        assertThat(rooms.world().count("SELECT count(*) FROM webhook_endpoints WHERE id = ?", id))
                .isZero();
    }

    @Test
    void whatHappensInAConversationIsTold() {
        String id = created(sales).path("id").asText();
        var owner = rooms.world().context(rooms.world().acme());
        Guest omar = rooms.world().guest(owner, sales, rooms.world().name("omar"), WorkspaceRole.AGENT);
        String client = acme.post(
                        "/api/whatsapp/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, client, "+97150000" + PHONE.incrementAndGet());
        String thread = "/api/sub-client/inbox/threads/" + Contact.conversationOf(sales.id(), RANIA);

        customer("Is the blue set back?");
        Eventually.holds(() -> types(sales, id).contains("conversation.message_created"));
        agent(omar, thread, Map.of("assigneeId", omar.id()));
        Answer reply = TestClient.of(omar)
                .post(thread + "/messages", Map.of("shortPath", sales.shortPath(), "message", "Six arrive tomorrow."));
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
        agent(omar, thread, Map.of("state", "closed"));
        agent(omar, thread, Map.of("state", "open"));
        agent(omar, thread, Map.of("state", "closed"));
        customer("Thank you.");

        Eventually.holds(() -> types(sales, id).stream()
                        .filter("conversation.reopened"::equals)
                        .count()
                == 2);
        List<String> types = types(sales, id);
        assertThat(types)
                .containsSubsequence(
                        "conversation.created",
                        "conversation.message_created",
                        "conversation.assigned",
                        "conversation.message_created",
                        "conversation.closed",
                        "conversation.reopened",
                        "conversation.closed",
                        "conversation.message_created",
                        "conversation.reopened")
                .contains("conversation.handed_over");
        assertThat(types.stream().filter("conversation.created"::equals)).hasSize(1);
        JsonNode first = data(id, "conversation.message_created");
        assertThat(first.path("id").asText())
                .isEqualTo(Contact.conversationOf(sales.id(), RANIA).toString());
        assertThat(first.path("workspace").asText()).isEqualTo(sales.id().value());
        assertThat(first.path("project").asText()).isEqualTo(sales.project().toString());
        assertThat(first.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(first.path("contact").asText()).isEqualTo(RANIA.e164());
        assertThat(first.path("author").asText()).isEqualTo("contact");
        assertThat(first.path("position").asLong()).isEqualTo(1);
        assertThat(first.path("text").asText()).isEqualTo("Is the blue set back?");
        JsonNode assigned = data(id, "conversation.assigned");
        assertThat(assigned.path("assignee").asText()).isEqualTo(omar.username());
        assertThat(assigned.path("by").asText()).isEqualTo(omar.username());
    }

    private JsonNode data(String id, String type) {
        return log(sales, id).stream()
                .filter(delivery -> delivery.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow()
                .at("/request/data");
    }

    private void agent(Guest omar, String thread, Map<String, Object> change) {
        var body = new HashMap<>(change);
        body.put("shortPath", sales.shortPath());
        Answer answer = TestClient.of(omar).put(thread, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void customer(String text) {
        Answer answer = acme.post(
                "/api/whatsapp/simulator/messages",
                Map.of("subClientId", sales.id().value(), "from", RANIA.e164(), "name", "Rania Aziz", "text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void whatHappensInAChatIsTold() {
        String id = created(sales).path("id").asText();
        NumberRooms.Insider amira = rooms.somebody(sales, WorkspaceRole.USER);

        Answer sent = TestClient.anonymous()
                .with("Cookie", amira.cookie())
                .post("/api/sub-client/chat/send", Map.of("shortPath", sales.shortPath(), "message", "hello"));

        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        assertThat(types(sales, id))
                .containsSubsequence(
                        "conversation.created", "conversation.message_created", "conversation.message_created");
        JsonNode first = data(id, "conversation.message_created");
        assertThat(first.path("channel").asText()).isEqualTo("chat");
        assertThat(first.path("user").isInt()).isTrue();
        assertThat(first.path("author").asText()).isEqualTo("user");
        assertThat(first.has("contact")).isFalse();
        assertThat(first.has("text"))
                .as("it is between the user and the assistant")
                .isFalse();
    }
}
