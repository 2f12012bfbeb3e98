package dev.banyan.workspaces.many;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.files.FileStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many workspaces from a list, by program and by page.
@QuarkusTest
class ManyWorkspacesTest {

    private static final String RULES = "SELECT words || ':' || answer FROM assistant_rules WHERE sub_client_id = ?";

    @Inject
    TestWorld world;

    @Inject
    WorkspaceAllowances allowances;

    @Inject
    FileStore files;

    private TestClient acme = TestClient.anonymous();
    private String bulk = "";

    @BeforeEach
    void acmeHasAProject() {
        acme = TestClient.of(world.acme());
        bulk = "/api/projects/" + world.project().id() + "/sub-clients/bulk";
        world.confirm(world.acme());
    }

    private long workspaces() {
        return world.count(
                "SELECT COUNT(*) FROM sub_clients WHERE project_id = ?",
                world.project().id().toString());
    }

    private static List<Map<String, String>> rows(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> Map.of("name", "Branch " + i))
                .toList();
    }

    private static List<String> statuses(Answer answer) {
        var statuses = new ArrayList<String>();
        answer.json()
                .at("/data/results")
                .forEach(row -> statuses.add(row.path("status").asText()));
        return statuses;
    }

    @Test
    void aRowThatIsRefusedStopsNoOther() {
        List<Map<String, String>> rows = List.of(
                Map.of("name", "Harbour", "adminEmail", "Lena@Example.com"),
                Map.of("name", "x".repeat(101)),
                Map.of("name", "Atlas", "adminEmail", "no address"),
                Map.of("name", " "),
                Map.of("name", "Marula"));

        Answer dry = acme.post(bulk, Map.of("workspaces", rows, "dryRun", true));
        assertThat(statuses(dry)).containsExactly("would_create", "refused", "refused", "refused", "would_create");
        assertThat(workspaces()).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM mails WHERE recipient = 'lena@example.com'"))
                .isZero();

        Answer created = acme.post(bulk, Map.of("workspaces", rows));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        assertThat(statuses(created)).containsExactly("created", "refused", "refused", "refused", "created");
        assertThat(created.json().path("message").asText()).isEqualTo("2 sub-clients created, 3 refused");
        JsonNode results = created.json().at("/data/results");
        assertThat(results.at("/0/shortPath").asText()).endsWith("-harbour");
        assertThat(results.at("/0/id").asText()).startsWith("scl_");
        assertThat(results.at("/1/error").asText()).startsWith("Sub-client name must be 100 characters");
        assertThat(results.at("/1/field").asText()).isEqualTo("name");
        assertThat(results.at("/2/field").asText()).isEqualTo("adminEmail");
        assertThat(results.at("/2/error").asText()).isEqualTo("Invalid email format");
        for (int row : List.of(1, 2, 3)) {
            assertThat(results.get(row).path("error"))
                    .as("a dry run says the same")
                    .isEqualTo(dry.json().at("/data/results").get(row).path("error"));
        }
        assertThat(workspaces()).isEqualTo(2);
        assertThat(world.select(
                        "SELECT email || role FROM workspace_invitations WHERE sub_client_id = ?",
                        results.at("/0/id").asText()))
                .containsExactly("lena@example.comadmin");
    }

    @Test
    void aRepeatedKeyCreatesNothingTwice() {
        TestClient once = acme.with("Idempotency-Key", "many-" + world.name("key"));
        Answer first = once.post(bulk, Map.of("workspaces", rows(3)));
        Answer second = once.post(bulk, Map.of("workspaces", rows(3)));
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(workspaces()).isEqualTo(3);
        assertThat(once.post(bulk, Map.of("workspaces", rows(2))).status()).isEqualTo(422);
    }

    @Test
    void aListThatCannotBeUsedIsRefusedAsAWhole() {
        assertThat(acme.post(bulk, Map.of()).error()).isEqualTo("workspaces must have 1 to 200 entries (now 0)");
        Answer many = acme.post(bulk, Map.of("workspaces", rows(201)));
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.error()).isEqualTo("workspaces must have 1 to 200 entries (now 201)");
        assertThat(acme.post(bulk, Map.of("workspaces", rows(1), "dryrun", true))
                        .status())
                .as("an unknown field")
                .isEqualTo(400);
        assertThat(acme.post(bulk, Map.of("workspaces", List.of(Map.of("title", "Harbour"))))
                        .error())
                .contains("title");
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_enabled", false));
        assertThat(acme.post(bulk, Map.of("workspaces", rows(1))).status()).isEqualTo(400);
        assertThat(workspaces()).isZero();
    }

    @Test
    void othersGetNothing() {
        Workspace theirs = world.workspace(world.context(world.rival()), world.rivalProject(), "Rival model");
        Map<String, Object> body = Map.of("workspaces", rows(1));
        assertThat(TestClient.of(world.rival()).post(bulk, body).status()).isEqualTo(404);
        assertThat(TestClient.of(world.salesAdmin()).post(bulk, body).status()).isEqualTo(403);
        assertThat(TestClient.anonymous().post(bulk, body).status()).isEqualTo(401);
        for (String template :
                List.of(theirs.id().value(), theirs.shortPath(), "scl_1704067200000_aaaaaaaaa", "no template")) {
            Answer refused = acme.post(bulk, Map.of("workspaces", rows(1), "template", template));
            assertThat(refused.status()).as(template).isEqualTo(404);
            assertThat(refused.error()).isEqualTo("Template not found");
        }
        assertThat(world.count(
                        "SELECT COUNT(*) FROM sub_clients WHERE project_id = ? AND name LIKE 'Branch%'",
                        world.project().id().toString()))
                .isZero();
    }

    /// A suspended account is read-only, whichever way it asks.
    @Test
    void aSuspendedAccountCreatesNone() {
        TestWorld.Brand north = world.north();
        Answer own =
                acme.post("/api/projects?as=" + north.username(), Map.of("name", "North", "sub_clients_enabled", true));
        String project = own.json().at("/data/project/id").asText();
        String list = "/api/projects/" + project + "/sub-clients/bulk?as=" + north.username();
        assertThat(acme.post(list, Map.of("workspaces", rows(1))).status()).isEqualTo(200);
        Answer suspended = acme.post(
                "/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", north.username(), "status", "suspended"));
        assertThat(suspended.status()).as(suspended.toString()).isEqualTo(200);
        Answer one =
                acme.post("/api/projects/" + project + "/sub-clients?as=" + north.username(), Map.of("name", "One"));
        Answer many = acme.post(list, Map.of("workspaces", rows(1)));
        assertThat(many.status())
                .as("as for one: %s", many)
                .isEqualTo(one.status())
                .isGreaterThanOrEqualTo(400);
        assertThat(world.count("SELECT COUNT(*) FROM sub_clients WHERE project_id = ?", project))
                .isEqualTo(1);
    }

    @Test
    void twoListsAtOnceNeverExceedTheLimit() throws Exception {
        allowances.set(Actor.SERVER, world.acme().account(), Optional.of(10L));
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> list = () -> TestClient.of(world.acme()).post(bulk, Map.of("workspaces", rows(8)));
            var results = both.invokeAll(List.of(list, list));
            var statuses = new ArrayList<String>();
            for (var result : results) {
                statuses.addAll(statuses(result.get()));
            }
            assertThat(statuses.stream().filter("created"::equals)).hasSize(10);
            assertThat(statuses.stream().filter("refused"::equals)).hasSize(6);
        }
        assertThat(workspaces()).isEqualTo(10);
        Answer dry = acme.post(bulk, Map.of("workspaces", rows(1), "dryRun", true));
        assertThat(dry.json().at("/data/results/0/error").asText())
                .isEqualTo("Sub-client limit reached: 10 of 10 used");
        allowances.set(Actor.SERVER, world.acme().account(), Optional.of(12L));
        assertThat(statuses(acme.post(bulk, Map.of("workspaces", rows(4), "dryRun", true))))
                .containsExactly("would_create", "would_create", "refused", "refused");
    }

    private Workspace model() {
        Workspace model = world.workspace(world.context(world.acme()), world.project(), "Model");
        String path = "/api/projects/" + world.project().id() + "/sub-clients/" + model.id();
        Answer rules = acme.put(
                path + "/assistant",
                Map.of(
                        "kind",
                        "rules",
                        "greeting",
                        "Welcome aboard",
                        "rules",
                        List.of(Map.of("words", "price", "answer", "Ask us"))));
        assertThat(rules.status()).as(rules.toString()).isEqualTo(200);
        acme.put(path, Map.of("registration_enabled", false));
        world.sql(
                "UPDATE sub_clients SET welcome_text = 'Hello there', brand_color = '#0b5d4e', mark_letters = 'HC'"
                        + " WHERE id = ?",
                model.id().value());
        world.sql(
                "INSERT INTO canned_replies (id, tenant_id, sub_client_id, name, body, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'hours', 'We open at nine', 1, 2)",
                java.util.UUID.randomUUID().toString(),
                model.owner().tenant().toString(),
                model.id().value());
        return model;
    }

    private void assertLikeTheModel(String id) {
        assertThat(world.select(RULES, id)).containsExactly("price:Ask us");
        assertThat(world.select("SELECT greeting FROM assistants WHERE sub_client_id = ?", id))
                .containsExactly("Welcome aboard");
        assertThat(world.select("SELECT name || ':' || body FROM canned_replies WHERE sub_client_id = ?", id))
                .containsExactly("hours:We open at nine");
        assertThat(world.select(
                        "SELECT welcome_text || brand_color || mark_letters || registration_enabled FROM sub_clients"
                                + " WHERE id = ?",
                        id))
                .containsExactly("Hello there#0b5d4eHC0");
    }

    /// Forty workspaces from a file of a spreadsheet and a model; a preview changes nothing.
    @Test
    void fortyWorkspacesComeFromAListAndAModel() {
        Workspace model = model();
        String page = "/projects/" + world.project().id() + "/sub-clients/many";
        String csv = "\uFEFFName;Admin's e-mail\r\n"
                + IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> "Branch " + i + ";" + (i <= 5 ? "admin" + i + "@branch.example" : ""))
                        .collect(Collectors.joining("\r\n"));
        TestClient pages = acme.onPagesOf(world.acme());
        assertThat(pages.get(page).text()).contains("Create workspaces", model.shortPath());
        var fields = new HashMap<String, String>(
                Map.of("as", world.acme().username(), "template", model.shortPath(), "value", "try", "pasted", ""));
        byte[] file = csv.getBytes(StandardCharsets.UTF_8);
        Answer tried = pages.upload(page, fields, "branches.csv", file);
        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        assertThat(tried.text()).contains("40 workspaces would be created.", "Branch 40;</textarea>");
        assertThat(workspaces()).isEqualTo(1);

        fields.put("value", "create");
        fields.put("idempotencyKey", "forty-" + world.name("key"));
        Answer created = pages.upload(page, fields, "branches.csv", file);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.text()).contains("40 workspaces created.", "Show workspaces");
        assertThat(pages.upload(page, fields, "branches.csv", file).text()).isEqualTo(created.text());
        assertThat(workspaces()).isEqualTo(41);
        List<String> ids = world.select(
                "SELECT id FROM sub_clients WHERE project_id = ? AND name LIKE 'Branch%'",
                world.project().id().toString());
        assertThat(ids).hasSize(40);
        ids.forEach(this::assertLikeTheModel);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM workspace_invitations WHERE email LIKE 'admin%@branch.example' AND role ="
                                + " 'admin'"))
                .isEqualTo(5);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM audit_events WHERE action = 'WorkspaceTemplateApplied' AND tenant_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(40);
        assertThat(pages.get(WorkspacePaths.management(world.project().id())).text())
                .contains("Create many workspaces…", "Branch 40");
    }

    @Test
    void whatIsWrongInAPastedListStaysInTheForm() {
        String page = "/projects/" + world.project().id() + "/sub-clients/many";
        TestClient pages = acme.onPagesOf(world.acme());
        Answer done = pages.multipart(
                page,
                Map.of(
                        "as",
                        world.acme().username(),
                        "value",
                        "create",
                        "pasted",
                        "Harbour\tlena@example.com\n" + "\"a, b\"" + "\tnowhere\n"));
        assertThat(done.text()).contains("1 workspace created. 1 line has a problem.");
        assertThat(done.text()).contains("&quot;a, b&quot;,nowhere</textarea>").doesNotContain("Harbour\t");
        assertThat(pages.multipart(
                                page,
                                Map.of("as", world.acme().username(), "pasted", "x\n".repeat(201), "value", "try"))
                        .status())
                .isEqualTo(422);
        assertThat(pages.multipart(
                                page,
                                Map.of(
                                        "as",
                                        world.acme().username(),
                                        "pasted",
                                        "One",
                                        "value",
                                        "create",
                                        "template",
                                        "x7M2-nothing"))
                        .text())
                .contains("We can’t find this template.");
        assertThat(workspaces()).isEqualTo(1);
    }

    /// The picture is a file of its own in each workspace.
    @Test
    void picturesAreCopied() {
        Workspace model = model();
        byte[] png = java.util.Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        String path = Workspace.folder(model.project(), model.id()) + "/mark-test.png";
        files.put(path, dev.banyan.platform.files.StoredFile.of(png));
        world.sql(
                "UPDATE sub_clients SET mark_path = ? WHERE id = ?",
                path,
                model.id().value());
        Answer created = acme.post(
                bulk, Map.of("workspaces", rows(2), "template", model.id().value()));
        for (JsonNode row : created.json().at("/data/results")) {
            String copy = world.select(
                            "SELECT mark_path FROM sub_clients WHERE id = ?",
                            row.path("id").asText())
                    .getFirst();
            assertThat(copy).isNotEqualTo(path).contains(row.path("id").asText());
            assertThat(files.find(copy).orElseThrow().bytes()).isEqualTo(png);
        }
    }
}
