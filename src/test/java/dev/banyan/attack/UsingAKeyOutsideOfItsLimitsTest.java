package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.webhooks.MakerChecks;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A key that was made for a part of an account, for a time, for networks or for a number of requests, outside of
/// these.
@QuarkusTest
class UsingAKeyOutsideOfItsLimitsTest {

    private static final String MESSAGES = "/api/whatsapp/messages";
    private static final String OUTSIDE = "This API key is limited, and this is outside of its limits";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    MakerChecks checks;

    private TestWorld world;
    private TestClient acme;

    @BeforeEach
    void acmeSignsIn() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
    }

    @AfterEach
    void deleteKeys() {
        world.sql("DELETE FROM webhook_endpoints");
        world.sql("DELETE FROM api_keys");
    }

    private Answer wished(Map<String, Object> limits, String... permissions) {
        var body = new HashMap<String, Object>(limits);
        body.put("name", "Limited");
        body.put("permissions", List.of(permissions));
        return acme.post("/api/admin/apikeyscreate", body);
    }

    private TestClient program(Map<String, Object> limits, String... permissions) {
        Answer made = wished(limits, permissions);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return TestClient.withBearer(made.json().at("/key/key").asText());
    }

    private static void assertClosed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo(OUTSIDE);
    }

    @Test
    void aKeyForABrandFindsNoOtherAccount() {
        world.south();
        TestClient program = program(
                Map.of("brands", List.of(world.north().username())),
                "pages:read",
                "pages:manage",
                "brands:read",
                "keys:create",
                "projects:read",
                "numbers:read");
        Answer made = program.post("/v1/CreatePage", Map.of("slug", "by-brand-key", "name", "By key"));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json().at("/page/userId").asText())
                .isEqualTo(world.north().id().toString());
        for (String other : List.of(
                world.south().id().toString(),
                world.south().username(),
                world.acme().account().toString())) {
            assertThat(program.get("/v1/GetPages?subAccountId=" + other).status())
                    .as(other)
                    .isEqualTo(404);
            assertThat(program.get("/api/projects?subAccountId=" + other).status())
                    .as(other)
                    .isEqualTo(404);
        }
        assertClosed(program.get("/v1/GetSubAccounts"));
        assertClosed(program.get("/v1/search?q=a"));
        assertClosed(program.get("/api/whatsapp/senders"));
        assertClosed(program.post("/v1/apikeyscreate", Map.of("name", "X", "permissions", List.of("pages:read"))));
        assertThat(acme.get("/api/admin/apikeyslist")
                        .json()
                        .at("/keys/0/limits/ids/0")
                        .asText())
                .isEqualTo(world.north().id().toString());
    }

    private static String of(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
    }

    @Test
    void aKeyForAProjectOrAWorkspaceFindsNoOther() {
        Workspace sales = rooms.workspace("Sales Team");
        Workspace support = rooms.workspace("Support");
        TestClient ofProject = program(
                Map.of("projectId", sales.project().toString()),
                "projects:read",
                "workspaces:read",
                "inbox:read",
                "messages:send",
                "workspaces:manage");
        TestClient ofWorkspace = program(
                Map.of("subClientId", sales.id().value()),
                "projects:read",
                "workspaces:read",
                "inbox:read",
                "messages:send",
                "messages:read");
        String inbox = "/api/sub-client/inbox/threads?shortPath=";
        for (TestClient program : List.of(ofProject, ofWorkspace)) {
            assertThat(program.get(of(sales)).status()).isEqualTo(200);
            assertThat(program.get(inbox + sales.shortPath()).status()).isEqualTo(200);
            assertClosed(program.get(of(support)));
            assertThat(program.get(inbox + support.shortPath()).status()).isEqualTo(404);
            assertClosed(program.get("/api/projects"));
            assertClosed(program.get("/api/inboxes"));
        }
        assertThat(ofProject.get("/api/projects/" + sales.project()).status()).isEqualTo(200);
        assertClosed(ofWorkspace.get("/api/projects/" + sales.project()));
        assertClosed(ofProject.post("/api/projects/" + sales.project() + "/sub-clients/bulk", Map.of()));
        assertClosed(ofProject.post(MESSAGES, Map.of("subClientId", sales.id().value())));
        assertClosed(ofWorkspace.get(MESSAGES));
        for (Map<String, Object> other : List.<Map<String, Object>>of(
                Map.of("subClientId", support.id().value()),
                Map.of("master", "wa_123456789012345678"),
                Map.of("subClientId", sales.id().value(), "master", "wa_123456789012345678"))) {
            var message = new HashMap<>(other);
            message.put("to", "+971500000201");
            message.put("text", "Hi");
            assertThat(ofWorkspace.post(MESSAGES, message).status()).isEqualTo(404);
        }
    }

    @Test
    void aKeyForAPoolSendsOverItAlone() {
        Workspace sales = rooms.workspace("Sales Team");
        String pool = linked(sales, "+971500000621");
        String other = linked(rooms.workspace("Support"), "+971500000622");
        TestClient program = program(
                Map.of("master", pool),
                "messages:send",
                "messages:read",
                "pools:read",
                "pools:manage",
                "numbers:manage");
        Answer sent = program.post(MESSAGES, Map.of("master", pool, "to", "+971500000201", "text", "Hi"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(program.get(MESSAGES + "/" + sent.json().at("/data/id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(program.get("/api/whatsapp/pools/" + pool).status()).isEqualTo(200);
        Answer others = acme.post(MESSAGES, Map.of("master", other, "to", "+971500000201", "text", "Hi"));
        assertThat(program.get(MESSAGES + "/" + others.json().at("/data/id").asText())
                        .status())
                .isEqualTo(404);
        assertThat(program.post(MESSAGES, Map.of("master", other, "to", "+971500000201", "text", "Hi"))
                        .status())
                .isEqualTo(404);
        assertThat(program.post(
                                MESSAGES,
                                Map.of("subClientId", sales.id().value(), "to", "+971500000201", "text", "Hi"))
                        .status())
                .isEqualTo(404);
        assertClosed(program.get("/api/whatsapp/pools/" + other));
        assertClosed(program.get("/api/whatsapp/pools"));
        assertClosed(program.post("/api/whatsapp/pools/" + pool + "/failover/start", Map.of()));
        assertClosed(program.delete("/api/whatsapp/masters/" + pool));
        assertClosed(program.get(MESSAGES));
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

    @Test
    void aKeyEndsAtItsTimeAndItsWebhookWithIt() {
        TestClient program = program(
                Map.of("expiresAt", clock.instant().plus(Duration.ofHours(1)).toString()),
                "pages:read",
                "webhooks:manage",
                "keys:create");
        assertThat(program.get("/v1/GetPages").status()).isEqualTo(200);
        assertClosed(program.post("/v1/apikeyscreate", Map.of("name", "X", "permissions", List.of("pages:read"))));
        Answer webhook =
                program.post("/v1/webhooks", Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("page.*")));
        assertThat(webhook.status()).as(webhook.toString()).isEqualTo(201);
        clock.forward(Duration.ofHours(1));
        Answer ended = program.get("/v1/GetPages");
        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.error()).isEqualTo("It has expired");
        checks.checkAll();
        assertThat(world.select("SELECT is_active FROM webhook_endpoints")).containsExactly("0");
        assertThat(acme.get("/api/admin/apikeyslist")
                        .json()
                        .at("/keys/0/disabledReason")
                        .asText())
                .isEqualTo("It has expired");
    }

    @Test
    void aKeyWorksFromItsNetworksOnly() {
        TestClient elsewhere = program(
                Map.of("networks", List.of("203.0.113.0/24", "2001:db8::/32")), "pages:read", "webhooks:manage");
        assertThat(elsewhere.get("/v1/GetPages").error()).isEqualTo("This API key can’t be used from this network");
        TestClient here = program(Map.of("networks", List.of("127.0.0.0/8", "::1")), "pages:read", "webhooks:manage");
        assertThat(here.get("/v1/GetPages").status()).isEqualTo(200);
        assertClosed(here.post("/v1/webhooks", Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("page.*"))));
    }

    @Test
    void aKeyMakesAsManyRequestsAsItWasGiven() {
        TestClient program = program(Map.of("requestsPerMinute", 7), "pages:read");
        assertThat(program.get("/v1/GetPages").header("X-RateLimit-Limit-Minute"))
                .contains("7");
        assertThat(acme.get("/api/admin/apikeyslist").json().at("/usage/perKey"))
                .singleElement()
                .hasToString("{\"minuteUsed\":1,\"minuteRemaining\":6}");
    }

    @Test
    void limitsThatCannotBeAreRefused() {
        assertThat(wished(Map.of("brands", List.of(world.east().username())), "pages:read")
                        .status())
                .as("a brand of others")
                .isEqualTo(404);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("brands", List.of(world.north().username()), "projectId", "p"),
                Map.of("projectId", "a b"),
                Map.of("expiresAt", "tomorrow"),
                Map.of("expiresAt", "2020-01-01T00:00:00Z"),
                Map.of("brands", List.of()), // which would be all
                Map.of("networks", List.of()),
                Map.of("networks", List.of("everywhere")),
                Map.of("networks", List.of("203.0.113.0/33")),
                Map.of("requestsPerMinute", 0))) {
            Answer refused = wished(wrong, "pages:read");
            assertThat(refused.status()).as(wrong + ": " + refused).isEqualTo(400);
        }
    }

    @Test
    void aKeyIsForWhatItsAccountHas() {
        Workspace sales = rooms.workspace("Sales Team");
        Workspace theirs = rooms.workspace(world.context(world.rival()), "Theirs");
        String pool = linked(sales, "+971500000623");
        for (Map.Entry<String, String> other : List.of(
                Map.entry("projectId", theirs.project().toString()),
                Map.entry("subClientId", theirs.id().value()),
                Map.entry("subClientId", sales.project().toString()),
                Map.entry("master", "wa_123456789012345678"))) {
            Answer refused = wished(Map.of(other.getKey(), other.getValue()), "messages:send");
            assertThat(refused.status()).as(other + ": " + refused).isEqualTo(404);
            assertThat(refused.error()).startsWith(other.getKey() + " must be");
        }
        program(Map.of("projectId", sales.project().toString().toUpperCase(Locale.ROOT)), "projects:read");
        program(Map.of("master", pool), "messages:send");
        assertThat(world.select("SELECT scope FROM api_keys ORDER BY scope"))
                .containsExactly("pool " + pool, "project " + sales.project());
    }

    @Test
    void thePageNarrowsAKeyAndShowsIt() {
        Workspace sales = rooms.workspace("Sales Team");
        String[] form = {
            "name",
            "Kiosk",
            "permissions",
            "inbox:read",
            "expiresAt",
            "2100-01-31",
            "networks",
            "127.0.0.0/8, ::1",
            "requestsPerMinute",
            "7",
            "part",
            "workspace " + sales.id().value()
        };
        TestClient pages = acme.onPagesOf(world.acme());
        Answer made = pages.form("/admin/api-keys", form);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.text())
                .contains("Only for the workspace “Sales Team”")
                .contains("Until Jan 31, 2100")
                .contains("From 127.0.0.0/8, ::1")
                .contains("Up to 7 requests per minute");
        assertThat(world.select("SELECT scope FROM api_keys WHERE name = ?", "Kiosk"))
                .containsExactly("workspace " + sales.id().value());
        form[form.length - 1] = "workspace scl_1";
        Answer refused = pages.form("/admin/api-keys", form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("This workspace wasn&#39;t found. It may have been deleted.")
                .contains("<details class=\"as-table\" id=\"key-limits\" open>");
        form[form.length - 1] = "anything";
        assertThat(pages.form("/admin/api-keys", form).status())
                .as("not the whole account")
                .isEqualTo(422);
        assertThat(acme.get("/admin/api-keys").text()).contains("id=\"key-limits\"><summary>");
    }
}
