package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A program with a key of an account, by noun and verb: it does what its permissions say, is told which one it lacks,
/// and reaches nothing of others, nothing that is for people, and nothing once its maker may not.
@QuarkusTest
class DoingMoreThanAKeySaysTest {

    private static final String MESSAGES = "/api/whatsapp/messages";
    private static final String NOBODYS = "00000000-0000-8000-8000-000000000000";
    private static final Pattern FILES = Pattern.compile(".*(/attachments|/templates/files|/media|/ImportSubAccount)");
    private static final String CLOSED = "API keys can’t do this. Sign in instead.";

    @Inject
    NumberRooms rooms;

    private TestWorld world;
    private TestClient acme;
    private Workspace sales;

    @BeforeEach
    void acmeHasAWorkspace() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        sales = rooms.workspace("Sales Team");
    }

    @AfterEach
    void deleteKeys() {
        world.sql("DELETE FROM webhook_endpoints");
        world.sql("DELETE FROM api_keys");
    }

    private static JsonNode made(TestClient owner, String... permissions) {
        Answer made = owner.post("/api/admin/apikeyscreate", Map.of("name", "Program", "permissions", permissions));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("key");
    }

    private static TestClient with(JsonNode key) {
        return TestClient.withBearer(key.path("key").asText());
    }

    private static TestClient program(TestClient owner, String... permissions) {
        return with(made(owner, permissions));
    }

    private String linked(TestClient owner, Workspace workspace, String phone) {
        Answer created = owner.post(
                "/api/whatsapp/client", Map.of("subClientId", workspace.id().value()));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        String client = created.json().at("/client/id").asText();
        rooms.scan(workspace, client, phone);
        return client;
    }

    private Map<String, Object> message(Workspace workspace) {
        return Map.of("subClientId", workspace.id().value(), "to", "+971500000201", "text", "Good morning");
    }

    @Test
    void itSendsAndReadsWithThePermissionAndIsToldWhichOneItLacks() {
        String client = linked(acme, sales, "+971500000611");
        TestClient sends = program(acme, "messages:send");
        TestClient reads = program(acme, "messages:read");

        Answer sent = sends.post(MESSAGES, message(sales));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(sent.json().at("/data/master").asText()).isEqualTo(client);
        String one = MESSAGES + "/" + sent.json().at("/data/id").asText();
        assertThat(reads.get(one).json().at("/data/text").asText()).isEqualTo("Good morning");
        assertThat(reads.with("X-API-Key", "").get(MESSAGES).status()).isEqualTo(200);

        Answer refused = reads.post(MESSAGES, message(sales));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("This API key doesn’t have the permission messages:send");
        assertThat(refused.json().path("permission").asText()).isEqualTo("messages:send");
        assertThat(sends.get(one).json().path("permission").asText()).isEqualTo("messages:read");
        Answer ofContract = sends.get("/v1/GetPages");
        assertThat(ofContract.error()).isEqualTo("Insufficient permissions");
        assertThat(ofContract.json().path("permission").asText()).isEqualTo("pages:read");
    }

    @Test
    void eachPermissionOpensItsRoutesAndNoOthers() {
        JsonNode key = made(acme, "profile:read");
        TestClient program = with(key);
        var softly = new SoftAssertions();
        for (KeyRights.Permission held : KeyRights.all()) {
            if (held.use() != KeyRights.Use.ACCOUNTS) {
                continue;
            }
            for (Routes.Route route : Routes.all()) {
                if (!route.isJson() || !takesKeys(route.path())) {
                    continue;
                }
                Optional<String> needed = KeyRights.ofRoute(route.name()).map(KeyRights.Permission::name);
                boolean opens = needed.equals(Optional.of(held.name()));
                if (!opens && !isTried(route, held)) {
                    continue;
                }
                world.sql(
                        "UPDATE api_keys SET permissions = ? WHERE id = ?",
                        held.name(),
                        key.path("keyId").asText());
                Answer answer = send(program, route);
                boolean shut = answer.status() == 403
                        && (answer.error().equals(CLOSED)
                                || answer.error().equals("Access denied")
                                || answer.json().has("permission"));
                softly.assertThat(shut)
                        .as("%s with %s: %s", route, held.name(), answer)
                        .isEqualTo(!opens);
                softly.assertThat(answer.status())
                        .as("%s with %s: %s", route, held.name(), answer)
                        .isNotIn(401, 405, 500);
                if (!opens) {
                    softly.assertThat(answer.json().path("permission").asText())
                            .as("%s with %s", route, held.name())
                            .isEqualTo(needed.orElse(""));
                }
            }
            recreate();
        }
        softly.assertAll();
    }

    /// Each route is tried with its own permission, and with one other: all pairs would be ten thousand.
    private static boolean isTried(Routes.Route route, KeyRights.Permission held) {
        return held.name().equals(route.path().startsWith("/api/admin/") ? "messages:send" : "pages:manage");
    }

    /// Some routes delete what others need.
    private void recreate() {
        world.sql("UPDATE accounts SET status = 'active' WHERE status = 'suspended'");
    }

    private static boolean takesKeys(String path) {
        return Stream.of("/api/projects", "/api/whatsapp/", "/api/inboxes", "/api/sub-client/")
                        .anyMatch(path::startsWith)
                || path.startsWith("/api/admin/")
                        && (path.indexOf('{') < 0 || path.matches("/api/admin/(webhooks|domains|brand-templates)/.*"))
                        && !path.matches("/api/admin/(sso|support|exports)/.*");
    }

    private Answer send(TestClient program, Routes.Route route) {
        return route.verb().equals("POST") && FILES.matcher(route.path()).matches()
                ? program.upload(address(route), Map.of("key", "k1"), "", new byte[0])
                : program.json(route.verb(), address(route), Map.of());
    }

    private String address(Routes.Route route) {
        return route.path()
                        .replace("/api/admin/", "/v1/")
                        .replace("{projectId}", sales.project().toString())
                        .replace("{subClientId}", NOBODYS)
                        .replaceAll("\\{\\w+}", NOBODYS)
                + "?shortPath=" + sales.shortPath();
    }

    @Test
    void whatIsForPeopleStaysClosedToAKeyThatHoldsEverything() {
        TestClient program = program(
                acme,
                KeyRights.all().stream()
                        .filter(permission -> permission.use() == KeyRights.Use.ACCOUNTS)
                        .map(KeyRights.Permission::name)
                        .toArray(String[]::new));
        String acts = "SELECT count(*) FROM audit_events WHERE tenant_id = ?";
        String tenant = world.acme().account().toString();
        long before = world.count(acts, tenant);
        var softly = new SoftAssertions();
        for (Routes.Route route : Routes.all()) {
            if (KeyRights.closed().containsKey(route.name()) && !isOpenToAll(route.path())) {
                Answer answer = send(program, route);
                softly.assertThat(answer.status()).as(route + ": " + answer).isIn(401, 403, 404);
            }
        }
        softly.assertAll();
        assertThat(world.count(acts, tenant)).isEqualTo(before);
        Answer mail = program.put(
                "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/mail",
                Map.of("host", "mail.example", "port", 587));
        assertThat(mail.error()).isEqualTo(CLOSED);
    }

    private static boolean isOpenToAll(String path) {
        return path.startsWith("/api/public/")
                || List.of("/api/confirm", "/api/login", "/api/register", "/api/logout", "/api/webhook-event-types")
                        .contains(path)
                || path.startsWith("/api/sub-clients/");
    }

    @Test
    void itReachesNothingOfAnotherAccount() {
        linked(acme, sales, "+971500000612");
        Answer own = program(acme, "messages:send").post(MESSAGES, message(sales));
        assertThat(own.status()).as(own.toString()).isEqualTo(202);
        TestClient rivals = program(
                TestClient.of(world.rival()),
                "messages:send",
                "messages:read",
                "workspaces:read",
                "numbers:read",
                "inbox:read");
        String acmes = "?subAccountId=" + world.acme().account();
        assertThat(rivals.post(MESSAGES, message(sales)).status()).isEqualTo(404);
        assertThat(rivals.post(MESSAGES + acmes, message(sales)).status()).isEqualTo(404);
        assertThat(rivals.get(MESSAGES + "/" + own.json().at("/data/id").asText())
                        .status())
                .isEqualTo(404);
        assertThat(rivals.get("/api" + WorkspacePaths.workspace(sales.project(), sales.id()))
                        .status())
                .isEqualTo(404);
        assertThat(rivals.get("/api/sub-client/inbox/threads?shortPath=" + sales.shortPath())
                        .status())
                .isEqualTo(404);
        assertThat(rivals.get("/api/whatsapp/senders").json().at("/data/senders"))
                .isEmpty();
        assertThat(rivals.get("/api/whatsapp/senders" + acmes).status()).isEqualTo(404);
    }

    @Test
    void itAnswersInTheInboxOfAWorkspaceOfItsAccount() {
        linked(acme, sales, "+971500000613");
        Answer written = acme.post(
                "/api/whatsapp/simulator/messages",
                Map.of("subClientId", sales.id().value(), "from", "+971500000211", "text", "Is it back?"));
        assertThat(written.status()).as(written.toString()).isEqualTo(200);
        String inbox = "/api/sub-client/inbox/threads";
        String there = "?shortPath=" + sales.shortPath();
        TestClient reads = program(acme, "inbox:read", "messages:read", "contacts:read");
        TestClient writes = program(acme, "messages:send");

        Answer listed = reads.get(inbox + there);
        assertThat(listed.status()).as(listed.toString()).isEqualTo(200);
        String thread = inbox + "/" + listed.json().at("/data/threads/0/id").asText();
        assertThat(reads.get(thread + "/messages" + there).text()).contains("Is it back?");
        assertThat(reads.get("/api/sub-client/inbox/contacts" + there).text()).contains("+971500000211");
        assertThat(reads.get(inbox).error()).isEqualTo("With an API key of the account, name the workspace: shortPath");
        assertThat(reads.get(inbox + there + "&subAccountId=" + world.north().id())
                        .status())
                .as("it is not the brand’s")
                .isEqualTo(404);
        Map<String, Object> reply = Map.of("shortPath", sales.shortPath(), "message", "Six arrive tomorrow.");
        assertThat(reads.post(thread + "/messages", reply).status()).isEqualTo(403);
        Answer replied = writes.post(thread + "/messages", reply);
        assertThat(replied.status()).as(replied.toString()).isEqualTo(201);
        assertThat(reads.put(thread, Map.of("shortPath", sales.shortPath(), "state", "closed"))
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("inbox:manage");
        assertThat(reads.get("/api/sub-client/conversations" + there).error()).isEqualTo(CLOSED);
        rooms.suspend(sales);
        assertThat(reads.get(inbox + there).status()).isEqualTo(404);
    }

    @Test
    void itStopsWhenItsMakerLosesTheRightOrLeaves() {
        Person solo = world.solo();
        String joined = "UPDATE memberships SET ";
        String solos = " WHERE tenant_id = ? AND identity_id = ?";
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, created_at)"
                        + " VALUES (?, ?, 'owner', 'all', 1)",
                world.acme().account().toString(),
                solo.identity().toString());
        TestClient sends = with(TestClient.of(solo)
                .post(
                        "/api/admin/apikeyscreate?UserId=" + world.acme().account(),
                        Map.of("name", "Solo’s", "permissions", List.of("messages:read", "pages:read")))
                .json()
                .path("key"));
        assertThat(sends.get(MESSAGES).status()).isEqualTo(200);
        world.sql(
                joined + "role = 'manager'" + solos,
                world.acme().account().toString(),
                solo.identity().toString());
        assertThat(sends.get(MESSAGES).status()).isEqualTo(403);
        assertThat(sends.get("/v1/GetPages").status()).as("managers have pages").isEqualTo(200);
        world.sql(
                "DELETE FROM memberships" + solos,
                world.acme().account().toString(),
                solo.identity().toString());
        assertThat(sends.get(MESSAGES).status()).isEqualTo(401);
    }

    @Test
    void itMakesNoKeyThatHoldsMoreHoweverItIsSpelled() {
        TestClient program = program(acme, "keys:create", "messages:send", "read:pages");
        for (String more : List.of("messages:read", "messages", "manage:workspaces", "write:pages", "domains:manage")) {
            Answer refused = program.post("/v1/apikeyscreate", Map.of("name", "More", "permissions", List.of(more)));
            assertThat(refused.status()).as(more + ": " + refused).isEqualTo(403);
        }
        Answer less = program.post(
                "/v1/apikeyscreate", Map.of("name", "Less", "permissions", List.of("messages:send", "pages:read")));
        assertThat(less.status()).as(less.toString()).isEqualTo(201);
        assertThat(less.json().at("/key/permissions").toString()).isEqualTo("[\"messages:send\",\"pages:read\"]");
        assertThat(acme.post(
                                "/api/admin/apikeyscreate",
                                Map.of("name", "Chats", "permissions", List.of("conversations:read")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void itManagesWebhooksAndDomainsByTheirIds() {
        TestClient program = program(acme, "webhooks:manage", "webhooks:read", "messages:read");
        Answer made =
                program.post("/v1/webhooks", Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("message.*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String one = "/v1/Webhooks/" + made.json().at("/webhook/id").asText();
        assertThat(program.get(one + "/deliveries").status()).isEqualTo(200);
        assertThat(program.post("/v1/webhooks", Map.of("url", "http://127.0.0.1:9/h", "events", List.of("pool.*")))
                        .error())
                .contains("pool.*");
        assertThat(program.delete("/v1/domains/" + NOBODYS)
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("domains:manage");
        assertThat(program.delete(one).status()).isEqualTo(200);
    }
}
